package dev.horizon.tools.cli;

import dev.horizon.engine.host.RejectedPlugin;
import dev.horizon.engine.schedule.Niceness;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.node.StartOptions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.concurrent.CancellationException;

/** Runs a node until it is told to stop: what {@code up} and {@code node} have in common. */
final class NodeRun {
    private NodeRun() {}

    /**
     * Starts, says where, and waits for the last tick, if there is one; a signal closes in order.
     *
     * @param isOpen also for gateways of other processes
     */
    static int run(HorizonConfig config, RunOptions options, Surroundings around, boolean isOpen)
            throws InterruptedException {
        try (NodeProcess node =
                NodeProcess.start(
                        config, new StartOptions(isOpen, options.beginsAnew, options.isAlone))) {
            announce(node, around, millisSinceExec());
            Niceness.compilersGiveWay();
            if (options.rehearses) {
                Rehearsal.play(URI.create(node.address()));
            }
            if (options.ticks > 0) {
                node.awaitTicks(options.ticks);
            } else {
                node.awaitEnd();
            }
        } catch (CancellationException e) {
            // A signal came in the middle of the start; there is nothing to say to who sent it.
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }

    /** What a person waited: also for the virtual machine. */
    private static long millisSinceExec() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private static void announce(NodeProcess node, Surroundings around, long millis) {
        PrintWriter out = around.out();
        HorizonConfig config = node.config();
        out.printf(
                "%s is up after %d ms, at %d ticks a second%n",
                config.node().starSystem(), millis, config.node().tickHz());
        describe(node, out);
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

    /** Where its world comes from, and where it is found. */
    static void describe(NodeProcess node, PrintWriter out) {
        HorizonConfig config = node.config();
        if (node.comebackTick() > 0) {
            out.printf(
                    "  world     goes on from tick %d, after %d ticks run again%n",
                    node.comebackTick(), node.ticksRunAgain());
        }
        out.println("  star map  " + node.address());
        if (config.gatewayConfig().aeron().isOn()) {
            out.println("  aeron     aeron://" + config.gateway().aeron());
        }
        out.println("  data      " + config.node().dataDir().toAbsolutePath().normalize());
        out.println("  streams   " + node.transport());
        if (config.standby().port() != 0) {
            out.printf(
                    "  standby   may come: horizon standby --of %s:%d%n",
                    config.standby().host(), config.standby().port());
        }
        out.println(
                "  plugins   "
                        + String.join(
                                ", ",
                                node.plugins().plugins().stream()
                                        .map(plugin -> plugin.descriptor().name())
                                        .toList()));
    }
}
