package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.plan.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Two reports side by side.
 *
 * @param rows one for each figure that both have
 * @param differs what makes them hard to compare, in words
 */
public record Comparison(List<Row> rows, List<String> differs) {
    private static final List<String> SAME = List.of("plan", "machine", "seed");

    /**
     * A figure of both.
     *
     * @param name of it
     * @param before in the first
     * @param after in the second
     * @param unit of both
     * @param changePercent of the first; infinite where that is 0
     * @param verdict better, worse or the same
     * @param hasGoal true where the second's plan has a goal for it
     */
    public record Row(
            String name,
            double before,
            double after,
            String unit,
            double changePercent,
            String verdict,
            boolean hasGoal) {}

    /** Compares; what changed by less than a tolerance, in per cent, is the same. */
    public static Comparison of(JsonNode before, JsonNode after, double tolerance) {
        Set<String> goals = new TreeSet<>();
        for (JsonNode figure : after.path("figures")) {
            if (figure.path("goal").isString()) {
                goals.add(figure.path("name").asString().replaceFirst(" in .*", ""));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            JsonNode a = before.path("stages").path("whole").path(measure.word());
            JsonNode b = after.path("stages").path("whole").path(measure.word());
            if (a.isNumber() && b.isNumber()) {
                rows.add(
                        row(
                                measure,
                                a.asDouble(),
                                b.asDouble(),
                                tolerance,
                                goals.contains(measure.word())));
            }
        }
        List<String> differs = new ArrayList<>();
        for (String key : SAME) {
            if (!before.path(key).equals(after.path(key))) {
                differs.add("the two have another " + key);
            }
        }
        if (after.path("starvedSeconds").asInt() + before.path("starvedSeconds").asInt() > 0) {
            differs.add("bots were late in some seconds of at least one of the two");
        }
        return new Comparison(rows, differs);
    }

    private static Row row(
            Measure measure, double before, double after, double tolerance, boolean hasGoal) {
        double change = before == after ? 0 : 100 * (after - before) / Math.abs(before);
        boolean isSame = Math.abs(change) <= tolerance;
        String verdict =
                isSame ? "same" : Math.signum(change) == measure.better() ? "better" : "worse";
        return new Row(measure.word(), before, after, measure.unit(), change, verdict, hasGoal);
    }

    /** True when a figure with a goal is worse. */
    public boolean isWorse() {
        return rows.stream().anyMatch(row -> row.hasGoal() && row.verdict().equals("worse"));
    }
}
