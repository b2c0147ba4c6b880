package dev.horizon.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as a table for people, as JSON for machines, and as Markdown for documents. */
final class Report {
    private Report() {}

    static String table(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        int width = figures.stream().mapToInt(figure -> figure.name().length()).max().orElse(0);
        for (Figure figure : figures) {
            String goal = figure.goal() == null ? "" : figure.goal();
            text.append(
                    String.format(
                                    Locale.ROOT,
                                    "%-" + width + "s %12.3f %-7s %-8s %s",
                                    figure.name(),
                                    figure.value(),
                                    figure.unit(),
                                    goal,
                                    verdict(figure))
                            .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    static String markdown(List<Figure> figures, List<String> arguments, long seed) {
        StringBuilder text = new StringBuilder();
        text.append("`./horizon bench ").append(String.join(" ", arguments)).append("`, ");
        text.append(machine()).append(", build ").append(build()).append(", seed ");
        text.append(seed).append(".\n\n");
        text.append("| figure | measured | goal | |\n| --- | ---: | --- | --- |\n");
        for (Figure figure : figures) {
            text.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(rounded(figure.value()))
                    .append(' ')
                    .append(figure.unit())
                    .append(" | ")
                    .append(figure.goal() == null ? "" : figure.goal() + " " + figure.unit())
                    .append(" | ")
                    .append(verdict(figure))
                    .append(" |\n");
        }
        return text.toString();
    }

    /** Three digits that mean something, and never fewer before the point. */
    private static String rounded(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String verdict(Figure figure) {
        return figure.goal() == null ? "" : figure.holds() ? "holds" : "MISSED";
    }

    /** What was measured, and where. */
    static String origin() {
        return "build " + build() + ", " + machine();
    }

    private static String build() {
        String version = MicroBench.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    static String json(List<Figure> figures, List<String> arguments, long seed) {
        List<String> items = new ArrayList<>();
        for (Figure figure : figures) {
            items.add(
                    "    {\"name\": "
                            + quoted(figure.name())
                            + ", \"value\": "
                            + String.format(Locale.ROOT, "%.4f", figure.value())
                            + ", \"unit\": "
                            + quoted(figure.unit())
                            + ", \"goal\": "
                            + (figure.goal() == null ? "null" : quoted(figure.goal()))
                            + ", \"holds\": "
                            + figure.holds()
                            + "}");
        }
        return "{\n  \"figures\": [\n"
                + String.join(",\n", items)
                + "\n  ],\n  \"machine\": "
                + quoted(machine())
                + ",\n  \"build\": "
                + quoted(build())
                + ",\n  \"seed\": "
                + seed
                + ",\n  \"command\": "
                + quoted(("./horizon bench " + String.join(" ", arguments)).strip())
                + "\n}";
    }

    private static String machine() {
        return System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores, "
                + System.getProperty("java.vm.name")
                + " "
                + System.getProperty("java.vm.version");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
