package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moves all rocks of one node to the other and back, as fast as they begin and end: each transfer
 * through the log of three members, each on the tapes of both nodes.
 */
final class TransferRate {
    private static final String[] SETTINGS = {"plugins.sol.ships=0", "plugins.sol.objects=32000"};
    private static final int MEMBERS = 3;
    private static final int NODES = 2;

    /** Begun at once. */
    private static final int BATCH = 500;

    /** Half a second of them. */
    private static final int OPEN_MAX = 5_000;

    /** Each question is an entry of the coordinator's log, too. */
    private static final long ASK_MILLIS = 10;

    private static final double GOAL = 10_000;

    private final Path launcher;
    private final int entities;
    private final Consumer<String> progress;

    TransferRate(Path launcher, int entities, Consumer<String> progress) {
        this.launcher = launcher;
        this.entities = entities;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        try (LaunchedMesh mesh = LaunchedMesh.start(launcher, NODES, 0, MEMBERS, SETTINGS)) {
            List<NodeEntry> nodes = mesh.nodes();
            // Once for the compilers.
            int moved = 0;
            for (int from = 0; from < NODES; from++) {
                move(mesh, nodes.get(from), nodes.get(1 - from));
            }
            double seconds = 0;
            int from = 0;
            while (moved < entities) {
                List<EntityId> leaving = rocks(mesh, nodes.get(from));
                progress.accept("mesh: " + moved + " of " + entities + " entities moved");
                long began = System.nanoTime();
                moved += move(mesh, leaving, nodes.get(from), nodes.get(1 - from));
                seconds += (System.nanoTime() - began) / 1e9;
                progress.accept("mesh: " + moved + " of " + entities + " entities moved");
                from = 1 - from;
            }
            return List.of(
                    Figure.plain("entities moved between two nodes", moved, ""),
                    Figure.atLeast(
                            "entities a second, coordinator log included",
                            moved / seconds,
                            "/s",
                            GOAL));
        }
    }

    private void move(LaunchedMesh mesh, NodeEntry from, NodeEntry to)
            throws IOException, InterruptedException {
        move(mesh, rocks(mesh, from), from, to);
    }

    /**
     * An API answers ten thousand at most: those above the plane of the planets, and the others.
     */
    private static List<EntityId> rocks(LaunchedMesh mesh, NodeEntry of)
            throws IOException, InterruptedException {
        List<EntityId> all = new ArrayList<>(mesh.entities(of, "Ore and Position.z >= 0"));
        all.addAll(mesh.entities(of, "Ore and Position.z < 0"));
        return all;
    }

    private static int move(LaunchedMesh mesh, List<EntityId> leaving, NodeEntry from, NodeEntry to)
            throws InterruptedException {
        int begun = 0;
        for (int at = 0; at < leaving.size(); at += BATCH) {
            while (mesh.operator().transfersRemembered() > OPEN_MAX) {
                Thread.sleep(ASK_MILLIS);
            }
            List<EntityId> batch = leaving.subList(at, Math.min(leaving.size(), at + BATCH));
            begun += mesh.operator().transfer(batch, from, to);
        }
        while (mesh.open() > 0) {
            Thread.sleep(ASK_MILLIS);
        }
        return begun;
    }
}
