package dev.horizon.tools.soak;

import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.StagePlan;
import dev.horizon.tools.soak.plan.Totals;

/** Is told of a soak that is under way. */
public interface SoakWatcher {
    /** Something worth a line. */
    void say(String line);

    /**
     * A second is over.
     *
     * @param stage that it was of
     * @param whole all seconds so far
     */
    void sampled(Sample sample, StagePlan stage, Totals whole);
}
