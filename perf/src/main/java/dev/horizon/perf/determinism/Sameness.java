package dev.horizon.perf.determinism;

import dev.horizon.perf.ChildProcess;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * The demo star system again and again from one seed with one fleet's inputs: one thread and two,
 * compiled and interpreted, under several collectors, each in a process of its own. Every tick's
 * hash must be the same.
 */
public final class Sameness {
    /**
     * One way to run.
     *
     * @param name for the figure
     * @param threads that systems run on
     * @param options of the virtual machine
     */
    record Way(String name, int threads, List<String> options) {}

    private static final String HEAP = "-Xmx2g";
    static final Way ONE_THREAD = new Way("1 thread", 1, List.of("-XX:+UseSerialGC", HEAP));
    static final List<Way> OTHERS =
            List.of(
                    new Way("2 threads", 2, List.of("-XX:+UseSerialGC", HEAP)),
                    new Way("the interpreter", 1, List.of("-Xint", "-XX:+UseSerialGC", HEAP)),
                    new Way(
                            "2 threads under ZGC",
                            2,
                            List.of("-XX:+UseZGC", "-XX:+UseCompactObjectHeaders", HEAP)),
                    new Way(
                            "C1 under G1",
                            1,
                            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseG1GC", HEAP)));

    private final int ticks;
    private final int objects;
    private final long seed;
    private final long secondsMax;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param secondsMax that one run may take
     * @param progress is told what runs next
     */
    public Sameness(int ticks, int objects, long seed, long secondsMax, Consumer<String> progress) {
        this.ticks = ticks;
        this.objects = objects;
        this.seed = seed;
        this.secondsMax = secondsMax;
        this.progress = progress;
    }

    /** Runs all ways: how many ticks, from the first on, have the first way's hash. */
    public List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-hashes-");
        try {
            long[] expected = hashes(ONE_THREAD, folder);
            List<Figure> figures = new ArrayList<>();
            for (Way way : OTHERS) {
                String name =
                        String.format(
                                Locale.ROOT,
                                "same hash, %,d ticks of %,d objects: %s, and %s",
                                ticks,
                                objects,
                                way.name(),
                                ONE_THREAD.name());
                int same = equalTicks(expected, hashes(way, folder));
                figures.add(Figure.atLeast(name, same, "ticks", ticks));
            }
            return figures;
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private long[] hashes(Way way, Path folder) throws IOException {
        progress.accept(
                String.format(
                        Locale.ROOT, "%,d ticks of %,d objects: %s", ticks, objects, way.name()));
        Path file = Files.createTempFile(folder, "run-", ".hashes");
        ChildProcess.run(
                way.options(),
                HashedRun.class,
                List.of(
                        Integer.toString(ticks),
                        Integer.toString(objects),
                        Long.toString(seed),
                        Integer.toString(way.threads()),
                        file.toString()),
                secondsMax);
        long[] hashes = new long[ticks];
        ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer().get(hashes);
        return hashes;
    }

    /** Ticks before the first that differs. */
    static int equalTicks(long[] expected, long[] actual) {
        int tick = 0;
        while (tick < expected.length && expected[tick] == actual[tick]) {
            tick++;
        }
        return tick;
    }
}
