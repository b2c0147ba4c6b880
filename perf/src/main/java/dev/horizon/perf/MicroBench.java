package dev.horizon.perf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The core's costs beside those of its rivals. Every benchmark runs in a process of its own,
 * several rounds, all benchmarks in each, so that a busy moment of the machine hits rivals alike;
 * figures are medians over the rounds, ratios medians of the rounds' ratios.
 */
public final class MicroBench {
    private static final double NANOS_PER_MICRO = 1_000;

    private static final List<String> JOBS = List.of("iterate", "addRemove", "createDelete", "get");

    private final Map<String, List<Double>> medians = new LinkedHashMap<>();

    private MicroBench() {}

    /**
     * Measures.
     *
     * @param rounds how often each benchmark runs
     * @param progress is told what runs next
     * @throws RunnerException when a benchmark fails
     * @throws IOException when a process can't be started
     */
    public static List<Figure> run(int rounds, Consumer<String> progress)
            throws RunnerException, IOException {
        MicroBench bench = new MicroBench();
        for (int round = 1; round <= rounds; round++) {
            for (String rows : List.of("10000", "100000", "1000000")) {
                progress.accept(
                        "round " + round + " of " + rounds + ": columns, " + rows + " rows");
                bench.measure(ColumnsBench.class, "columns", rows);
                bench.measure(ColumnsBench.class, "axpy", rows);
            }
            for (String rows : List.of("10000", "100000", "1000000")) {
                progress.accept("round " + round + " of " + rounds + ": driver, " + rows + " rows");
                bench.medians
                        .computeIfAbsent(
                                key(DriverBench.class, "ratio", rows), k -> new ArrayList<>())
                        .add(DriverPair.ratio(Integer.parseInt(rows)));
            }
            for (String job : JOBS) {
                bench.rivals(job, round, rounds, progress);
            }
        }
        return bench.figures();
    }

    /**
     * Of all that, what is measured against rivals alone.
     *
     * @param rounds how often each benchmark runs
     * @param progress is told what runs next
     * @throws RunnerException when a benchmark fails
     */
    public static List<Figure> rivals(int rounds, Consumer<String> progress)
            throws RunnerException {
        MicroBench bench = new MicroBench();
        for (int round = 1; round <= rounds; round++) {
            for (String job : JOBS) {
                bench.rivals(job, round, rounds, progress);
            }
        }
        List<Figure> figures = new ArrayList<>();
        bench.addAllRivals(figures);
        return figures;
    }

    private void rivals(String job, int round, int rounds, Consumer<String> progress)
            throws RunnerException {
        progress.accept("round " + round + " of " + rounds + ": rivals, " + job);
        measure(HorizonBench.class, job, "");
        measure(DominionBench.class, job, "");
        measure(ArtemisBench.class, job, "");
    }

    private void measure(Class<?> type, String method, String rows) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\." + type.getSimpleName() + "\\." + method + "$")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(250))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(250))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .jvmArgs(
                                "-Xms1g",
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-XX:+AlwaysPreTouch",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow");
        if (!rows.isEmpty()) {
            options.param("rows", rows);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            double median = result.getPrimaryResult().getStatistics().getPercentile(50);
            medians.computeIfAbsent(key(type, method, rows), k -> new ArrayList<>()).add(median);
        }
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (int rows : new int[] {10_000, 100_000, 1_000_000}) {
            String n = Integer.toString(rows);
            String name = "move over columns, " + n + " rows";
            figures.add(
                    Figure.plain(name, median(ColumnsBench.class, "columns", n) / rows, "ns/row"));
            double ratio =
                    ratio(
                            key(ColumnsBench.class, "columns", n),
                            key(ColumnsBench.class, "axpy", n));
            String to = name + ", to axpy of the same bytes";
            figures.add(
                    rows == 10_000
                            ? Figure.plain(to, ratio, "x")
                            : Figure.atMost(to, ratio, "x", 1.3));
        }
        for (int rows : new int[] {10_000, 100_000, 1_000_000}) {
            String n = Integer.toString(rows);
            String name = "move through the range driver, " + n + " rows, to the raw loop";
            double ratio = median(DriverBench.class, "ratio", n);
            figures.add(
                    rows == 10_000
                            ? Figure.plain(name, ratio, "x")
                            : Figure.atMost(name, ratio, "x", 1.15));
        }
        addAllRivals(figures);
        return figures;
    }

    private void addAllRivals(List<Figure> figures) {
        addRivals(figures, "iterate", "move 10000 entities", 8.0, 4.0);
        addRivals(figures, "addRemove", "add and remove a component of 10000 entities", 0, 0);
        addRivals(figures, "createDelete", "create and delete 10000 entities", 0, 0);
        addRivals(figures, "get", "read 10000 entities by id", 0, 0);
    }

    private void addRivals(
            List<Figure> figures, String job, String name, double dominion, double artemis) {
        String ours = key(HorizonBench.class, job, "");
        figures.add(
                Figure.plain(name, median(HorizonBench.class, job, "") / NANOS_PER_MICRO, "us"));
        double toDominion = ratio(key(DominionBench.class, job, ""), ours);
        double toArtemis = ratio(key(ArtemisBench.class, job, ""), ours);
        figures.add(rival(name + ", Dominion-held objects to ours", toDominion, dominion));
        figures.add(rival(name + ", artemis-odb to ours", toArtemis, artemis));
    }

    private static Figure rival(String name, double ratio, double goal) {
        return goal > 0 ? Figure.atLeast(name, ratio, "x", goal) : Figure.plain(name, ratio, "x");
    }

    private double median(Class<?> type, String method, String rows) {
        return median(medians.getOrDefault(key(type, method, rows), List.of()));
    }

    private double ratio(String above, String below) {
        List<Double> a = medians.getOrDefault(above, List.of());
        List<Double> b = medians.getOrDefault(below, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            ratios.add(a.get(i) / b.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalStateException("a benchmark gave no result");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String key(Class<?> type, String method, String rows) {
        return String.format(Locale.ROOT, "%s.%s/%s", type.getSimpleName(), method, rows);
    }
}
