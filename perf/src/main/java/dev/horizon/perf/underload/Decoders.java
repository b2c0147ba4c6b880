package dev.horizon.perf.underload;

import dev.horizon.perf.Figure;
import dev.horizon.perf.processes.MavenTests;
import dev.horizon.schemas.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What decoders of outside bytes make of a hostile network: the fuzz tests, which give their
 * decoders to {@link Fuzz}, run by Maven, for as many inputs as are asked for.
 */
final class Decoders {
    /** Those that give their decoders to {@link Fuzz}. */
    private static final List<String> TESTS =
            List.of(
                    "InputsFuzzTest",
                    "ReplicaFuzzTest",
                    "ConditionParserTest",
                    "EdgeDecodersFuzzTest",
                    "StreamDecodersFuzzTest",
                    "BundleTest",
                    "MeshDecoderFuzzTest");

    private static final List<String> MODULES = List.of("engine", "net-aeron", "mesh-coordinator");

    private static final double HANG_MILLIS = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private Decoders() {}

    /**
     * Runs them.
     *
     * @param checkout where the sources are
     * @param folder where outcomes go
     * @param inputs for each decoder; 0 for five seconds each
     */
    static List<Figure> measure(Path checkout, Path folder, long inputs) throws IOException {
        Path log = Files.createDirectories(folder).resolve("maven.log");
        Path outcomes = folder.resolve("outcomes");
        List<String> properties = new ArrayList<>(List.of("fuzz.report=" + outcomes));
        if (inputs > 0) {
            properties.add("fuzz.rounds=" + inputs);
        }
        boolean hasPassed = MavenTests.pass(checkout, log, MODULES, TESTS, properties);
        return figures(read(outcomes), inputs, hasPassed);
    }

    private static List<Fuzz.Outcome> read(Path folder) throws IOException {
        List<Fuzz.Outcome> outcomes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tsv")) {
            for (Path file : files) {
                outcomes.add(Fuzz.Outcome.parse(Files.readString(file).strip()));
            }
        }
        return outcomes;
    }

    static List<Figure> figures(List<Fuzz.Outcome> outcomes, long inputs, boolean hasPassed) {
        String at = "fuzz, ";
        double fewest =
                outcomes.stream().mapToDouble(Fuzz.Outcome::inputs).min().orElse(Double.NaN);
        double slowest =
                outcomes.stream().mapToDouble(Fuzz.Outcome::slowestNanos).max().orElse(Double.NaN);
        double allocated =
                outcomes.stream()
                        .mapToDouble(each -> 100.0 * each.allocated() / each.allocationMax())
                        .max()
                        .orElse(Double.NaN);
        return List.of(
                Figure.plain(at + "decoders of outside bytes", outcomes.size(), ""),
                inputs == 0
                        ? Figure.plain(at + "inputs of a decoder, the fewest", fewest, "")
                        : Figure.atLeast(
                                at + "inputs of a decoder, the fewest", fewest, "", inputs),
                Figure.atMost(at + "uncaught: runs that failed", hasPassed ? 0 : 1, "", 0),
                Figure.atMost(
                        at + "one input, the longest",
                        slowest / NANOS_PER_MILLI,
                        "ms",
                        HANG_MILLIS),
                Figure.atMost(at + "allocated for one, of its limit", allocated, "%", 100));
    }
}
