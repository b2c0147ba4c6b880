package dev.horizon.tools.cli;

import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.LoadedConfig;
import dev.horizon.tools.config.LoadedConfig.EffectiveValue;
import dev.horizon.tools.config.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code horizon config}: what a node would run with, and whether a file is right. */
@Command(
        name = "config",
        description = "Shows the effective configuration, or checks a file.",
        footer = {
            "",
            "Flags win over environment (HORIZON_NODE__TICK_HZ), that over the TOML file, that over"
                    + " defaults.",
            "",
            "Examples:",
            "  horizon config show",
            "  horizon config show --tick-hz 30 --json",
            "  horizon config check production.toml"
        })
final class ConfigCommand implements Runnable {
    private final Surroundings around;

    @Spec CommandSpec spec;

    ConfigCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "config needs a verb: show or check");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints each effective value and where it comes from.")
    int show(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "One JSON object instead of a table.")
                    boolean json) {
        LoadedConfig loaded = options.load(around.environment());
        if (json) {
            Json.print(around.out(), Map.of("values", rows(loaded)));
        } else {
            TextTable table = new TextTable("KEY", "VALUE", "ORIGIN");
            for (EffectiveValue value : loaded.values()) {
                table.row(value.path(), value.value(), value.origin().describe());
            }
            table.print(around.out());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks a TOML file, alone: environment and flags are left out.")
    int check(@Parameters(paramLabel = "FILE", description = "The file to check.") Path file) {
        LoadedConfig loaded = ConfigLoader.load(List.of(), Map.of(), file);
        long set = loaded.values().stream().filter(ConfigCommand::isSet).count();
        around.out()
                .println(file + ": ok, sets " + set + " of " + loaded.values().size() + " keys");
        return ExitCode.OK;
    }

    private static boolean isSet(EffectiveValue value) {
        return value.origin() instanceof Origin.File;
    }

    private static List<Row> rows(LoadedConfig loaded) {
        return loaded.values().stream()
                .map(value -> new Row(value.path(), value.value(), value.origin().describe()))
                .toList();
    }

    /** One value in {@code --json}. */
    record Row(String key, String value, String origin) {}
}
