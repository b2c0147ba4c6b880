package dev.horizon.perf.determinism;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeIndex;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.perf.ChildProcess;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A recorded tape again and again in fresh processes, from disk alone: how many of its ticks come
 * to the recorded hash, whatever runs them.
 */
public final class TapeWays {
    private final Path dataDirectory;
    private final long secondsMax;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param dataDirectory of the node that recorded it; its latest tape counts
     * @param secondsMax that one run may take
     * @param progress is told what runs next
     */
    public TapeWays(Path dataDirectory, long secondsMax, Consumer<String> progress) {
        this.dataDirectory = dataDirectory.toAbsolutePath();
        this.secondsMax = secondsMax;
        this.progress = progress;
    }

    /** Runs all ways. */
    public List<Figure> run() throws IOException {
        TapeFile tape = TapeFile.list(dataDirectory).getLast();
        int ticks = TapeIndex.of(tape).size();
        List<Sameness.Way> ways = new ArrayList<>(Sameness.OTHERS);
        ways.addFirst(Sameness.ONE_THREAD);
        ways.add(
                new Sameness.Way(
                        "2 threads under Parallel", 2, List.of("-XX:+UseParallelGC", "-Xmx2g")));
        List<Figure> figures = new ArrayList<>();
        for (Sameness.Way way : ways) {
            progress.accept(
                    String.format(Locale.ROOT, "%,d ticks of the tape: %s", ticks, way.name()));
            figures.add(
                    Figure.atLeast(
                            String.format(
                                    Locale.ROOT,
                                    "recorded hash, %,d ticks of tape %d: %s",
                                    ticks,
                                    tape.recordingId(),
                                    way.name()),
                            same(way),
                            "ticks",
                            ticks));
        }
        return figures;
    }

    private long same(Sameness.Way way) throws IOException {
        Path answer = Files.createTempFile("horizon-tape-", ".same");
        try {
            ChildProcess.run(
                    way.options(),
                    TapeWays.class,
                    List.of(
                            dataDirectory.toString(),
                            Integer.toString(way.threads()),
                            answer.toString()),
                    secondsMax);
            return Long.parseLong(Files.readString(answer));
        } finally {
            Files.delete(answer);
        }
    }

    /** What a child process runs: folder, threads, the file for the number of equal ticks. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        TapeSource source =
                TapeSource.of(TapeFile.list(data).getLast(), data, Integer.parseInt(arguments[1]));
        try (Rerun rerun = source.start()) {
            long same = 0;
            while (rerun.step() && rerun.difference() == null) {
                same++;
            }
            Files.writeString(Path.of(arguments[2]), Long.toString(same));
        }
    }
}
