package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.client.Welcome;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.cli.Console;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A player flies to and fro over the border of two nodes in processes of their own, through a
 * gateway in a third, and steers all the time, while either node is killed. More: {@code
 * -Dmesh.crossings=40 -Dmesh.seed=7}.
 */
class PlayerTransferTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final long SAY_MILLIS = 20;
    private static final double METRES_PER_SECOND = 400;

    /** Notes on the ship whether each number came once and in order, and flies as it is told. */
    private static final String PLUGIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            import dev.horizon.engine.world.*;
            public final class Sample implements Plugin {
                public record Helm(int number, double speed) {}
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
                    Log log = context.world().read(ship, Log.class);
                    boolean isNext = helm.number() == log.heard() + 1;
                    context.world().write(ship, new Log(helm.number(),
                        isNext ? log.broken() : log.broken() + 1));
                    context.world().write(ship, new Motion((float) helm.speed(), 0, 0, 0, 0, 0));
                }
            }
            """;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Integer> streams = new HashMap<>();
    private final Map<String, ChildNode> nodes = new HashMap<>();
    private String member;
    private CoordinatorProcess coordinator;
    private ChildGateway gateway;

    @BeforeEach
    void start() throws Exception {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.record("Log", "@Component public record Log(int heard, int broken) {}");
        Path jar = sample.source("Sample", PLUGIN).build();
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("sample.jar"));
        TicketKey.load(false, null, folder);
        member = "127.0.0.1:" + MemberPorts.free();
        coordinator = CoordinatorProcess.start(config());
        region("west", "id = 1\nmax-x = 0.0\n");
        region("east", "id = 2\nmin-x = 0.0\n");
        for (String name : List.of("west", "east")) {
            ports.put(name, freePort());
            streams.put(name, freePort());
            launch(name);
        }
        gateway =
                ChildGateway.start(
                        "127.0.0.1:%d;127.0.0.1:%d"
                                .formatted(streams.get("west"), streams.get("east")),
                        folder.resolve("edge"),
                        TicketKey.developmentFile(folder));
    }

    private void region(String name, String text) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.writeString(data.resolve("horizon.toml"), "[[node.regions]]\n" + text);
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        for (ChildNode node : nodes.values()) {
            node.close(); // in order: a killed one leaves its shared memory to its next life
        }
        if (coordinator != null) {
            coordinator.close();
        }
    }

    @Test
    void shouldFlyOverTheBorderAndGoOnSteeringWhateverIsKilled() throws Exception {
        URI at = gateway.awaitAddress();
        awaitNodes(at);
        long seed = Long.getLong("mesh.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        LiveReplica replica = new LiveReplica();
        HorizonClient ada =
                HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"), replica);
        Pilot pilot = new Pilot(ada);
        String ship =
                Objects.requireNonNull(ada.await("session", "focus", SOON))
                        .data()
                        .path("entity")
                        .asString();
        assertThat(replica.await(view -> x(view, ship) < 0, SOON)).as("she sees it").isTrue();

        int crossings = Integer.getInteger("mesh.crossings", 3);
        String here = "west";
        for (int crossing = 0; crossing < crossings; crossing++) {
            String there = here.equals("west") ? "east" : "west";
            pilot.speed = here.equals("west") ? METRES_PER_SECOND : -METRES_PER_SECOND;
            // The first without a kill, then the one and the other.
            if (crossing > 0) {
                double border = here.equals("west") ? 1 : -1;
                assertThat(replica.await(view -> x(view, ship) * border > 0, SOON)).isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(900)));
                String victim = crossing % 2 == 1 ? here : there;
                nodes.get(victim).kill();
                launch(victim);
            }
            ServerEvent moved = ada.await("session", "moved", SOON);
            assertThat(moved).as("seed %d, crossing %d", seed, crossing).isNotNull();
            String other = here;
            await("it is on " + there, () -> log(there, ship) != null && log(other, ship) == null);
            here = there;
        }
        pilot.speed = 0;
        pilot.end();
        String last = here;
        await("all is read", () -> heard(last, ship) == pilot.number);
        assertThat(log(here, ship).path("broken").asInt()).as("in order, each once").isZero();
        assertThat(replica.await(view -> x(view, ship) != 0, SOON)).as("she sees it").isTrue();
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();

        Welcome welcome = ada.welcome();
        ada.cut();
        try (HorizonClient again =
                HorizonClient.resume(at, "Ada", welcome.resume(), new LiveReplica())) {
            assertThat(again.welcome().entity()).isEqualTo(welcome.entity());
            assertThat(again.welcome().lastInputSequence()).isEqualTo(pilot.number);
        }
    }

    @Test
    void shouldUpgradeANodeUnderAPlayer() throws Exception {
        URI at = gateway.awaitAddress();
        awaitNodes(at);
        HorizonClient ada =
                HorizonClient.connect(
                        at, "Ada", HorizonClient.ticket(at, "Ada"), new LiveReplica());
        Pilot pilot = new Pilot(ada);
        String ship =
                Objects.requireNonNull(ada.await("session", "focus", SOON))
                        .data()
                        .path("entity")
                        .asString();
        assertThat(mesh("drain", "west")).contains("node west is empty: 1 region went to east");
        assertThat(log("east", ship)).isNotNull();
        nodes.get("west").close();
        launch("west");
        awaitNodes(at);
        int before = pilot.number;
        assertThat(mesh("move", "1", "--to", "west")).contains("region 1 of sol is on west now");
        await("it is on west", () -> log("west", ship) != null && log("east", ship) == null);
        await("she steers on", () -> pilot.number > before + 50);
        pilot.end();
        await("all is read", () -> heard("west", ship) == pilot.number);
        assertThat(log("west", ship).path("broken").asInt()).as("in order, each once").isZero();
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();
        ada.close();
    }

    private String mesh(String... words) {
        List<String> line = new ArrayList<>(List.of("mesh"));
        line.addAll(List.of(words));
        line.addAll(List.of("--members", member, "--key-file"));
        line.add(folder.resolve("coordinator").resolve("mesh.key").toString());
        Console console = new Console();
        assertThat(console.run(line.toArray(String[]::new))).as(console.err()).isZero();
        return console.out();
    }

    /** Says the next number all the time. */
    private static final class Pilot {
        private final HorizonClient client;
        private final Thread thread;
        volatile double speed;
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
                        "{\"number\":%d,\"speed\":%s}".formatted(number + 1, speed));
                number++;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SAY_MILLIS));
            }
        }

        void end() throws InterruptedException {
            isOver = true;
            thread.join();
        }
    }

    private static double x(ReplicaView view, String ship) {
        var entity = view.find(EntityId.parse(ship));
        double[] place = new double[3];
        return entity != null && entity.place(view.lastTick(), 0.05, place) ? place[0] : 0;
    }

    private int heard(String node, String ship) {
        JsonNode log = log(node, ship);
        return log == null ? -1 : log.path("heard").asInt();
    }

    private JsonNode log(String node, String ship) {
        try {
            URI address = nodes.get(node).address().resolve("/api/entities/" + ship);
            JsonNode found =
                    JsonMapper.shared()
                            .readTree(
                                    http.send(
                                                    HttpRequest.newBuilder(address).build(),
                                                    BodyHandlers.ofString())
                                            .body());
            JsonNode log = found.path("components").path("Log");
            return log.isMissingNode() ? null : log;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void awaitNodes(URI at) throws Exception {
        await(
                "both nodes",
                () -> {
                    String body =
                            http.send(
                                            HttpRequest.newBuilder(at.resolve("/health")).build(),
                                            BodyHandlers.ofString())
                                    .body();
                    return JsonMapper.shared().readTree(body).path("nodesThere").asInt() == 2;
                });
    }

    private void launch(String name) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("node.name", name);
        settings.put("node.port", Integer.toString(ports.get(name)));
        settings.put("mesh.coordinators", member);
        settings.put("mesh.key-file", folder.resolve("coordinator").resolve("mesh.key").toString());
        settings.put("gateway.ticket-key-file", TicketKey.developmentFile(folder).toString());
        settings.put("streams.transport", "mdc");
        settings.put("streams.port", Integer.toString(streams.get(name)));
        settings.put("capture.snapshot-seconds", "1");
        nodes.put(name, ChildNode.start(folder.resolve(name), folder.resolve("plugins"), settings));
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private HorizonConfig config() {
        return ConfigLoader.load(
                        List.of(
                                set("node.data-dir", folder.resolve("coordinator").toString()),
                                set("mesh.coordinators", member)),
                        Map.of(),
                        null)
                .config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set " + key));
    }
}
