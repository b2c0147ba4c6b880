package dev.horizon.tools.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;

/** The verbs in the help, grouped by what one wants. */
final class VerbList {
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("Run", List.of("up", "node", "standby", "gateway", "coordinator"));
        GROUPS.put("Look", List.of("top", "query", "why", "command", "replay", "mesh"));
        GROUPS.put("Write gameplay", List.of("plugin", "dev"));
        GROUPS.put("Measure", List.of("bench"));
        GROUPS.put("Set up", List.of("config", "doctor", "schemas", "completion"));
    }

    private VerbList() {}

    static String render(Help help) {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((group, verbs) -> append(text, group, verbs, help.subcommands()));
        if (text.isEmpty()) {
            return help.commandList();
        }
        return text.toString();
    }

    private static void append(
            StringBuilder text, String group, List<String> verbs, Map<String, Help> all) {
        if (verbs.stream().noneMatch(all::containsKey)) {
            return;
        }
        text.append(String.format("%n%s:%n", group));
        for (String verb : verbs) {
            Help help = all.get(verb);
            if (help == null) {
                continue;
            }
            String[] description = help.commandSpec().usageMessage().description();
            text.append(
                    String.format(
                            "  %-12s %s%n", verb, description.length == 0 ? "" : description[0]));
        }
    }
}
