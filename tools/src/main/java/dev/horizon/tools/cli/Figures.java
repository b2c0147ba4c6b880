package dev.horizon.tools.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What verbs that measure print with {@code --json}. */
final class Figures {
    private Figures() {}

    /**
     * A measured value.
     *
     * @param name what
     * @param value how much
     * @param unit of the value
     * @param goal such as {@code >= 20}; null for none
     * @param holds true where there is no goal, or it holds
     */
    record Figure(String name, double value, String unit, @Nullable String goal, boolean holds) {}

    /** The entries of the object. */
    static Map<String, Object> of(List<Figure> figures, long seed, CommandSpec command) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("figures", figures);
        entries.put(
                "machine",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores, "
                        + System.getProperty("java.vm.name")
                        + " "
                        + System.getProperty("java.vm.version"));
        entries.put("build", Version.text());
        entries.put("seed", seed);
        entries.put(
                "command",
                "./"
                        + command.qualifiedName()
                        + " "
                        + String.join(" ", command.commandLine().getParseResult().originalArgs()));
        return entries;
    }
}
