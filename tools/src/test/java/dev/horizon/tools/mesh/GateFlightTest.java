package dev.horizon.tools.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.tools.node.SamplePlugin;
import dev.horizon.tools.tape.Installation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One ship, flown by a real client through two nodes of a star system and a gate to another and
 * back, in a mesh of processes, while its node and then the leader of three members are killed.
 */
class GateFlightTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final long SAY_MILLIS = 100;

    /**
     * Notes on the ship whether each number came once and in order; flies and jumps as it is told.
     */
    private static final String PLUGIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            import dev.horizon.engine.world.*;
            public final class Sample implements Plugin {
                public record Helm(int number, double speed, String gateTo) {}
                @Override public void setup(Registrar registrar) {
                    registrar.components(LogColumn.TYPE);
                    registrar.system(SystemSpec.of("fly", Stage.MOVE,
                        Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE), Sample::fly));
                    registrar.events().on(PlayerConnected.class, Sample::board);
                    registrar.events().onClient("ship", "helm", Helm.class, Sample::helm);
                }
                private static void fly(Rows rows, Tick tick) {
                    MotionColumn motion = rows.read(MotionColumn.TYPE);
                    PositionColumn place = rows.write(PositionColumn.TYPE);
                    for (int row = rows.from(); row < rows.to(); row++) {
                        place.x[row] += motion.vx[row] * tick.dt();
                    }
                }
                private static void board(PlayerConnected event, EventContext context) {
                    Player player = event.player();
                    if (context.players().focus(player).equals(EntityId.NONE)) {
                        EntityId ship = context.world().create(new Position(-300, 0, 0),
                            new Motion(0, 0, 0, 0, 0, 0), new Size(SizeClass.CRAFT, 10),
                            new Owner(player.id()), new Log(0, 0));
                        context.players().focus(player, ship);
                    }
                }
                private static void helm(Helm helm, Player player, EventContext context) {
                    EntityId ship = context.players().focus(player);
                    World world = context.world();
                    Log log = world.read(ship, Log.class);
                    boolean isNext = helm.number() == log.heard() + 1;
                    world.write(ship, new Log(helm.number(),
                        isNext ? log.broken() : log.broken() + 1));
                    world.write(ship, new Motion((float) helm.speed(), 0, 0, 0, 0, 0));
                    if (!helm.gateTo().isEmpty() && world.read(ship, Jump.class) == null) {
                        world.write(ship, Jump.to(helm.gateTo(), -5_000, 7, 0));
                    }
                }
            }
            """;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldFlyThroughTwoNodesAndAGateWhileItsNodeAndTheLeaderAreKilled() throws Exception {
        Installation installation = new Installation(folder.resolve("installation"));
        Path data = folder.resolve("mesh");
        int port = FreePorts.inRow(data, MeshLayout.PORTS);
        MeshLayout layout = new MeshLayout(data, List.of("sol", "vega"), 2, 1, 3, port, 1_000);
        List<String> settings =
                List.of(
                        "node.plugin-dir=" + plugin(),
                        "capture.snapshot-seconds=1",
                        "gateway.messages-per-second=5000");
        try (LocalMesh mesh =
                LocalMesh.start(
                        layout, settings, installation::command, new MeshHistory(event -> {}))) {
            URI at = URI.create("http://127.0.0.1:" + layout.gatewayPort(0) + "/");
            await(mesh, "all up", () -> mesh.isUp() && nodesThere(at) == 3);
            fly(mesh, at);
        }
    }

    private void fly(LocalMesh mesh, URI at) throws Exception {
        LiveReplica replica = new LiveReplica();
        HorizonClient ada =
                HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"), replica);
        Pilot pilot = new Pilot(ada);
        String ship =
                Objects.requireNonNull(ada.await("session", "focus", SOON))
                        .data()
                        .path("entity")
                        .asString();

        pilot.speed = 400;
        assertThat(replica.await(view -> x(view, ship) > 0, SOON)).as("at the border").isTrue();
        kill(mesh, "sol-1");
        assertThat(moved(ada)).isEqualTo("sol");
        await(mesh, "it is on sol-2", () -> log(mesh, "sol-2", ship) != null);

        pilot.speed = 0;
        int leader = mesh.heard().leader();
        assertThat(leader).isNotNegative();
        kill(mesh, MeshLayout.member(leader));
        pilot.gateTo = "vega";
        assertThat(moved(ada)).as("through the gate, without that leader").isEqualTo("vega");
        pilot.gateTo = "";
        await(mesh, "it is on vega-1", () -> log(mesh, "vega-1", ship) != null);
        assertThat(replica.await(view -> x(view, ship) < -4_000, SOON)).as("beside it").isTrue();
        await(mesh, "there is a leader", () -> mesh.heard().trouble().isEmpty() && mesh.isUp());

        pilot.gateTo = "sol";
        kill(mesh, "vega-1");
        assertThat(moved(ada)).as("back, from the tape").isEqualTo("sol");
        pilot.gateTo = "";
        pilot.end();
        await(mesh, "all is read", () -> heard(mesh, "sol-1", ship) == pilot.number);
        JsonNode log = Objects.requireNonNull(log(mesh, "sol-1", ship));
        assertThat(log.path("broken").asInt()).as("in order, each once").isZero();
        assertThat(log(mesh, "sol-2", ship)).isNull();
        assertThat(log(mesh, "vega-1", ship)).isNull();
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();
        ada.cut();
    }

    private Path plugin() throws Exception {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.source(
                "Log",
                """
                package sample;
                import dev.horizon.engine.world.*;
                @Component public record Log(int heard, int broken) {}
                """);
        Path jar = sample.source("Sample", PLUGIN).build();
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("sample.jar"));
        return plugins;
    }

    /** Says the next number all the time. */
    private static final class Pilot {
        private final HorizonClient client;
        private final Thread thread;
        volatile double speed;
        volatile String gateTo = "";
        volatile int number;
        private volatile boolean isOver;

        Pilot(HorizonClient client) {
            this.client = client;
            thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            while (!isOver) {
                client.send(
                        "ship",
                        "helm",
                        "{\"number\":%d,\"speed\":%s,\"gateTo\":\"%s\"}"
                                .formatted(number + 1, speed, gateTo));
                number++;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SAY_MILLIS));
            }
        }

        void end() throws InterruptedException {
            isOver = true;
            thread.join();
        }
    }

    /** The star system that the session is in now. */
    private static String moved(HorizonClient client) throws Exception {
        ServerEvent moved = client.await("session", "moved", SOON);
        assertThat(moved).as("the session goes along").isNotNull();
        return moved.data().path("starSystem").asString();
    }

    private static double x(ReplicaView view, String ship) {
        var entity = view.find(EntityId.parse(ship));
        double[] place = new double[3];
        return entity != null && entity.place(view.lastTick(), 0.05, place) ? place[0] : 0;
    }

    private static void kill(LocalMesh mesh, String name) {
        MeshProcess.Status victim =
                mesh.statuses().stream()
                        .filter(each -> each.part().name().equals(name))
                        .findFirst()
                        .orElseThrow();
        ProcessHandle.of(victim.pid()).orElseThrow().destroyForcibly();
    }

    private int heard(LocalMesh mesh, String node, String ship) {
        JsonNode log = log(mesh, node, ship);
        return log == null ? -1 : log.path("heard").asInt();
    }

    /** What a node has of the ship's log; null where it doesn't have it, or is away. */
    private JsonNode log(LocalMesh mesh, String node, String ship) {
        URI address =
                mesh.layout().parts().stream()
                        .filter(part -> part.name().equals(node))
                        .map(part -> URI.create(part.address()))
                        .findFirst()
                        .orElseThrow();
        JsonNode log = get(address.resolve("/api/entities/" + ship)).path("components").path("Log");
        return log.isMissingNode() ? null : log;
    }

    private int nodesThere(URI gateway) {
        return get(gateway.resolve("/health")).path("nodesThere").asInt();
    }

    private JsonNode get(URI address) {
        try {
            String body =
                    http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body();
            return JsonMapper.shared().readTree(body);
        } catch (java.io.IOException away) {
            return JsonMapper.shared().createObjectNode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(LocalMesh mesh, String what, Condition condition) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("%s: %s %s", what, mesh.statuses(), mesh.history().events())
                    .isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
