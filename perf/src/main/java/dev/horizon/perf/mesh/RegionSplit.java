package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.perf.Figure;
import dev.horizon.perf.arena.ArenaPlugin;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.processes.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * Cuts a region with ships and players in two and moves one half to another node, as {@code horizon
 * mesh split} and {@code mesh move} do: the arena in the processes of a mesh, players through its
 * gateway, who steer all the time. The half comes back and goes again: once with code that nobody
 * has run before, and some times as it is from then on.
 */
final class RegionSplit {
    private static final int NODES = 2;
    private static final int MEMBERS = 3;
    private static final double MIDDLE_METRES = -5e8;
    private static final double EXTENT_METRES = 2e7;
    private static final double GROUP_METRES = 800;
    private static final int MEMBERS_PER_GROUP = 16;
    private static final double INPUTS_PER_SECOND = 2;
    private static final int CONNECTIONS_PER_SECOND = 50;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String FLYING = "Motion";
    private static final int REGION = 1;
    private static final int SPLITS = 3;
    private static final double SECONDS_MAX = 5;

    /** Before a split, and after it: what it leaves to be done shows in the ticks that follow. */
    private static final long SETTLE_MILLIS = 5_000;

    private static final long END_SECONDS_MAX = 120;
    private static final long LOOK_MILLIS = 20;

    private final Path launcher;
    private final int ships;
    private final int players;
    private final Consumer<String> progress;
    private final List<Double> seconds = new ArrayList<>();
    private int moved;

    RegionSplit(Path launcher, int ships, int players, Consumer<String> progress) {
        this.launcher = launcher;
        this.ships = ships;
        this.players = players;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path plugins = Files.createTempDirectory("horizon-split-");
        PluginJar.write(plugins, ArenaPlugin.NAME, ArenaPlugin.class);
        try (LaunchedMesh mesh =
                        LaunchedMesh.start(launcher, NODES, 1, MEMBERS, settings(plugins));
                LoadProcess load =
                        LoadProcess.start(
                                mesh.gateway(),
                                mesh.ticketKey(),
                                INPUTS_PER_SECOND,
                                ArenaPlugin.stick(),
                                0)) {
            return run(mesh, load);
        } finally {
            IoUtil.delete(plugins.toFile(), true);
        }
    }

    private String[] settings(Path plugins) {
        return new String[] {
            "node.plugin-dir=" + plugins,
            "plugins.arena.ships=" + ships,
            "plugins.arena.groups=" + Math.max(1, (ships + players) / MEMBERS_PER_GROUP),
            "plugins.arena.group-metres=" + GROUP_METRES,
            "plugins.arena.extent-metres=" + EXTENT_METRES,
            "plugins.arena.middle-x=" + MIDDLE_METRES,
            "gateway.connections-max=" + 2 * players,
            "gateway.strangers-max=" + 2 * players,
            "mesh.leader-timeout=3s" // Players and nodes share two cores with it.
        };
    }

    private List<Figure> run(LaunchedMesh mesh, LoadProcess load)
            throws IOException, InterruptedException {
        long owner = entry(mesh, REGION).owner();
        List<NodeEntry> nodes = mesh.nodes();
        boolean isFirst = nodes.getFirst().home() == owner;
        NodeEntry crowded = isFirst ? nodes.getFirst() : nodes.getLast();
        NodeEntry other = isFirst ? nodes.getLast() : nodes.getFirst();
        progress.accept("mesh: " + load.players(players, CONNECTIONS_PER_SECOND));
        load.schedule(mesh.status(crowded).path("tickOriginNanos").asLong(), PERIOD_NANOS);
        Thread.sleep(SETTLE_MILLIS);
        load.reset();
        Set<EntityId> before = flying(mesh, crowded, other);
        TickTally here = new TickTally(mesh, crowded);
        TickTally there = new TickTally(mesh, other);
        for (int split = 1; split <= SPLITS; split++) {
            Region part = split(mesh, crowded, other);
            progress.accept("mesh: split %d of %d".formatted(split, SPLITS));
            Thread.sleep(SETTLE_MILLIS);
            moved = mesh.entities(other, FLYING).size();
            move(mesh, part, crowded);
            mesh.operator().merge(entry(mesh, REGION).region(), part);
            Thread.sleep(SETTLE_MILLIS);
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.plain("split: ships and players' ships of the region", before.size(), ""));
        figures.add(Figure.plain("split: of them on the new node", moved, ""));
        figures.add(
                Figure.atMost(
                        "split: from the command until the new node has the half and all in it, first time",
                        seconds.getFirst(),
                        "s",
                        SECONDS_MAX));
        figures.add(
                Figure.atMost(
                        "split: the same, worst of " + SPLITS,
                        seconds.stream().mapToDouble(each -> each).max().orElse(Double.NaN),
                        "s",
                        SECONDS_MAX));
        ofPlayers(figures, load.figures());
        here.figures(figures, "the old node");
        there.figures(figures, "the new node");
        ofShips(figures, before, mesh.entities(crowded, FLYING), mesh.entities(other, FLYING));
        return figures;
    }

    /** Cuts, and moves the upper half; waits until all of it is there. */
    private Region split(LaunchedMesh mesh, NodeEntry owner, NodeEntry heir)
            throws InterruptedException {
        long began = System.nanoTime();
        mesh.operator().split(entry(mesh, REGION).region(), 0, MIDDLE_METRES);
        Region part =
                mesh.operator().view().regions().stream()
                        .filter(RegionEntry::isPart)
                        .findFirst()
                        .orElseThrow()
                        .region();
        move(mesh, part, heir);
        seconds.add((System.nanoTime() - began) / 1e9);
        return part;
    }

    private static void move(LaunchedMesh mesh, Region part, NodeEntry to)
            throws InterruptedException {
        mesh.operator().move(part, to);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
        while (entry(mesh, part.id()).owner() != to.home() || mesh.open() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the region has not moved: " + entry(mesh, part.id()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static RegionEntry entry(LaunchedMesh mesh, int region) throws InterruptedException {
        return mesh.operator().view().regions().stream()
                .filter(each -> each.region().id() == region)
                .findFirst()
                .orElseThrow();
    }

    private static Set<EntityId> flying(LaunchedMesh mesh, NodeEntry... nodes)
            throws IOException, InterruptedException {
        Set<EntityId> all = new HashSet<>();
        for (NodeEntry node : nodes) {
            all.addAll(mesh.entities(node, FLYING));
        }
        return all;
    }

    private void ofPlayers(List<Figure> figures, LoadFigures load) {
        figures.add(
                Figure.atLeast("split: players who play on", load.value("players"), "", players));
        figures.add(Figure.atMost("split: connections lost", load.value("failed"), "", 0));
        figures.add(
                Figure.plain(
                        "split: between two ticks at a player, p99", load.value("gap-p99"), "ms"));
        figures.add(
                Figure.plain(
                        "split: between two ticks at a player, longest",
                        load.value("gap-max"),
                        "ms"));
    }

    private static void ofShips(
            List<Figure> figures, Set<EntityId> before, List<EntityId> here, List<EntityId> there) {
        Set<EntityId> after = new HashSet<>(here);
        long doubled = there.stream().filter(each -> !after.add(each)).count();
        long lost = before.stream().filter(each -> !after.contains(each)).count();
        figures.add(Figure.atMost("split: entities lost", lost, "", 0));
        figures.add(Figure.atMost("split: entities on two nodes", doubled, "", 0));
    }
}
