package dev.horizon.tools.cli;

import dev.horizon.tools.soak.SoakWatcher;
import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.SoakPlan;
import dev.horizon.tools.soak.plan.StagePlan;
import dev.horizon.tools.soak.plan.ThresholdPlan;
import dev.horizon.tools.soak.plan.Totals;
import dev.horizon.tools.soak.report.Text;
import java.util.ArrayDeque;
import java.util.Deque;

/** A soak as it goes: a table that is redrawn on a terminal, elsewhere a line now and then. */
final class SoakProgress implements SoakWatcher {
    private static final String CLEAR = "\u001b[H\u001b[J";
    private static final int BAR_CHARS = 40;
    private static final int SAID_MAX = 6;
    private static final int LINE_SECONDS = 5;

    private final Surroundings around;
    private final SoakPlan plan;
    private final Deque<String> said = new ArrayDeque<>();
    private double nextLine = LINE_SECONDS;

    SoakProgress(Surroundings around, SoakPlan plan) {
        this.around = around;
        this.plan = plan;
    }

    @Override
    public void say(String line) {
        said.addLast(line);
        if (said.size() > SAID_MAX) {
            said.removeFirst();
        }
        if (!around.terminal()) {
            around.err().println(line);
        }
    }

    @Override
    public void sampled(Sample sample, StagePlan stage, Totals whole) {
        if (around.terminal()) {
            draw(sample, stage, whole);
        } else if (sample.second() >= nextLine) {
            nextLine = sample.second() + LINE_SECONDS;
            around.err()
                    .printf(
                            "%4.0f s %-10s players %s of %s, tick p99 %s max %s ms, %s,"
                                    + " heap %s MB, lost %s, bots late %s ms%n",
                            sample.second(),
                            stage.name(),
                            text(sample, Series.PLAYING),
                            text(sample, Series.ASKED),
                            text(sample, Series.TICK_P99),
                            text(sample, Series.TICK_MAX),
                            plan.mesh().isThere()
                                    ? Text.number(Measure.CROSSINGS.of(whole)) + " crossings"
                                    : "age p99 " + text(sample, Series.AGE_P99) + " ms",
                            text(sample, Series.HEAP),
                            Text.number(Measure.DISCONNECTS.of(whole)),
                            text(sample, Series.BOT_LAG));
            around.err().flush();
        }
    }

    private void draw(Sample sample, StagePlan stage, Totals whole) {
        double end = plan.duration().toMillis() / 1e3;
        int done = (int) Math.min(BAR_CHARS, BAR_CHARS * sample.second() / end);
        around.err().print(CLEAR);
        around.err()
                .printf(
                        "soak %s  %s%s  %.0f of %.0f s  stage %s%n%n",
                        plan.name(),
                        "█".repeat(done),
                        "░".repeat(BAR_CHARS - done),
                        sample.second(),
                        end,
                        stage.name());
        TextTable now = new TextTable("NOW", ">VALUE", "", "NOW", ">VALUE", "");
        Series[][] pairs = {
            {Series.PLAYING, Series.ASKED},
            {Series.TICK_P99, Series.TICK_MAX},
            {Series.AGE_P50, Series.AGE_P99},
            {Series.RECEIVED, Series.INPUTS},
            {Series.HEAP, Series.RESIDENT},
            {Series.ALLOCATION, Series.GC_PAUSE},
            {Series.OVERLOAD_STEP, Series.DILATION},
            {Series.LOAD, Series.QUEUED_MAX},
            {Series.NODE_CORES, Series.BOT_SHARE},
            {Series.CROSSINGS, Series.TRANSFERS},
            {Series.LOST, Series.BOT_LAG}
        };
        for (Series[] pair : pairs) {
            now.row(
                    pair[0].word(),
                    text(sample, pair[0]),
                    pair[0].unit(),
                    pair[1].word(),
                    text(sample, pair[1]),
                    pair[1].unit());
        }
        now.print(around.err());
        around.err().println();
        TextTable goals = new TextTable("SO FAR", ">VALUE", "GOAL", "HOLDS");
        for (ThresholdPlan threshold : plan.thresholds()) {
            Measure measure = Measure.named(threshold.figure());
            if (measure != null && threshold.stage().isEmpty()) {
                double value = measure.of(whole);
                goals.row(
                        threshold.figure(),
                        Text.number(value),
                        threshold.goal(measure.unit()),
                        threshold.holds(value) ? "yes" : "no");
            }
        }
        goals.print(around.err());
        around.err().println();
        said.forEach(line -> around.err().println(line));
        around.err().flush();
    }

    private static String text(Sample sample, Series series) {
        return Text.number(sample.value(series));
    }
}
