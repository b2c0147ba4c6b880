package dev.horizon.perf.mesh;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;

/**
 * Pekko's cluster sharding doing the same as {@link TransferGap}: its jars are fetched by Maven
 * into a folder of this run, because nothing of it is part of this project.
 */
final class Pekko {
    private static final String[] FILES = {"pom.xml", "HandOff.java"};
    private static final int ENTITIES = 1_000;

    /** Ten entities to a shard. */
    private static final int SHARDS = 100;

    private static final int TICK_HZ = 20;
    private static final long FETCH_SECONDS_MAX = 300;
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
        Path folder = Files.createTempDirectory("horizon-rival-");
        try {
            for (String name : FILES) {
                try (InputStream in = Pekko.class.getResourceAsStream("/rivals/pekko/" + name)) {
                    if (in == null) {
                        throw new IllegalStateException("no " + name + " beside the benchmarks");
                    }
                    Files.copy(in, folder.resolve(name));
                }
            }
            output(
                    List.of(
                            "mvn",
                            "-B",
                            "-q",
                            "dependency:copy-dependencies",
                            "-DoutputDirectory=" + folder.resolve("lib")),
                    folder,
                    FETCH_SECONDS_MAX);
            String answer =
                    output(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseZGC",
                                    "-Xms512m",
                                    "-Xmx2g",
                                    "-cp",
                                    folder.resolve("lib") + "/*",
                                    "HandOff.java",
                                    Integer.toString(ENTITIES),
                                    Integer.toString(SHARDS),
                                    Integer.toString(rounds),
                                    Integer.toString(TICK_HZ)),
                            folder,
                            RUN_SECONDS_MAX);
            double theirs = number(answer, "mean");
            return List.of(
                    Figure.plain(
                            "Pekko 1.7.0, 100 shards by external allocation, no state moved: last beat here to first there, median",
                            number(answer, "median"),
                            "ms"),
                    Figure.plain(
                            "Pekko: last beat here to first there, p99",
                            number(answer, "p99"),
                            "ms"),
                    Figure.plain("Pekko: beyond the beat that is due anyway, mean", theirs, "ms"),
                    Figure.atMost("the same here, to Pekko's", ours / theirs, "x", 0.2));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static String output(List<String> command, Path folder, long secondsMax)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " failed: " + Files.readString(out));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    private static double number(String answer, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": ([0-9.E-]+)").matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + answer);
        }
        return Double.parseDouble(found.group(1));
    }
}
