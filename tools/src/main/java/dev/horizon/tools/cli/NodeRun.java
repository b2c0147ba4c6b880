package dev.horizon.tools.cli;

import dev.horizon.engine.host.RejectedPlugin;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.node.NodeProcess;
import java.io.PrintWriter;

/** Runs a node until it is told to stop: what {@code up} and {@code node} have in common. */
final class NodeRun {
    private NodeRun() {}

    /** Starts, says where, and waits; a signal closes it in order. */
    static int run(HorizonConfig config, Surroundings around) throws InterruptedException {
        long start = System.nanoTime();
        try (NodeProcess node = NodeProcess.start(config)) {
            Thread hook = new Thread(node::close, "shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                announce(node, around, (System.nanoTime() - start) / 1_000_000);
                node.awaitEnd();
            } finally {
                forget(hook);
            }
        }
        return ExitCode.OK;
    }

    private static void announce(NodeProcess node, Surroundings around, long millis) {
        PrintWriter out = around.out();
        HorizonConfig config = node.config();
        out.printf(
                "%s is up after %d ms, at %d ticks a second%n",
                config.node().starSystem(), millis, config.node().tickHz());
        out.println("  star map  " + node.address());
        out.println("  data      " + config.node().dataDir().toAbsolutePath().normalize());
        out.println(
                "  plugins   "
                        + String.join(
                                ", ",
                                node.plugins().plugins().stream()
                                        .map(plugin -> plugin.descriptor().name())
                                        .toList()));
        if (around.terminal()) {
            out.println("Control-C stops it.");
        }
        out.flush();
        for (RejectedPlugin rejected : node.plugins().rejected()) {
            Faults.print(
                    around.err(),
                    rejected.reason().code(),
                    rejected.origin() + " was left out: " + rejected.reason().getMessage());
        }
        if (node.ticketKey().isFresh()) {
            around.err()
                    .println(
                            "made a ticket key for development in "
                                    + config.node().dataDir()
                                    + ": anyone who can open the star map can sign in; profile ="
                                    + " production refuses it");
            around.err().flush();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook with it.
        }
    }
}
