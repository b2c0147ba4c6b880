package dev.horizon.tools.cli;

import dev.horizon.engine.schedule.Niceness;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.node.GatewayProcess;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon gateway}: players' connections, for a node elsewhere. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "Runs a gateway in a process of its own, for a node in another.",
        footer = {
            "",
            "Several may serve one node; a player whose gateway is gone goes on at another with the",
            "resume ticket. It needs the node's ticket key, and learns everything else of the node,",
            "which may be away: sessions wait for it. A signal sends the players elsewhere first.",
            "",
            "Examples:",
            "  horizon node --star-system sol",
            "  horizon gateway --port 8431",
            "  horizon gateway --node 10.0.0.5:40456 --ticket-key-file ticket.key --bind 0.0.0.0",
            "  horizon gateway --node 10.0.0.5:40456,10.0.0.6:40456 --ticket-key-file ticket.key"
        })
final class GatewayCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--node",
            paramLabel = "HOST:PORT[,HOST:PORT][;HOST:PORT]",
            description =
                    "gateway.node: the node's streams.node-host and streams.port; behind a comma the"
                            + " same of its standby, where players are when that has taken over;"
                            + " behind a semicolon another node of the mesh, to which ships go")
    @Nullable String node;

    @Option(
            names = "--ticket-key-file",
            paramLabel = "FILE",
            description = "gateway.ticket-key-file; without it that of a node in --data-dir")
    @Nullable String ticketKeyFile;

    GatewayCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.also("--node", "gateway.node", node);
        options.also("--ticket-key-file", "gateway.ticket-key-file", ticketKeyFile);
        HorizonConfig config = options.load(around.environment()).config();
        try (GatewayProcess gateway = GatewayProcess.start(config)) {
            PrintWriter out = around.out();
            out.println("gateway at " + gateway.address());
            if (config.gatewayConfig().aeron().isOn()) {
                out.println("  aeron     aeron://" + config.gateway().aeron());
            }
            out.println("  node      " + config.gateway().node());
            out.println("  health    " + gateway.address() + "health");
            out.flush();
            Niceness.processGivesWay();
            gateway.awaitEnd();
        } catch (CancellationException e) {
            // A signal came in the middle of the start; there is nothing to say to who sent it.
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }
}
