package dev.horizon.engine.host;

import java.util.ArrayList;
import java.util.List;

/**
 * A plugin that another one needs.
 *
 * @param name of the plugin
 * @param bounds that its version must meet; empty for any
 */
public record Dependency(String name, List<Bound> bounds) {
    /** One comparison. */
    public record Bound(String operator, Version version) {
        boolean admits(Version actual) {
            int order = actual.compareTo(version);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }

        @Override
        public String toString() {
            return operator + version;
        }
    }

    private static final List<String> OPERATORS = List.of(">=", "<=", ">", "<", "=");

    /** Copies the list. */
    public Dependency {
        bounds = List.copyOf(bounds);
    }

    /**
     * Reads {@code sol}, {@code sol >=1.2} or {@code sol >=1.2 <2}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Dependency parse(String text) {
        String[] words = text.strip().split("\\s+");
        List<Bound> bounds = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            bounds.add(bound(words[i], text));
        }
        return new Dependency(PluginDescriptor.requireName(words[0]), bounds);
    }

    /** True when a version meets every bound. */
    public boolean admits(Version version) {
        return bounds.stream().allMatch(bound -> bound.admits(version));
    }

    private static Bound bound(String word, String text) {
        for (String operator : OPERATORS) {
            if (word.startsWith(operator)) {
                return new Bound(operator, Version.parse(word.substring(operator.length())));
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no dependency; write it as: name >=1.2 <2");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        bounds.forEach(bound -> text.append(' ').append(bound));
        return text.toString();
    }
}
