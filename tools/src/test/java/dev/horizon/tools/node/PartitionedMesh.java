package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.tools.cli.Console;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main of a process in a network of its own ({@link Network#APART}): members and nodes in
 * processes on hosts of that network, transfers, and partitions while they are under way. All the
 * time both nodes are asked what they have; in the end their tapes are read as well.
 */
final class PartitionedMesh implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final List<String> NODES = List.of("west", "east");
    private static final int ROCKS = 40;
    private static final int AT_ONCE = 30;
    private static final int PAGES = 8420;
    private static final int MEMBER_PORT = 41_000;
    private static final int STREAMS = 40_456;
    private static final int BEFORE_MILLIS_MAX = 150;
    private static final int LEAST_MILLIS = 300;
    private static final int CUT_MILLIS_MAX = 2_500;
    private static final long LOOK_MILLIS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern RELEASED =
            Pattern.compile("transfer (\\d+) releases entity (\\S+)");
    private static final Pattern TAKEN =
            Pattern.compile("parcel (\\d+ of world \\S+) with ([^\"]*)");

    /** Rocks that count their ticks and their stays. */
    private static final String PLUGIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            import dev.horizon.engine.world.*;
            public final class Sample implements Plugin {
                @Override public void setup(Registrar registrar) {
                    registrar.components(RockColumn.TYPE);
                    registrar.system(SystemSpec.of("count", Stage.MOVE,
                        Access.none().writing(RockColumn.TYPE), Sample::count));
                    registrar.events().on(RegionStarted.class, Sample::make);
                    registrar.events().on(EntityArrived.class, Sample::arrive);
                }
                private static void count(Rows rows, Tick tick) {
                    RockColumn rock = rows.write(RockColumn.TYPE);
                    for (int row = rows.from(); row < rows.to(); row++) {
                        rock.ticks[row]++;
                    }
                }
                private static void make(RegionStarted event, EventContext context) {
                    double x = event.region().contains(-1, 0, 0) ? -1_000 : 1_000;
                    for (int i = 0; i < %d; i++) {
                        context.world().create(new Position(x, i, 0), new Rock(0, 0),
                            new Size(SizeClass.CRAFT, 10));
                    }
                }
                private static void arrive(EntityArrived event, EventContext context) {
                    Rock rock = context.world().read(event.entity(), Rock.class);
                    if (rock != null && !event.isReturned()) {
                        context.world().write(event.entity(),
                            new Rock(rock.ticks(), rock.stay() + 1));
                    }
                }
            }
            """
                    .formatted(ROCKS);

    /** What is done to the network. */
    private enum Fault {
        NODE_CUT_OFF,
        NODES_PARTED,
        NODE_DEAF,
        NODE_THIN,
        LEADER_CUT_OFF
    }

    private final Path folder;
    private final Random random;
    private final Network network = new Network();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Sightings sightings = new Sightings();
    private final List<String> members = new ArrayList<>();
    private final List<ChildNode> children = new ArrayList<>();
    private final List<Thread> watchers = new ArrayList<>();
    private MeshOperator operator;
    private volatile boolean isOver;
    private int begun;

    private PartitionedMesh(Path folder, long seed) throws Exception {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /** Makes the plugin of the nodes, where the main finds it. */
    static void prepare(Path folder) throws Exception {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.record("Rock", "@Component public record Rock(int ticks, int stay) {}");
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(sample.source("Sample", PLUGIN).build(), plugins.resolve("sample.jar"));
    }

    /**
     * Runs to the end; fails where something was lost, doubled or had twice.
     *
     * @param arguments folder, partitions, seed, and the file that is told what came of it, or
     *     nothing
     */
    public static void main(String[] arguments) throws Exception {
        int partitions = Integer.parseInt(arguments[1]);
        try (PartitionedMesh mesh =
                new PartitionedMesh(Path.of(arguments[0]), Long.parseLong(arguments[2]))) {
            mesh.start();
            for (int i = 0; i < partitions; i++) {
                mesh.partition(Fault.values()[i % Fault.values().length]);
            }
            String came = mesh.end(partitions);
            System.out.println(came);
            if (!arguments[3].isEmpty()) {
                Files.writeString(Path.of(arguments[3]), came + "\n");
            }
        }
        System.exit(0);
    }

    private void start() throws Exception {
        Path plugins = folder.resolve("plugins");
        for (int i = 0; i < MEMBERS; i++) {
            members.add(network.host("member-" + i).address() + ":" + MEMBER_PORT);
        }
        for (int i = 0; i < MEMBERS; i++) {
            Network.Host host = network.of("member-" + i);
            children.add(
                    ChildNode.under(
                            host.enter(),
                            SampleMesh.Member.class,
                            folder.resolve("coordinator"),
                            coordinators(),
                            "mesh.host=" + host.address(),
                            "mesh.member=" + i,
                            "mesh.leader-timeout=3s"));
        }
        for (String name : NODES) {
            node(name, network.host(name), plugins);
        }
        operator =
                MeshOperator.connect(
                        ChildNode.config(
                                new String[] {
                                    folder.resolve("coordinator").toString(),
                                    coordinators(),
                                    "mesh.host=" + network.address(),
                                    "mesh.join-timeout=120s"
                                }));
        NODES.forEach(name -> watchers.add(Thread.ofPlatform().daemon().start(() -> watch(name))));
        assertThat(places()).as("rocks").hasSize(NODES.size() * ROCKS);
    }

    private String coordinators() {
        return "mesh.coordinators=" + String.join(",", members);
    }

    private void node(String name, Network.Host host, Path plugins) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        boolean isWest = name.equals("west");
        Files.writeString(
                data.resolve("horizon.toml"),
                "[[node.regions]]\n"
                        + (isWest ? "id = 1\nmax-x = 0.0\n" : "id = 2\nmin-x = 0.0\n"));
        children.add(
                ChildNode.under(
                        host.enter(),
                        ChildNode.class,
                        data,
                        "node.plugin-dir=" + plugins,
                        "node.name=" + name,
                        "node.bind=0.0.0.0",
                        "node.port=" + PAGES,
                        "streams.transport=mdc",
                        "streams.node-host=" + host.address(),
                        "streams.port=" + STREAMS,
                        coordinators(),
                        "mesh.host=" + host.address(),
                        "mesh.join-timeout=120s",
                        "mesh.key-file=" + folder.resolve("coordinator").resolve("mesh.key")));
    }

    /** Transfers, and a fault of the network while they are under way. */
    private void partition(Fault fault) throws Exception {
        transfer();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(BEFORE_MILLIS_MAX));
        String one = NODES.get(random.nextInt(NODES.size()));
        String how = "";
        switch (fault) {
            case NODE_CUT_OFF -> network.cut(one);
            case NODES_PARTED -> network.part(NODES.getFirst(), NODES.getLast());
            case NODE_DEAF -> network.deafen(one);
            case NODE_THIN -> how = network.thin(one);
            case LEADER_CUT_OFF -> network.cut("member-" + operator.leader());
        }
        int millis = LEAST_MILLIS + random.nextInt(CUT_MILLIS_MAX);
        TimeUnit.MILLISECONDS.sleep(millis);
        network.heal();
        System.out.printf(
                "%s %s %s for %d ms%n",
                fault.toString().toLowerCase(Locale.ROOT), one, how, millis);
        SampleMesh.await(
                "an end of all transfers",
                () -> operator.view().transfers().stream().allMatch(each -> each.stage().isEnd()));
        assertThat(places()).as("rocks").hasSize(NODES.size() * ROCKS);
    }

    private void transfer() throws Exception {
        List<NodeEntry> nodes = operator.view().nodes();
        Map<String, NodeEntry> named = new HashMap<>();
        nodes.forEach(each -> named.put(each.name(), each));
        Map<String, String> places = places();
        List<String> rocks = new ArrayList<>(places.keySet());
        Collections.shuffle(rocks, random);
        for (String rock : rocks.subList(0, AT_ONCE)) {
            String from = places.get(rock);
            String to = NODES.get(1 - NODES.indexOf(from));
            operator.transfer(EntityId.parse(rock), named.get(from), named.get(to));
            begun++;
        }
    }

    /** Which node has each; none is on two. */
    private Map<String, String> places() throws Exception {
        Map<String, String> places = new TreeMap<>();
        for (String name : NODES) {
            for (JsonNode each : rocks(name)) {
                String before = places.put(each.path("id").asString(), name);
                assertThat(before).as("%s is on %s, too", each, name).isNull();
            }
        }
        return places;
    }

    private JsonNode rocks(String node) throws Exception {
        URI at =
                URI.create(
                        "http://%s:%d/api/query?limit=1000&where=Rock"
                                .formatted(network.of(node).watched(), PAGES));
        HttpRequest question = HttpRequest.newBuilder(at).timeout(PATIENCE).build();
        return JsonMapper.shared()
                .readTree(http.send(question, BodyHandlers.ofString()).body())
                .path("entities");
    }

    private void watch(String node) {
        while (!isOver) {
            try {
                long asked = System.nanoTime();
                JsonNode all = rocks(node);
                long answered = System.nanoTime();
                for (JsonNode each : all) {
                    JsonNode rock = each.path("components").path("Rock");
                    sightings.saw(
                            node,
                            each.path("id").asString(),
                            rock.path("stay").asInt(),
                            rock.path("ticks").asLong(),
                            asked,
                            answered);
                }
            } catch (Exception e) {
                System.out.println(node + " does not answer: " + e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
    }

    /** Ends all, and reads what was seen and what the tapes have. */
    private String end(int partitions) throws Exception {
        isOver = true;
        for (Thread each : watchers) {
            each.join();
        }
        assertThat(sightings.faults()).isEmpty();
        close();
        Map<String, Set<String>> released = new TreeMap<>();
        Map<String, Set<String>> taken = new TreeMap<>();
        for (String name : NODES) {
            read(name, released, taken);
        }
        Map<String, Integer> left = sizes(released);
        assertThat(sizes(taken)).as("taken as often as released").isEqualTo(left);
        int moves = left.values().stream().mapToInt(count -> count).sum();
        assertThat(moves).as("transfers that came to something").isPositive();
        return "partitions=%d transfers=%d moved=%d sightings=%d stays=%d"
                .formatted(partitions, begun, moves, sightings.count(), sightings.stays());
    }

    private static Map<String, Integer> sizes(Map<String, Set<String>> of) {
        Map<String, Integer> sizes = new TreeMap<>();
        of.forEach((key, all) -> sizes.put(key, all.size()));
        return sizes;
    }

    /** What a tape says of each rock. */
    private void read(
            String node, Map<String, Set<String>> released, Map<String, Set<String>> taken) {
        Console console = new Console();
        int exit =
                console.run(
                        "replay",
                        "inputs",
                        "--json",
                        "--limit",
                        Integer.toString(Integer.MAX_VALUE),
                        "--data-dir",
                        folder.resolve(node).toString());
        assertThat(exit).as(console.err()).isZero();
        Matcher left = RELEASED.matcher(console.out());
        while (left.find()) {
            String rock = left.group(2).replace("\"", "");
            released.computeIfAbsent(rock, key -> new HashSet<>()).add(left.group(1));
        }
        Matcher came = TAKEN.matcher(console.out());
        while (came.find()) {
            for (String rock : came.group(2).split(", ")) {
                taken.computeIfAbsent(rock, key -> new HashSet<>()).add(came.group(1));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        if (operator != null) {
            Objects.requireNonNull(operator).close();
            operator = null;
        }
        for (ChildNode each : children) {
            each.close();
        }
        children.clear();
        network.close();
    }
}
