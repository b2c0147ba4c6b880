package dev.horizon.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables as settings: {@code HORIZON_NODE__TICK_HZ} is {@code node.tick-hz}. */
final class EnvironmentSettings {
    private static final String PREFIX = "HORIZON_";
    private static final String LEVEL = "__";

    private EnvironmentSettings() {}

    /**
     * The settings of an environment, in order of name. Variables without a double underscore
     * belong to the launcher ({@code HORIZON_JAVA_HOME} and its like) and are left alone.
     */
    static List<Setting> read(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach((name, value) -> {
                    if (name.startsWith(PREFIX) && name.contains(LEVEL)) {
                        settings.add(new Setting(path(name), value, new Origin.Environment(name)));
                    }
                });
        return settings;
    }

    static String variable(String path) {
        return PREFIX + path.replace(".", LEVEL).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String path(String variable) {
        return variable.substring(PREFIX.length())
                .replace(LEVEL, ".")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
