package dev.horizon.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as a table for people and as JSON for machines. */
final class Report {
    private Report() {}

    static String table(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        int width = figures.stream().mapToInt(figure -> figure.name().length()).max().orElse(0);
        for (Figure figure : figures) {
            String goal = figure.goal() == null ? "" : figure.goal();
            String verdict = figure.goal() == null ? "" : figure.holds() ? "holds" : "MISSED";
            text.append(
                    String.format(
                                    Locale.ROOT,
                                    "%-" + width + "s %12.3f %-7s %-8s %s",
                                    figure.name(),
                                    figure.value(),
                                    figure.unit(),
                                    goal,
                                    verdict)
                            .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    static String json(List<Figure> figures, List<String> arguments) {
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
        String version = MicroBench.class.getPackage().getImplementationVersion();
        return "{\n  \"figures\": [\n"
                + String.join(",\n", items)
                + "\n  ],\n  \"machine\": "
                + quoted(machine())
                + ",\n  \"build\": "
                + quoted(version == null ? "unpackaged" : version)
                + ",\n  \"seed\": "
                + HorizonBench.SEED
                + ",\n  \"command\": "
                + quoted(("bench micro " + String.join(" ", arguments)).strip())
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
