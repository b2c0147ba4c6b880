package dev.horizon.perf.tape;

import dev.horizon.perf.Figure;
import dev.horizon.perf.determinism.TapeWays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * One tape of the distribution's plugins and of players, run again by processes of other
 * collectors, compilers and numbers of threads.
 */
final class TapeSameness {
    private static final int SHIPS = 20;
    private static final int OBJECTS = 60;
    private static final int PLAYERS = 5;
    private static final int SNAPSHOT_TICKS = 10_000;
    private static final long SECONDS_MAX = 3_600;

    private final Path home;
    private final long seed;
    private final int ticks;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param home of the distribution
     */
    TapeSameness(Path home, long seed, int ticks, Consumer<String> progress) {
        this.home = home;
        this.seed = seed;
        this.ticks = ticks;
        this.progress = progress;
    }

    List<Figure> run() throws IOException {
        Path data = Files.createTempDirectory("horizon-bench-");
        try {
            record(data);
            return new TapeWays(data, SECONDS_MAX, progress).run();
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
    }

    private void record(Path data) throws IOException {
        progress.accept(String.format(Locale.ROOT, "sameness: %,d ticks are recorded", ticks));
        Map<String, Map<String, Object>> settings =
                Map.of("sol", Map.of("seed", seed, "ships", SHIPS, "objects", OBJECTS));
        try (TapedRun run =
                TapedRun.ofDistribution(home, data, settings, new Pilots(PLAYERS, seed), seed)) {
            run.ticks(ticks, SNAPSHOT_TICKS);
        }
    }
}
