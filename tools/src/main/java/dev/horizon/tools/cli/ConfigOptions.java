package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.LoadedConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every verb with a configuration has: a file, any key, and the everyday ones. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "TOML file; without it ./horizon.toml where it exists.")
    @Nullable Path file;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Sets any key, as in --set plugins.sol.ships=500.")
    List<String> assignments = new ArrayList<>();

    private final List<Setting> further = new ArrayList<>();

    @Option(names = "--star-system", paramLabel = "NAME", description = "node.star-system")
    @Nullable String starSystem;

    @Option(names = "--tick-hz", paramLabel = "HZ", description = "node.tick-hz")
    @Nullable String tickHz;

    @Option(names = "--threads", paramLabel = "N", description = "node.threads")
    @Nullable String threads;

    @Option(names = "--seed", paramLabel = "N", description = "node.seed")
    @Nullable String seed;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "node.data-dir")
    @Nullable String dataDir;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "node.bind")
    @Nullable String bind;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "node.port; 0 takes a free one")
    @Nullable String port;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "node.profile: development or production")
    @Nullable String profile;

    @Option(names = "--plugin-dir", paramLabel = "DIR", description = "node.plugin-dir")
    @Nullable String pluginDir;

    /** Adds the flag of one verb; nothing where it wasn't given. */
    void also(String flag, String path, @Nullable String value) {
        add(further, flag, path, value);
    }

    /** The effective configuration. */
    LoadedConfig load(Map<String, String> environment) {
        return ConfigLoader.load(settings(), environment, file);
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(further);
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new HorizonException(
                        "HZ-CLI-001",
                        "--set "
                                + assignment
                                + " has no value; write --set KEY=VALUE, as in"
                                + " --set node.tick-hz=30");
            }
            String key = assignment.substring(0, equals).strip();
            settings.add(
                    new Setting(
                            key,
                            assignment.substring(equals + 1),
                            new Origin.Flag("--set " + key)));
        }
        add(settings, "--star-system", "node.star-system", starSystem);
        add(settings, "--tick-hz", "node.tick-hz", tickHz);
        add(settings, "--threads", "node.threads", threads);
        add(settings, "--seed", "node.seed", seed);
        add(settings, "--data-dir", "node.data-dir", dataDir);
        add(settings, "--bind", "node.bind", bind);
        add(settings, "--port", "node.port", port);
        add(settings, "--profile", "node.profile", profile);
        add(settings, "--plugin-dir", "node.plugin-dir", pluginDir);
        return settings;
    }

    private static void add(
            List<Setting> settings, String flag, String path, @Nullable String value) {
        if (value != null) {
            settings.add(new Setting(path, value, new Origin.Flag(flag)));
        }
    }
}
