package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.cli.Console;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Members of a coordinator, nodes with one small plugin, and a gateway to all of them, in processes
 * of their own, to be killed.
 */
final class SampleMesh implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(120);

    /** All processes share two cores here, and perhaps slow ones. */
    private static final String LEADER_TIMEOUT = "3s";

    private static final long SAY_MILLIS = 20;

    /**
     * Notes on the ship whether each number came once and in order, or how often it was hit, and
     * flies as it is told.
     */
    private static final String PLUGIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            import dev.horizon.engine.world.*;
            public final class Sample implements Plugin {
                public record Helm(int number, double speed) {}
                public record Leap(String to, double x) {}
                public record Shot(EntityId target) {}
                @Override public void setup(Registrar registrar) {
                    registrar.components(LogColumn.TYPE);
                    registrar.system(SystemSpec.of("fly", Stage.MOVE,
                        Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE), Sample::fly));
                    registrar.events().on(PlayerConnected.class, Sample::board);
                    registrar.events().onClient("ship", "helm", Helm.class, Sample::helm);
                    registrar.events().onClient("ship", "jump", Leap.class, Sample::jump);
                    registrar.events().on(JumpRefused.class, Sample::ask);
                    registrar.offer("hits", Shot.class);
                    registrar.events().onClient("ship", "shoot", Shot.class, Sample::shoot);
                    registrar.events().onPlugin(Shot.class, Sample::hit);
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
                        boolean isEve = player.name().equals("Eve");
                        EntityId ship = context.world().create(new Position(isEve ? 300 : -300, 0, 0),
                            new Motion(0, 0, 0, 0, 0, 0), new Size(SizeClass.CRAFT, 10),
                            new Owner(player.id()), new Log(0, 0, 0, 0));
                        context.players().focus(player, ship);
                    }
                }
                private static void helm(Helm helm, Player player, EventContext context) {
                    EntityId ship = context.players().focus(player);
                    Log log = context.world().read(ship, Log.class);
                    boolean isNext = helm.number() == log.heard() + 1;
                    context.world().write(ship, isNext
                        ? new Log(helm.number(), log.broken(), log.after(), log.came())
                        : new Log(helm.number(), log.broken() + 1, log.heard(), helm.number()));
                    context.world().write(ship, new Motion((float) helm.speed(), 0, 0, 0, 0, 0));
                }
                private static void shoot(Shot shot, Player player, EventContext context) {
                    Ghost ghost = context.world().readGhost(shot.target(), Ghost.class);
                    if (ghost == null) {
                        context.refuse("SMP-1", shot.target() + " is not beyond the border");
                    } else {
                        context.services().toNode("hits", ghost.node(), shot);
                    }
                }
                private static void hit(Shot shot, EventContext context) {
                    Log log = context.world().read(shot.target(), Log.class);
                    context.world().write(shot.target(),
                        new Log(log.heard() + 1, log.broken(), 0, 0));
                }
                private static void jump(Leap leap, Player player, EventContext context) {
                    EntityId ship = context.players().focus(player);
                    context.world().write(ship, Jump.to(leap.to(), leap.x(), 0, 0));
                }
                private static void ask(JumpRefused refused, EventContext context) {
                    context.world().write(refused.entity(), Jump.to(refused.starSystem(), 900, 0, 0));
                }
            }
            """;

    private final Path folder;
    private final Path plugins;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> members = new ArrayList<>();
    private final List<ChildNode> coordinator = new ArrayList<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Integer> streams = new HashMap<>();
    private final Map<String, ChildNode> nodes = new HashMap<>();
    private @Nullable ChildGateway gateway;

    SampleMesh(Path folder, int memberCount) throws Exception {
        this.folder = folder;
        SamplePlugin sample = new SamplePlugin(folder);
        sample.record(
                "Log",
                "@Component public record Log(int heard, int broken, int after, int came) {}");
        Path jar = sample.source("Sample", PLUGIN).build();
        plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("sample.jar"));
        TicketKey.load(false, null, folder);
        for (int i = 0; i < memberCount; i++) {
            members.add("127.0.0.1:" + MemberPorts.free());
        }
        for (int i = 0; i < memberCount; i++) {
            coordinator.add(member(i));
        }
    }

    /** Starts a node of a star system with one region. */
    void node(String name, String starSystem, String region) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                data.resolve("horizon.toml"),
                "[node]\nstar-system = \"" + starSystem + "\"\n\n[[node.regions]]\n" + region);
        ports.put(name, freePort());
        streams.put(name, freePort());
        launch(name);
    }

    /** Connects a player to the gateway beside a node, where they begin: Eve beyond x = 0. */
    HorizonClient login(String node, String player, LiveReplica replica) {
        return nodes.get(node).login(player, replica);
    }

    /**
     * Starts a gateway to all nodes, the first of which knows where players are; where it listens.
     */
    URI gateway() throws Exception {
        String all =
                ports.keySet().stream()
                        .map(name -> "127.0.0.1:" + streams.get(name))
                        .collect(Collectors.joining(";"));
        ChildGateway started =
                ChildGateway.start(all, folder.resolve("edge"), TicketKey.developmentFile(folder));
        gateway = started;
        URI at = started.awaitAddress();
        awaitNodes(at);
        return at;
    }

    /** Waits until the gateway hears all nodes. */
    void awaitNodes(URI at) throws Exception {
        await(
                "all nodes",
                () -> get(at.resolve("/health")).path("nodesThere").asInt() == nodes.size());
    }

    /** kill -9, and a new life from the same data folder. */
    void kill(String name) throws Exception {
        nodes.get(name).kill();
        launch(name);
    }

    /** Ends a node in order, and starts it again. */
    void restart(String name) throws Exception {
        nodes.get(name).close();
        launch(name);
    }

    /** kill -9 of the coordinator's leader, and its next life. */
    void killLeader() throws Exception {
        int leader;
        try (MeshOperator operator = MeshOperator.connect(config())) {
            operator.view();
            leader = operator.leader();
        }
        coordinator.get(leader).kill();
        coordinator.set(leader, member(leader));
    }

    /** What an operator's command answers. */
    String command(String... words) {
        List<String> line = new ArrayList<>(List.of("mesh"));
        line.addAll(List.of(words));
        line.addAll(List.of("--members", String.join(",", members), "--key-file"));
        line.add(keyFile().toString());
        Console console = new Console();
        assertThat(console.run(line.toArray(String[]::new))).as(console.err()).isZero();
        return console.out();
    }

    /** The last number that a ship on a node has noted, or -1 where it isn't there. */
    int heard(String node, String ship) throws Exception {
        JsonNode log = log(node, ship);
        return log == null ? -1 : log.path("heard").asInt();
    }

    /** Fails where a number was missing, came twice or out of order, and says which. */
    void assertUnbroken(String node, String ship) throws Exception {
        JsonNode log = log(node, ship);
        assertThat(log).as("%s on %s", ship, node).isNotNull();
        assertThat(log.path("broken").asInt())
                .as("in order, each once; after %s came %s", log.path("after"), log.path("came"))
                .isZero();
    }

    /** True when a node has the ship, and no other one. */
    boolean isOnlyOn(String node, String ship) throws Exception {
        for (String each : nodes.keySet()) {
            if ((log(each, ship) != null) != each.equals(node)) {
                return false;
            }
        }
        return true;
    }

    /** True for an entity that came to be on a node, before any was killed: of the first is 1:1. */
    boolean beganOn(String node, String entity) {
        int block = List.copyOf(ports.keySet()).indexOf(node) + 1;
        return entity.startsWith(block + ":");
    }

    private @Nullable JsonNode log(String node, String ship) throws Exception {
        JsonNode log =
                get(nodes.get(node).address().resolve("/api/entities/" + ship))
                        .path("components")
                        .path("Log");
        return log.isMissingNode() ? null : log;
    }

    private JsonNode get(URI address) throws Exception {
        return JsonMapper.shared()
                .readTree(
                        http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                                .body());
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void launch(String name) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("node.name", name);
        settings.put("node.port", Integer.toString(ports.get(name)));
        settings.put("mesh.coordinators", String.join(",", members));
        settings.put("mesh.key-file", keyFile().toString());
        settings.put("mesh.join-timeout", SOON.toSeconds() + "s");
        settings.put("gateway.ticket-key-file", TicketKey.developmentFile(folder).toString());
        settings.put("streams.transport", "mdc");
        settings.put("streams.port", Integer.toString(streams.get(name)));
        settings.put("capture.snapshot-seconds", "1");
        nodes.put(name, ChildNode.start(folder.resolve(name), plugins, settings));
    }

    private ChildNode member(int index) throws Exception {
        return ChildNode.start(
                Member.class,
                folder.resolve("coordinator"),
                "mesh.coordinators=" + String.join(",", members),
                "mesh.member=" + index,
                "mesh.leader-timeout=" + LEADER_TIMEOUT);
    }

    private Path keyFile() {
        return folder.resolve("coordinator").resolve("mesh.key");
    }

    private HorizonConfig config() {
        return ConfigLoader.load(
                        List.of(
                                ChildNode.set("mesh.key-file", keyFile().toString()),
                                ChildNode.set("mesh.join-timeout", SOON.toSeconds() + "s"),
                                ChildNode.set("mesh.coordinators", String.join(",", members))),
                        Map.of(),
                        null)
                .config();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** In order: a killed one leaves its shared memory to its next life. */
    @Override
    public void close() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        for (ChildNode node : nodes.values()) {
            node.close();
        }
        for (ChildNode member : coordinator) {
            member.close();
        }
    }

    /** Says the next number all the time. */
    static final class Pilot {
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

    /** A member of the coordinator as the main of a child. */
    static final class Member {
        private Member() {}

        /** Says that it has begun. */
        public static void main(String[] args) throws InterruptedException {
            try (CoordinatorProcess process = CoordinatorProcess.start(ChildNode.config(args))) {
                System.out.println("address tcp:" + process.folder());
                process.awaitEnd();
            }
        }
    }
}
