package dev.horizon.tools.cli;

import dev.horizon.engine.schedule.Niceness;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.node.StandbyProcess;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code horizon standby}: another process that has all that a node's players saw. */
@Command(
        name = "standby",
        mixinStandardHelpOptions = true,
        description = "Follows a node's tape, runs every tick again, and takes over when it ends.",
        footer = {
            "",
            "The node needs standby.port; the standby the node's build and settings, its ticket key",
            "(gateway.ticket-key-file), and a data folder, a standby.port and a port of its own. Plugins",
            "come from the node.",
            "",
            "Examples:",
            "  horizon up --set standby.port=40500",
            "  horizon standby --of 127.0.0.1:40500 --port 8421 --data-dir standby-data \\",
            "      --set standby.port=40510 --set gateway.ticket-key-file=.horizon/ticket.key",
            "  horizon standby status --port 8421",
            "  horizon standby promote --port 8421 --data-dir standby-data"
        })
final class StandbyCommand implements Callable<Integer> {
    /** The other of the two has twice its silence to answer. */
    private static final Duration WAITS = Duration.ofMinutes(2);

    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--of",
            paramLabel = "HOST:PORT",
            description = "standby.of: the node's standby.host and standby.port")
    @Nullable String of;

    StandbyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.also("--of", "standby.of", of);
        HorizonConfig config = options.load(around.environment()).config();
        try (StandbyProcess standby = StandbyProcess.start(config)) {
            PrintWriter out = around.out();
            out.printf("standby of %s, at %s%n", config.standby().of(), standby.address());
            out.println("  data      " + config.node().dataDir().toAbsolutePath().normalize());
            out.flush();
            Niceness.compilersGiveWay();
            NodeProcess became = standby.awaitTakeover();
            if (became != null) {
                out.printf("this standby took over, and ticks%n");
                NodeRun.describe(became, out);
                out.flush();
            }
            standby.awaitEnd();
            if (became == null) {
                out.println("the node let go of this standby");
                out.flush();
            }
        } catch (CancellationException e) {
            // A signal came in the middle of the start; there is nothing to say to who sent it.
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }

    @Command(name = "status", description = "How a node and its standby do, as either sees it.")
    int status(
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        JsonNode status = node.client(around).get(LiveApi.STANDBY);
        if (json) {
            Json.print(around.out(), status);
            return ExitCode.OK;
        }
        TextTable table =
                new TextTable(
                        "ROLE",
                        "STAGE",
                        "SURVIVOR",
                        ">TICK",
                        ">VERIFIED",
                        ">BEHIND B",
                        ">SILENT ms");
        table.row(
                status.path("role").asString(),
                status.path("stage").asString(),
                status.path("survivor").asString(),
                status.path("tick").asLong(),
                ofBoth(status, "verifiedTick"),
                ofBoth(status, "behindBytes"),
                ofBoth(status, "silentMillis"));
        table.print(around.out());
        String alarm = status.path("alarm").asString();
        if (!alarm.isEmpty()) {
            around.out().println("alarm: " + alarm);
        }
        around.out().flush();
        return ExitCode.OK;
    }

    /** What there is only while there are two. */
    private static Object ofBoth(JsonNode status, String figure) {
        return status.path("stage").asString().equals("none") ? "-" : status.path(figure).asLong();
    }

    @Command(
            name = "promote",
            description = "Has a standby take over; the node, where it is there, ends.")
    int promote(
            @Mixin NodeOptions node,
            @Option(
                            names = "--node-is-gone",
                            description = {
                                "Vouches that the node's process has ended, and that it didn't go on",
                                "without this standby: the file 'standby' is in its data folder."
                            })
                    boolean isNodeGone) {
        return post(node, LiveApi.PROMOTE, isNodeGone);
    }

    @Command(
            name = "detach",
            description =
                    "Has a node go on without its standby; the standby, where it is there, ends.")
    int detach(
            @Mixin NodeOptions node,
            @Option(
                            names = "--standby-is-gone",
                            description = {
                                "Vouches that the standby's process has ended and never took over.",
                                "Make sure of it: it may tick this world now."
                            })
                    boolean isStandbyGone) {
        return post(node, LiveApi.DETACH, isStandbyGone);
    }

    private int post(NodeOptions node, String path, boolean isGone) {
        JsonNode answer =
                node.client(around)
                        .post(path + "?gone=" + isGone, node.token(around).secret(), "", WAITS);
        around.out().println(answer.path("answer").asString());
        around.out().flush();
        return ExitCode.OK;
    }
}
