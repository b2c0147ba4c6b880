package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Moves entities between two nodes in processes while the coordinator's leader or a node is killed,
 * and counts afterwards where each entity is. They are rocks, which nothing in the world destroys.
 */
final class KillsUnderTransfers {
    private static final String[] SETTINGS = {"plugins.sol.ships=0", "plugins.sol.objects=600"};
    private static final String TRACKED = "Ore";
    private static final int MEMBERS = 3;
    private static final int NODES = 2;

    /** A transfer takes about twice as long: the kill comes before, during and after. */
    private static final int KILL_AFTER_MILLIS_MAX = 150;

    private static final long END_SECONDS_MAX = 120;
    private static final long LOOK_MILLIS = 20;
    private static final double TICK_HZ = 20;

    private final Path launcher;
    private final Random random;
    private final int kills;
    private final int transfers;
    private final Consumer<String> progress;
    private final List<Double> leaderSeconds = new ArrayList<>();
    private final List<Double> nodeSeconds = new ArrayList<>();
    private double leastTicks = 1;
    private int begun;
    private int lost;
    private int doubled;

    KillsUnderTransfers(
            Path launcher, long seed, int kills, int transfers, Consumer<String> progress) {
        this.launcher = launcher;
        this.random = new Random(seed);
        this.kills = kills;
        this.transfers = transfers;
        this.progress = progress;
    }

    /** Kills members that lead. */
    List<Figure> ofLeaders() throws IOException, InterruptedException {
        run(this::killLeader);
        return List.of(
                Figure.plain("kills of the coordinator's leader", kills, ""),
                Figure.atLeast("transfers meanwhile", begun, "", transfers),
                Figure.atMost("entities lost", lost, "", 0),
                Figure.atMost("entities on two nodes", doubled, "", 0),
                Figure.atMost(
                        "leader killed until another answers, p99", p99(leaderSeconds), "s", 3),
                Figure.plain(
                        "leader killed until another answers, median", median(leaderSeconds), "s"),
                Figure.atLeast(
                        "ticks of nodes while nobody leads, least of those due",
                        100 * leastTicks,
                        "%",
                        90));
    }

    /** Kills nodes. */
    List<Figure> ofNodes() throws IOException, InterruptedException {
        run(this::killNode);
        return List.of(
                Figure.plain("kills of nodes", kills, ""),
                Figure.atLeast("transfers meanwhile", begun, "", transfers),
                Figure.atMost("entities lost", lost, "", 0),
                Figure.atMost("entities on two nodes", doubled, "", 0),
                Figure.atMost("node killed until it ticks again, worst", p99(nodeSeconds), "s", 10),
                Figure.plain("node killed until it ticks again, median", median(nodeSeconds), "s"));
    }

    @FunctionalInterface
    private interface Kill {
        void in(LaunchedMesh mesh) throws IOException, InterruptedException;
    }

    private void run(Kill kill) throws IOException, InterruptedException {
        try (LaunchedMesh mesh = LaunchedMesh.start(launcher, NODES, 0, MEMBERS, SETTINGS)) {
            Map<EntityId, Integer> tracked = places(mesh);
            for (int round = 1; round <= kills; round++) {
                progress.accept("mesh: kill " + round + " of " + kills);
                begin(mesh, tracked, transfers * round / kills - begun);
                Thread.sleep(random.nextInt(KILL_AFTER_MILLIS_MAX));
                kill.in(mesh);
                mesh.awaitUp();
                awaitNoneOpen(mesh);
                Map<EntityId, Integer> now = places(mesh);
                tracked.keySet().forEach(each -> lost += now.containsKey(each) ? 0 : 1);
                tracked.keySet().retainAll(now.keySet());
                tracked.putAll(now);
            }
        }
    }

    private void begin(LaunchedMesh mesh, Map<EntityId, Integer> tracked, int count)
            throws InterruptedException {
        List<EntityId> some = new ArrayList<>(tracked.keySet());
        Collections.shuffle(some, random);
        List<NodeEntry> nodes = mesh.nodes();
        for (int from = 0; from < NODES; from++) {
            int node = from;
            List<EntityId> leaving =
                    some.subList(0, count).stream()
                            .filter(each -> Objects.equals(tracked.get(each), node))
                            .toList();
            begun +=
                    mesh.operator()
                            .transfer(leaving, nodes.get(from), nodes.get((from + 1) % NODES));
        }
    }

    /** Which node has each; those that two have are counted. */
    private Map<EntityId, Integer> places(LaunchedMesh mesh)
            throws IOException, InterruptedException {
        Map<EntityId, Integer> places = new LinkedHashMap<>();
        List<NodeEntry> nodes = mesh.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (EntityId each : mesh.entities(nodes.get(i), TRACKED)) {
                doubled += places.put(each, i) == null ? 0 : 1;
            }
        }
        return places;
    }

    private static void awaitNoneOpen(LaunchedMesh mesh) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
        while (mesh.open() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("transfers have no end: " + mesh.open());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void killLeader(LaunchedMesh mesh) throws IOException, InterruptedException {
        List<NodeEntry> nodes = mesh.nodes();
        String leader = mesh.leader();
        long[] before = ticks(mesh, nodes);
        long began = System.nanoTime();
        mesh.kill(leader);
        mesh.awaitAnswer();
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] after = ticks(mesh, nodes);
        double due = (System.nanoTime() - began) / 1e9 * TICK_HZ;
        leaderSeconds.add(seconds);
        for (int i = 0; i < before.length; i++) {
            leastTicks = Math.min(leastTicks, (after[i] - before[i]) / due);
        }
    }

    private static long[] ticks(LaunchedMesh mesh, List<NodeEntry> nodes)
            throws IOException, InterruptedException {
        long[] ticks = new long[nodes.size()];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = mesh.tick(nodes.get(i));
        }
        return ticks;
    }

    private void killNode(LaunchedMesh mesh) throws IOException, InterruptedException {
        NodeEntry victim = mesh.nodes().get(random.nextInt(NODES));
        long began = System.nanoTime();
        mesh.kill(victim.name());
        mesh.awaitTick(victim);
        nodeSeconds.add((System.nanoTime() - began) / 1e9);
    }

    private static double median(List<Double> of) {
        return at(of, 0.5);
    }

    private static double p99(List<Double> of) {
        return at(of, 0.99);
    }

    private static double at(List<Double> of, double share) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
