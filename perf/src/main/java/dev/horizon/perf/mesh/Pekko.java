package dev.horizon.perf.mesh;

import dev.horizon.perf.Figure;
import dev.horizon.perf.processes.Installed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pekko's cluster sharding doing the same as {@link TransferGap}. */
final class Pekko {
    private static final List<String> FILES = List.of("pom.xml", "HandOff.java");
    private static final int ENTITIES = 1_000;

    /** Ten entities to a shard. */
    private static final int SHARDS = 100;

    private static final int TICK_HZ = 20;
    private static final long RUN_SECONDS_MAX = 300;

    private final int rounds;

    Pekko(int rounds) {
        this.rounds = rounds;
    }

    /**
     * Measures.
     *
     * @param ours what a transfer takes beyond the tick that is due anyway, mean, ms
     */
    List<Figure> run(double ours) throws IOException, InterruptedException {
        try (Installed installed = new Installed("/rivals/pekko/", FILES)) {
            String answer =
                    installed.output(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseZGC",
                                    "-Xms512m",
                                    "-Xmx2g",
                                    "-cp",
                                    installed.jars(),
                                    "HandOff.java",
                                    Integer.toString(ENTITIES),
                                    Integer.toString(SHARDS),
                                    Integer.toString(rounds),
                                    Integer.toString(TICK_HZ)),
                            RUN_SECONDS_MAX);
            double theirs = Installed.number(answer, "mean");
            return List.of(
                    Figure.plain(
                            "Pekko 1.7.0, 100 shards by external allocation, no state moved: last beat here to first there, median",
                            Installed.number(answer, "median"),
                            "ms"),
                    Figure.plain(
                            "Pekko: last beat here to first there, p99",
                            Installed.number(answer, "p99"),
                            "ms"),
                    Figure.plain("Pekko: beyond the beat that is due anyway, mean", theirs, "ms"),
                    Figure.atMost("the same here, to Pekko's", ours / theirs, "x", 0.2));
        }
    }
}
