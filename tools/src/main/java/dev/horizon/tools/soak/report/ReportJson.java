package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.SoakResult;
import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A soak as an object: what {@code report.json} holds, and {@code --json} prints without series.
 */
public final class ReportJson {
    private ReportJson() {}

    /** All but the series. */
    public static Map<String, Object> summary(SoakResult result, RunInfo info) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", result.plan().plan().name());
        root.put("passed", result.passed());
        root.put("figures", figures(result));
        root.put("date", info.date());
        root.put("machine", info.machine());
        root.put("build", info.build());
        root.put("seed", result.plan().plan().seed());
        root.put("command", info.command());
        root.put("seconds", round(result.seconds()));
        root.put("starvedSeconds", result.line().starvedSeconds());
        Map<String, Object> stages = new LinkedHashMap<>();
        result.stages()
                .forEach((name, totals) -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (Measure measure : Measure.values()) {
                        values.put(measure.word(), round(measure.of(totals)));
                    }
                    stages.put(name.isEmpty() ? "whole" : name, values);
                });
        root.put("stages", stages);
        root.put("nodes", nodes(result));
        root.put("faults", result.marks());
        root.put("causes", result.causes());
        root.put("errors", result.errors());
        root.put("plan", result.plan().text());
        return root;
    }

    /** Everything. */
    public static Map<String, Object> whole(SoakResult result, RunInfo info) {
        Map<String, Object> root = summary(result, info);
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("second", rounded(result.line().seconds()));
        for (Series each : Series.values()) {
            series.put(each.word(), rounded(result.line().of(each)));
        }
        root.put("series", series);
        return root;
    }

    private static Map<String, Object> nodes(SoakResult result) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        Totals whole = result.stages().get(SoakResult.WHOLE);
        if (whole != null && result.plan().plan().mesh().isThere()) {
            for (String node : whole.nodes()) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put(Measure.TICK_P50.word(), round(whole.tickMillis(node, 50)));
                values.put(Measure.TICK_P99.word(), round(whole.tickMillis(node, 99)));
                values.put(Measure.TICK_P999.word(), round(whole.tickMillis(node, 99.9)));
                values.put(Measure.TICK_MAX.word(), round(whole.tickMillis(node, 100)));
                nodes.put(node, values);
            }
        }
        return nodes;
    }

    private static List<Map<String, Object>> figures(SoakResult result) {
        List<Map<String, Object>> figures = new ArrayList<>();
        for (SoakResult.Figure figure : result.thresholds()) {
            figures.add(figure(figure));
        }
        for (SoakResult.Figure figure : result.figures()) {
            boolean isJudged =
                    result.thresholds().stream()
                            .anyMatch(other ->
                                    other.measure() == figure.measure()
                                            && other.stage().equals(figure.stage()));
            if (!isJudged) {
                figures.add(figure(figure));
            }
        }
        return figures;
    }

    private static Map<String, Object> figure(SoakResult.Figure figure) {
        Map<String, Object> entry = new LinkedHashMap<>();
        String stage = figure.stage().isEmpty() ? "" : " in " + figure.stage();
        entry.put("name", figure.measure().word() + stage);
        entry.put("value", round(figure.value()));
        entry.put("unit", figure.measure().unit());
        entry.put("goal", figure.goal());
        entry.put("holds", figure.holds());
        return entry;
    }

    private static List<@Nullable Double> rounded(double[] values) {
        List<@Nullable Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(round(value));
        }
        return list;
    }

    /** Six digits; null for what isn't a number, for which JSON has no word. */
    private static @Nullable Double round(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        if (value == 0) {
            return 0.0;
        }
        double scale = Math.pow(10, 5 - (int) Math.floor(Math.log10(Math.abs(value))));
        double rounded = Math.round(value * scale) / scale;
        return Double.isNaN(rounded) || Double.isInfinite(rounded) ? value : rounded;
    }
}
