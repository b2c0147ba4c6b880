package dev.horizon.tools.soak;

import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.PlanFile;
import dev.horizon.tools.soak.plan.ThresholdPlan;
import dev.horizon.tools.soak.plan.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a soak.
 *
 * @param plan that was run
 * @param seconds that it took
 * @param node where it listened
 * @param line second by second
 * @param stages what came of each stage by its name, in order; the whole is {@link #WHOLE}
 * @param marks faults that happened
 * @param causes of refusals and lost connections, with how often
 * @param errors lines of the node's log, the first ones
 */
public record SoakResult(
        PlanFile plan,
        double seconds,
        String node,
        TimeLine line,
        Map<String, Totals> stages,
        List<Mark> marks,
        Map<String, Integer> causes,
        List<String> errors) {
    /** All stages together. */
    public static final String WHOLE = "";

    /**
     * A figure.
     *
     * @param measure what
     * @param stage of which; empty for the whole
     * @param value how much; not a number where nobody could measure it
     * @param goal in words; null for none
     * @param holds true where there is no goal, or it holds
     */
    public record Figure(
            Measure measure, String stage, double value, @Nullable String goal, boolean holds) {}

    /** What a tick may take. */
    public double budgetMillis() {
        Totals whole = stages.get(WHOLE);
        return whole == null ? 0 : whole.budgetMillis();
    }

    /** The figures with goals, in the plan's order; a node that ended by itself always fails. */
    public List<Figure> thresholds() {
        List<Figure> figures = new ArrayList<>();
        figures.add(judged(new ThresholdPlan(Measure.NODE_ENDS.word(), WHOLE, -1e300, 0)));
        for (ThresholdPlan threshold : plan.plan().thresholds()) {
            figures.add(judged(threshold));
        }
        return figures;
    }

    private Figure judged(ThresholdPlan threshold) {
        Measure measure = Measure.named(threshold.figure());
        Totals totals = stages.get(threshold.stage());
        if (measure == null || totals == null) {
            throw new IllegalStateException(threshold + " was refused with its plan");
        }
        double value = measure.of(totals);
        return new Figure(
                measure,
                threshold.stage(),
                value,
                threshold.goal(measure.unit()),
                threshold.holds(value));
    }

    /** Every figure of the whole. */
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Totals whole = stages.get(WHOLE);
            if (whole != null) {
                figures.add(new Figure(measure, WHOLE, measure.of(whole), null, true));
            }
        }
        return figures;
    }

    /** True when every threshold holds. */
    public boolean passed() {
        return thresholds().stream().allMatch(Figure::holds);
    }
}
