package dev.horizon.perf.gate;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the last release measured: a file of lines {@code name, value, spread, least|most}, tabs
 * between them. The spread is the way from the least to the most of its measurements, per value.
 */
final class Baseline {
    /** Less than this is no loss: what shared machines do to ratios of one run. */
    static final double LOSS_MIN = 0.10;

    private static final int COLUMNS = 4;
    private static final double SPREADS = 2;

    private final Map<String, Line> lines = new LinkedHashMap<>();

    /**
     * One of its figures.
     *
     * @param isLeast true where more is better
     */
    record Line(double value, double spread, boolean isLeast) {
        /** How much worse a value is, per recorded value; negative where it is better. */
        double loss(double now) {
            return (isLeast ? value - now : now - value) / value;
        }

        double lossMax() {
            return Math.max(LOSS_MIN, SPREADS * spread);
        }
    }

    /**
     * Reads it.
     *
     * @throws IllegalStateException where there is none, or a line is none of its own
     */
    static Baseline read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file + " is missing: ./horizon bench gate --record writes it");
        }
        Baseline baseline = new Baseline();
        for (String text : Files.readAllLines(file)) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            String[] parts = text.split("\t");
            if (parts.length != COLUMNS) {
                throw new IllegalStateException(file + " has a line that isn't its own: " + text);
            }
            baseline.lines.put(
                    parts[0],
                    new Line(
                            Double.parseDouble(parts[1]),
                            Double.parseDouble(parts[2]),
                            parts[3].equals("least")));
        }
        return baseline;
    }

    /** That of several measurements of the same figures. */
    static Baseline of(List<Map<String, Figure>> measured) {
        Baseline baseline = new Baseline();
        measured.getFirst()
                .forEach((name, first) -> {
                    double[] sorted = values(name, measured);
                    double median = sorted[sorted.length / 2];
                    double spread = (sorted[sorted.length - 1] - sorted[0]) / median;
                    baseline.lines.put(name, new Line(median, spread, isLeast(first)));
                });
        return baseline;
    }

    void write(Path file, String head) throws IOException {
        StringBuilder text = new StringBuilder("# ").append(head).append('\n');
        lines.forEach((name, line) ->
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%s\t%.4f\t%.4f\t%s%n",
                                name,
                                line.value,
                                line.spread,
                                line.isLeast ? "least" : "most")));
        Files.writeString(file, text);
    }

    /** What medians of measurements lost; each with what it may lose, in per cent. */
    List<Figure> compare(List<Map<String, Figure>> measured) {
        List<Figure> figures = new ArrayList<>();
        lines.forEach((name, line) -> {
            double[] sorted = values(name, measured);
            if (sorted.length == 0) {
                figures.add(new Figure(name + ": no longer measured", 0, "", "measured", false));
                return;
            }
            double now = sorted[sorted.length / 2];
            figures.add(Figure.plain(name, now, ""));
            figures.add(
                    Figure.atMost(
                            String.format(
                                    Locale.ROOT, "  worse than the %.3f on record by", line.value),
                            Math.rint(1_000 * line.loss(now)) / 10,
                            "%",
                            Math.rint(1_000 * line.lossMax()) / 10));
        });
        for (String name : measured.getFirst().keySet()) {
            if (!lines.containsKey(name)) {
                figures.add(
                        Figure.plain(name + ": not on record yet", values(name, measured)[0], ""));
            }
        }
        return figures;
    }

    private static double[] values(String name, List<Map<String, Figure>> measured) {
        double[] values =
                measured.stream()
                        .map(each -> each.get(name))
                        .filter(each -> each != null)
                        .mapToDouble(Figure::value)
                        .toArray();
        Arrays.sort(values);
        return values;
    }

    private static boolean isLeast(Figure figure) {
        return figure.goal() != null && figure.goal().startsWith(">=");
    }
}
