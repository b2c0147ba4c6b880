package dev.horizon.tools.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code horizon up}: everything in one process. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts everything in one process: node, gateway, pages, the demo star system.",
        footer = {
            "",
            "Prints its addresses once players can connect, and runs until it is told to stop.",
            "",
            "Examples:",
            "  horizon up",
            "  horizon up --port 0 --data-dir /tmp/horizon      a free port, a folder of its own",
            "  horizon up --set plugins.sol.ships=500 --set plugins.sol.objects=2000"
        })
final class UpCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Mixin RunOptions run = new RunOptions();

    UpCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        return NodeRun.run(options.load(around.environment()).config(), run, around, false);
    }
}
