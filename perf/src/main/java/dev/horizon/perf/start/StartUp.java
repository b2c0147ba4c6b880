package dev.horizon.perf.start;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.agrona.IoUtil;

/**
 * {@code ./horizon up} as a person meets it, several times: from the command, built before, to the
 * first tick, and to ships at a client.
 */
public final class StartUp {
    private static final int STARTS = 3;
    private static final double FIRST_TICK_SECONDS_MAX = 2;
    private static final double SHIPS_SECONDS_MAX = 5;

    private final Path launcher;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param launcher the script {@code horizon}
     * @param progress is told what runs next
     */
    public StartUp(Path launcher, Consumer<String> progress) {
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Starts, watches and stops it; figures are medians over the starts. */
    public List<Figure> run() throws IOException, InterruptedException {
        List<Start> starts = new ArrayList<>();
        for (int i = 1; i <= STARTS; i++) {
            progress.accept("start " + i + " of " + STARTS + ": " + launcher + " up");
            Path data = Files.createTempDirectory("horizon-start-");
            try {
                starts.add(Start.of(launcher, data));
            } finally {
                IoUtil.delete(data.toFile(), true);
            }
        }
        return List.of(
                Figure.atMost(
                        "horizon up, built, to the first tick",
                        median(starts, Start::firstTickSeconds),
                        "s",
                        FIRST_TICK_SECONDS_MAX),
                Figure.atMost(
                        "horizon up, built, to ships at a client",
                        median(starts, Start::shipsSeconds),
                        "s",
                        SHIPS_SECONDS_MAX));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
        double[] values = starts.stream().mapToDouble(value).sorted().toArray();
        return values[values.length / 2];
    }
}
