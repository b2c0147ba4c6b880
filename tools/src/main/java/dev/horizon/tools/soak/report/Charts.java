package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.SoakResult;
import dev.horizon.tools.soak.TimeLine;
import dev.horizon.tools.soak.plan.Series;
import java.util.ArrayList;
import java.util.List;

/** The charts of a report, in order. */
final class Charts {
    private static final int LINES_MAX = 4;

    private final TimeLine line;
    private final double[] seconds;

    private Charts(TimeLine line) {
        this.line = line;
        this.seconds = line.seconds();
    }

    static List<String> of(SoakResult result, List<Chart.Stage> stages) {
        Charts charts = new Charts(result.line());
        List<Chart> all = new ArrayList<>(charts.all(result.budgetMillis()));
        if (result.plan().plan().mesh().isThere()) {
            all.addAll(1, charts.ofMesh(result.budgetMillis()));
        }
        return all.stream()
                .filter(Chart::hasValues)
                .map(chart -> chart.html(result.marks(), stages))
                .toList();
    }

    /** Nodes as many in a chart as there are lines that can be told apart. */
    private List<Chart> ofMesh(double budgetMillis) {
        List<Chart> charts = new ArrayList<>();
        List<String> nodes = List.copyOf(line.nodes());
        for (int from = 0; from < nodes.size(); from += LINES_MAX) {
            Chart chart =
                    chart("Tick time by node: 99 % of 10 s", "ms", true)
                            .limit("budget", budgetMillis);
            for (String node : nodes.subList(from, Math.min(nodes.size(), from + LINES_MAX))) {
                chart.line(node, line.tickMillis(node));
            }
            charts.add(chart);
        }
        charts.add(
                chart("Memory of the largest gateway", "MB", false)
                        .line("process", line.of(Series.GATEWAY_RESIDENT))
                        .line("heap after a collection", line.of(Series.GATEWAY_HEAP_LIVE)));
        charts.add(
                chart("Processors that gateways keep busy", "cores", false)
                        .line("gateways", line.of(Series.GATEWAY_CORES)));
        charts.add(
                chart("Crossings: players who come to another node", "in a second", false)
                        .line("players", line.of(Series.CROSSINGS)));
        charts.add(
                chart("Crossings: how long a player was told nothing of their ship", "ms", true)
                        .line("longest", line.of(Series.CROSSING_GAP_MAX)));
        charts.add(
                chart("Transfers, players' ships and all others", "in a second", false)
                        .line("done", line.of(Series.TRANSFERS))
                        .line("reversed", line.of(Series.TRANSFER_FAILURES)));
        return charts;
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
                chart("Told to a player", "ticks a second", false)
                        .line("ticks", line.of(Series.TOLD)),
                chart("Frames that find no room, and those lost on the way", "in a second", false)
                        .line("no room in the node's streams", line.of(Series.FRAMES_LOST))
                        .line("lost on the way to a gateway", line.of(Series.GAPS)),
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
