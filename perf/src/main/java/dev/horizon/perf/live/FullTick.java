package dev.horizon.perf.live;

import dev.horizon.perf.Figure;
import dev.horizon.perf.live.TickRun.Block;
import dev.horizon.perf.live.TickRun.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.ToDoubleFunction;
import org.agrona.IoUtil;

/**
 * The full tick of the demo star system at three sizes of one density, some blocks of ticks each;
 * figures are medians over the blocks.
 */
public final class FullTick {
    private static final int THREADS = 2;
    private static final int SMALL = 1_000;
    private static final int MIDDLE = 10_000;
    private static final int LARGE = 100_000;
    private static final int BLOCKS = 3;

    private final long seed;
    private final int smallWarmUpTicks;
    private final int warmUpTicks;
    private final int blockTicks;
    private final Consumer<String> progress;
    private final Map<Integer, List<Block>> blocks = new LinkedHashMap<>();

    /**
     * Prepares.
     *
     * @param smallWarmUpTicks before the first block, up to 10,000 objects
     * @param warmUpTicks before the first block, beyond
     * @param blockTicks measured per block
     * @param progress is told what runs next
     */
    public FullTick(
            long seed,
            int smallWarmUpTicks,
            int warmUpTicks,
            int blockTicks,
            Consumer<String> progress) {
        this.seed = seed;
        this.smallWarmUpTicks = smallWarmUpTicks;
        this.warmUpTicks = warmUpTicks;
        this.blockTicks = blockTicks;
        this.progress = progress;
    }

    /** Measures all sizes. */
    public List<Figure> run() throws IOException {
        measure(SMALL);
        measure(MIDDLE);
        measure(LARGE);
        return figures();
    }

    /** Measures one size. */
    public void measure(int objects) throws IOException {
        Path data = Files.createTempDirectory("horizon-bench-");
        try (LiveNode node = new LiveNode(objects, seed, THREADS, data)) {
            TickRun run = new TickRun(node);
            progress.accept(String.format(Locale.ROOT, "full tick, %,d objects: warm-up", objects));
            run.warmUp(objects <= MIDDLE ? smallWarmUpTicks : warmUpTicks);
            List<Block> measured = new ArrayList<>();
            for (int i = 1; i <= BLOCKS; i++) {
                progress.accept(
                        String.format(
                                Locale.ROOT,
                                "full tick, %,d objects: block %d of %d, %d ticks at their real rate",
                                objects,
                                i,
                                BLOCKS,
                                blockTicks));
                measured.add(run.measure(blockTicks));
            }
            blocks.put(objects, measured);
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (int objects : blocks.keySet()) {
            String name = String.format(Locale.ROOT, "full tick, %,d objects", objects);
            figures.add(Figure.plain(name + ", p50", median(objects, b -> b.millis(0.5)), "ms"));
            double p99 = median(objects, b -> b.millis(0.99));
            String tail = name + ", p99";
            figures.add(
                    switch (objects) {
                        case MIDDLE -> Figure.atMost(tail, p99, "ms", 5);
                        case LARGE -> Figure.atMost(tail, p99, "ms", 40);
                        default -> Figure.plain(tail, p99, "ms");
                    });
        }
        figures.add(
                Figure.atMost(
                        "allocated by the tick thread, 10,000 objects",
                        median(MIDDLE, Block::allocatedPerTick),
                        "B/tick",
                        0));
        figures.add(
                Figure.plain(
                        "ticks in which it allocated, 10,000 objects",
                        share(MIDDLE, bytes -> bytes > 0),
                        "%"));
        double small = perObject(SMALL);
        double large = perObject(LARGE);
        figures.add(Figure.plain("full tick per object, 1,000 objects", small, "ns"));
        figures.add(Figure.plain("full tick per object, 10,000 objects", perObject(MIDDLE), "ns"));
        figures.add(Figure.plain("full tick per object, 100,000 objects", large, "ns"));
        figures.add(
                Figure.atMost(
                        "full tick per object, 100,000 objects to 1,000", large / small, "x", 2));
        return figures;
    }

    /** Per cent of all blocks' ticks. */
    private double share(int objects, LongPredicate of) {
        List<Block> all = blocks.getOrDefault(objects, List.of());
        long matching =
                all.stream().mapToLong(b -> Arrays.stream(b.allocated()).filter(of).count()).sum();
        return 100.0 * matching / all.stream().mapToLong(b -> b.allocated().length).sum();
    }

    private double perObject(int objects) {
        return median(objects, b -> b.millis(0.5)) * 1e6 / objects;
    }

    private double median(int objects, ToDoubleFunction<Block> value) {
        double[] values =
                blocks.getOrDefault(objects, List.of()).stream()
                        .mapToDouble(value)
                        .sorted()
                        .toArray();
        return values[values.length / 2];
    }

    /** Where the time goes: phases and systems of the last block of each size. */
    public String breakdown() {
        StringBuilder text = new StringBuilder();
        blocks.forEach((objects, measured) -> describe(text, objects, measured.getLast()));
        return text.toString();
    }

    private static void describe(StringBuilder text, int objects, Block block) {
        int ticks = block.nanos().length;
        text.append(
                String.format(
                        Locale.ROOT,
                        "%n%,d objects, %,d entities: p50 %.3f ms, p99 %.3f, max %.3f (of a core: %.3f, %.3f, %.3f); %,d B of frames a"
                                + " tick, %d lost, %d pauses; allocated %.1f B a tick, in %d of %d ticks%n",
                        objects,
                        block.entities(),
                        block.millis(0.5),
                        block.millis(0.99),
                        block.millis(1),
                        block.cpuMillis(0.5),
                        block.cpuMillis(0.99),
                        block.cpuMillis(1),
                        block.bytes() / ticks,
                        block.lost(),
                        block.pauses(),
                        block.allocatedPerTick(),
                        Arrays.stream(block.allocated()).filter(bytes -> bytes > 0).count(),
                        ticks));
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-24s %10s %10s %12s%n",
                        "us",
                        "p50",
                        "p99",
                        "mean a tick"));
        for (Part part : block.dearest()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-24s %10.1f %10.1f %12.1f%n",
                            part.name(),
                            part.medianMicros(),
                            part.p99Micros(),
                            part.meanMicros() * part.runs() / ticks));
        }
    }
}
