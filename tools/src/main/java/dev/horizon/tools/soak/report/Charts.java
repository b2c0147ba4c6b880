package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.SoakResult;
import dev.horizon.tools.soak.TimeLine;
import dev.horizon.tools.soak.plan.Series;
import java.util.List;

/** The charts of a report, in order. */
final class Charts {
    private final TimeLine line;
    private final double[] seconds;

    private Charts(TimeLine line) {
        this.line = line;
        this.seconds = line.seconds();
    }

    static List<String> of(SoakResult result, List<Chart.Stage> stages) {
        return new Charts(result.line())
                .all(result.budgetMillis()).stream()
                        .map(chart -> chart.html(result.marks(), stages))
                        .toList();
    }

    private List<Chart> all(double budgetMillis) {
        return List.of(
                chart("Tick time", "ms", true)
                        .limit("budget", budgetMillis)
                        .line("longest", line.of(Series.TICK_MAX))
                        .line("99.9 % of 10 s", line.of(Series.TICK_P999))
                        .line("99 % of 10 s", line.of(Series.TICK_P99))
                        .line("median", line.of(Series.TICK_P50)),
                chart(
                                "Overload: 1 far tiers slower, 2 CLOSE tighter, 3 cosmetics shed,"
                                        + " 4 time dilated",
                                "step",
                                false)
                        .line("step", line.of(Series.OVERLOAD_STEP)),
                chart("Overload: load and the rate of time", "%", false)
                        .limit("budget", 100)
                        .line("ticks, of their budget", line.of(Series.LOAD))
                        .line("simulated per real time", line.of(Series.DILATION)),
                chart("State age: how old what players are told is when it comes", "ms", true)
                        .line("oldest", line.of(Series.AGE_MAX))
                        .line("99 %", line.of(Series.AGE_P99))
                        .line("median", line.of(Series.AGE_P50)),
                chart("Players", "players", false)
                        .line("asked for", line.of(Series.ASKED))
                        .line("in", line.of(Series.PLAYING)),
                chart("Connections lost, come back, and what was refused", "in a second", false)
                        .line("lost without a reason", line.of(Series.LOST))
                        .line("came back", line.of(Series.COMEBACKS))
                        .line("refused", line.of(Series.REFUSALS))
                        .line("not let in", line.of(Series.LOGINS_FAILED)),
                chart("Published by the node, by tier", "kB/s", false)
                        .line("CLOSE", line.of(Series.SENT_CLOSE))
                        .line("MEDIUM", line.of(Series.SENT_MEDIUM))
                        .line("LOW", line.of(Series.SENT_LOW))
                        .line("SENSOR", line.of(Series.SENT_SENSOR)),
                chart("Received by all players", "kB/s", false)
                        .line("received", line.of(Series.RECEIVED)),
                chart("Said and done by all players", "in a second", false)
                        .line("inputs and events", line.of(Series.INPUTS)),
                chart("Memory of the node", "MB", false)
                        .line("process", line.of(Series.RESIDENT))
                        .line("heap", line.of(Series.HEAP))
                        .line("heap after a collection", line.of(Series.HEAP_LIVE)),
                chart("Allocation", "MB/s", false).line("all threads", line.of(Series.ALLOCATION)),
                chart("Collections", "in a second; ms in a second", false)
                        .line("collections", line.of(Series.GC_COUNT))
                        .line("ms held", line.of(Series.GC_PAUSE)),
                chart("Queues: bytes that wait for players", "kB", false)
                        .line("all", line.of(Series.QUEUED))
                        .line("the one with most", line.of(Series.QUEUED_MAX)),
                chart("Ticks that wait for the recorder, and ticks given up", "ticks", false)
                        .line("held", line.of(Series.HELD_TICKS))
                        .line("given up", line.of(Series.SKIPPED)),
                chart("Health", "%", false).line("node is well", line.of(Series.HEALTHY)),
                chart("Processors that the node keeps busy", "cores", false)
                        .line("node", line.of(Series.NODE_CORES)),
                chart("The bots themselves: how late their rounds begin", "ms", true)
                        .limit("late", TimeLine.LAG_MILLIS_MAX)
                        .line("99 % of a second", line.of(Series.BOT_LAG)),
                chart("The bots themselves: what their thread takes", "% of a processor", false)
                        .limit("busy", TimeLine.SHARE_MAX)
                        .line("bots", line.of(Series.BOT_SHARE)));
    }

    private Chart chart(String title, String unit, boolean isLog) {
        return new Chart(title, unit, isLog, seconds);
    }
}
