package dev.horizon.perf.underload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code horizon soak} says of one plan: its {@code report.json}. */
final class Soaked {
    /** Thresholds of a plan may be missed: the bench has goals of its own. */
    private static final int EXIT_MISSED = 3;

    private final JsonNode report;

    private Soaked(JsonNode report) {
        this.report = report;
    }

    /**
     * Runs a plan as a performance engineer does.
     *
     * @param launcher the script {@code horizon}
     * @param folder where its report goes
     */
    static Soaked run(Path launcher, Path plan, Path folder, Consumer<String> progress)
            throws IOException {
        progress.accept("soak of " + plan.getFileName());
        ProcessBuilder builder =
                new ProcessBuilder(
                                launcher.toString(),
                                "soak",
                                plan.toString(),
                                "--out",
                                folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        Process process = builder.start();
        try {
            int exit = process.waitFor();
            if (exit != 0 && exit != EXIT_MISSED) {
                throw new IOException("horizon soak " + plan + " ended with " + exit);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return of(Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8));
    }

    static Soaked of(String json) {
        return new Soaked(JsonMapper.shared().readTree(json));
    }

    /** A figure of a stage; not a number where it couldn't be measured. */
    double figure(String stage, String name) {
        JsonNode figures = report.path("stages").path(stage);
        if (!figures.has(name)) {
            throw new IllegalStateException("the report has no " + name + " of " + stage);
        }
        return figures.path(name).asDouble(Double.NaN);
    }

    /** A series, second by second. */
    double[] series(String name) {
        JsonNode values = report.path("series").path(name);
        double[] series = new double[values.size()];
        for (int i = 0; i < series.length; i++) {
            series[i] = values.get(i).asDouble(Double.NaN);
        }
        return series;
    }

    /** What is said of each fault. */
    List<String> faults() {
        List<String> texts = new ArrayList<>();
        report.path("faults").forEach(fault -> texts.add(fault.path("text").asString()));
        return texts;
    }

    /** Seconds in which the bots were late themselves. */
    double starvedSeconds() {
        return report.path("starvedSeconds").asDouble();
    }
}
