package dev.horizon.tools.cli;

import dev.horizon.tools.config.LoadedConfig;
import dev.horizon.tools.config.LoadedConfig.EffectiveValue;
import dev.horizon.tools.config.Origin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code horizon node}: one star system, named on purpose. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Runs one node of a named star system, from file, environment and flags.",
        footer = {
            "",
            "Unlike up, it insists that someone says which star system it runs, and gateways of",
            "other processes can join it: horizon gateway --node HOST:PORT, with streams.node-host",
            "and streams.port. A self-test at start picks what carries the streams.",
            "",
            "Examples:",
            "  horizon node --star-system sol --config sol.toml",
            "  HORIZON_NODE__STAR_SYSTEM=sol horizon node --profile production"
        })
final class NodeCommand implements Callable<Integer> {
    private static final String STAR_SYSTEM = "node.star-system";

    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Mixin RunOptions run = new RunOptions();

    @Spec CommandSpec spec;

    NodeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfig loaded = options.load(around.environment());
        if (loaded.values().stream().noneMatch(NodeCommand::namesStarSystem)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no star system is named; give --star-system NAME, or set " + STAR_SYSTEM);
        }
        return NodeRun.run(loaded.config(), run, around, true);
    }

    private static boolean namesStarSystem(EffectiveValue value) {
        return value.path().equals(STAR_SYSTEM) && !(value.origin() instanceof Origin.Default);
    }
}
