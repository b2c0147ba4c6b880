package dev.horizon.perf.tape;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/** How fast a tape runs again with every hash compared, and how long a seek takes. */
final class ReplayCost {
    private static final int OBJECTS = 10_000;
    private static final int PLAYERS = 100;
    private static final int TICK_HZ = 20;

    /** As old snapshots are by default: of one each 5 s, every second stays. */
    private static final int SNAPSHOT_TICKS = 10 * TICK_HZ;

    private static final int SPEED_TICKS_MAX = 3_000;
    private static final int SEEKS = 7;
    private static final int FAST_THREADS = 2;
    private static final double NANOS = 1e9;

    private final Path home;
    private final Path launcher;
    private final long seed;
    private final int ticks;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param home of the distribution
     * @param launcher the script {@code horizon}
     * @param ticks of the star system's tape
     */
    ReplayCost(Path home, Path launcher, long seed, int ticks, Consumer<String> progress) {
        this.home = home;
        this.launcher = launcher;
        this.seed = seed;
        this.ticks = ticks;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-bench-");
        try {
            return starSystem(folder.resolve("sol"));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private List<Figure> starSystem(Path data) throws IOException, InterruptedException {
        int ships = OBJECTS / 5;
        Map<String, Map<String, Object>> settings =
                Map.of("sol", Map.of("seed", seed, "ships", ships, "objects", OBJECTS - ships));
        progress.accept(String.format(Locale.ROOT, "replay: %,d ticks are recorded", ticks));
        try (TapedRun run =
                TapedRun.ofDistribution(home, data, settings, new Pilots(PLAYERS, seed), seed)) {
            run.ticks(ticks, SNAPSHOT_TICKS);
        }
        TapeFile tape = TapeFile.list(data).getFirst();
        List<Figure> figures = new ArrayList<>();
        for (int threads : new int[] {1, FAST_THREADS}) {
            progress.accept("replay: " + threads + " threads");
            double speed = speed(TapeSource.of(tape, data, threads));
            String name =
                    "replay, 10,000 objects, "
                            + PLAYERS
                            + " players, every hash compared, "
                            + threads
                            + " threads";
            figures.add(
                    threads == FAST_THREADS
                            ? Figure.atLeast(name, speed, "x real time", 20)
                            : Figure.plain(name, speed, "x real time"));
        }
        progress.accept("replay: seeks");
        figures.add(seek(TapeSource.of(tape, data, FAST_THREADS)));
        figures.add(seekByCommand(data));
        return figures;
    }

    /** Of some ticks, when the compiler has done its work. */
    private double speed(TapeSource source) {
        int last = Math.min(ticks, SPEED_TICKS_MAX);
        try (Rerun rerun = source.start()) {
            rerun.runTo(last / 2);
            long start = System.nanoTime();
            rerun.runTo(last);
            double seconds = (System.nanoTime() - start) / NANOS;
            if (rerun.difference() != null) {
                throw new IllegalStateException("the replay differs: " + rerun.difference());
            }
            return (last - last / 2) / seconds / TICK_HZ;
        }
    }

    /** Each from nothing, as a command does it: plugins, snapshot, ticks from there on. */
    private Figure seek(TapeSource source) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] seconds = new double[SEEKS];
        for (int i = 0; i < SEEKS; i++) {
            long tick = random.nextLong(1, ticks + 1L);
            long start = System.nanoTime();
            source.at(tick).close();
            seconds[i] = (System.nanoTime() - start) / NANOS;
        }
        Arrays.sort(seconds);
        return Figure.atMost(
                String.format(
                        Locale.ROOT,
                        "seek in %,d ticks, 10,000 objects, a snapshot each 10 s, worst of %d",
                        ticks,
                        SEEKS),
                seconds[SEEKS - 1],
                "s",
                2);
    }

    /** With the start of a virtual machine, and code that was never run. */
    private Figure seekByCommand(Path data) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        double[] seconds = new double[SEEKS];
        for (int i = 0; i < SEEKS; i++) {
            String tick = Long.toString(random.nextLong(1, ticks + 1L));
            ProcessBuilder command =
                    new ProcessBuilder(
                                    launcher.toString(),
                                    "replay",
                                    "seek",
                                    tick,
                                    "--data-dir",
                                    data.toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            command.environment().put("HORIZON_SKIP_BUILD", "1");
            long start = System.nanoTime();
            if (command.start().waitFor() != 0) {
                throw new IllegalStateException("replay seek " + tick + " failed");
            }
            seconds[i] = (System.nanoTime() - start) / NANOS;
        }
        Arrays.sort(seconds);
        return Figure.plain(
                "the same by ./horizon replay seek, a process each, median of " + SEEKS,
                seconds[SEEKS / 2],
                "s");
    }
}
