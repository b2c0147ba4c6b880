package dev.horizon.perf.live;

import dev.horizon.perf.Figure;
import dev.horizon.perf.live.TickRun.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/** What a snapshot costs the ticks in which it is taken, and how large it is. */
public final class SnapshotTicks {
    private static final int THREADS = 2;
    private static final int WARM_UP_TICKS = 400;
    private static final int SNAPSHOTS = 3;
    private static final double BUDGET_MILLIS = 50;

    private final long seed;
    private final int ticks;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param ticks of a block, in which one snapshot is taken
     * @param progress is told what runs next
     */
    public SnapshotTicks(long seed, int ticks, Consumer<String> progress) {
        this.seed = seed;
        this.ticks = ticks;
        this.progress = progress;
    }

    /** Measures one size. */
    public List<Figure> measure(int objects) throws IOException {
        String size = String.format(Locale.ROOT, "%,d objects", objects);
        Path data = Files.createTempDirectory("horizon-bench-");
        try (LiveNode node = new LiveNode(objects, seed, THREADS, data)) {
            TickRun run = new TickRun(node);
            progress.accept("snapshot, " + size + ": warm-up");
            run.warmUp(WARM_UP_TICKS);
            // The first makes the room, which it keeps.
            take(node, run);
            List<Figure> figures = new ArrayList<>();
            double[] without = new double[SNAPSHOTS];
            double[] with = new double[SNAPSHOTS];
            double[] taken = new double[SNAPSHOTS];
            double[] allocated = new double[SNAPSHOTS];
            for (int i = 0; i < SNAPSHOTS; i++) {
                progress.accept("snapshot, " + size + ": pair " + (i + 1) + " of " + SNAPSHOTS);
                Block plain = run.measure(ticks);
                Block block = take(node, run);
                without[i] = plain.millis(1);
                with[i] = block.millis(1);
                allocated[i] = block.allocatedPerTick() - plain.allocatedPerTick();
                taken[i] = node.loop().snapshots().takenNanos() / 1e6;
            }
            String worst = "worst tick while a snapshot is taken, " + size;
            figures.add(Figure.atMost(worst, median(with), "ms", BUDGET_MILLIS));
            figures.add(
                    Figure.plain("worst tick of as many without, " + size, median(without), "ms"));
            figures.add(
                    Figure.plain("of it for the snapshot's tick, " + size, median(taken), "ms"));
            figures.add(
                    Figure.atMost(
                            "allocated by the tick thread for snapshots, " + size,
                            median(allocated),
                            "B/tick",
                            0));
            figures.add(
                    Figure.atMost(
                            "snapshot beyond rows and ids, " + size,
                            100.0
                                    * (node.snapshots().lastBytes()
                                            - node.snapshots().lastLiveBytes())
                                    / node.snapshots().lastLiveBytes(),
                            "%",
                            10));
            figures.add(
                    Figure.plain("snapshot, " + size, node.snapshots().lastBytes() / 1e6, "MB"));
            return figures;
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
    }

    /** Ticks until a snapshot that is asked for now is written, and as many as a block has. */
    private Block take(LiveNode node, TickRun run) {
        long before = node.snapshots().written();
        node.loop().snapshots().ask();
        Block block = run.measure(ticks);
        while (node.snapshots().written() == before) {
            if (node.snapshots().failed() > 0) {
                throw new IllegalStateException("the snapshot was not written; see the log");
            }
            block = run.measure(ticks);
        }
        return block;
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
