package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.Mark;
import dev.horizon.tools.soak.SoakResult;
import dev.horizon.tools.soak.TimeLine;
import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.StagePlan;
import dev.horizon.tools.soak.plan.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A soak as one page that asks nobody for anything. */
public final class ReportPage {
    private static final double[] TICK_PERCENTILES = {50, 99, 99.9, 100};

    private final SoakResult result;
    private final RunInfo info;
    private final StringBuilder out = new StringBuilder();

    private ReportPage(SoakResult result, RunInfo info) {
        this.result = result;
        this.info = info;
    }

    /** The page. */
    public static String of(SoakResult result, RunInfo info) {
        return new ReportPage(result, info).write();
    }

    private String write() {
        String name = result.plan().plan().name();
        out.append("<!doctype html>\n<html lang=en><meta charset=utf-8>\n")
                .append("<meta name=viewport content=\"width=device-width\">\n")
                .append("<title>Soak: ")
                .append(name)
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n<main>\n");
        head(name);
        thresholds();
        faults();
        out.append("<h2>Over time</h2>\n");
        Charts.of(result, starts()).forEach(out::append);
        nodes();
        stages();
        causes();
        reproduce();
        return out.append("</main>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(String name) {
        long missed = result.thresholds().stream().filter(figure -> !figure.holds()).count();
        out.append("<h1>Soak: ").append(name).append("</h1>\n<p class=verdict>");
        out.append(
                missed == 0
                        ? "<span class=pass>✓ passed</span>"
                        : "<span class=fail>✗ "
                                + missed
                                + " of "
                                + result.thresholds().size()
                                + " thresholds missed</span>");
        out.append(" after ").append(Axis.time(result.seconds())).append("</p>\n<dl>");
        entry("Seed", Long.toString(result.plan().plan().seed()));
        entry("Build", info.build());
        entry("Machine", info.machine());
        entry("Date", info.date());
        entry(result.plan().plan().mesh().isThere() ? "Mesh" : "Node", result.node());
        out.append("</dl>\n");
        int starved = result.line().starvedSeconds();
        int seconds = result.line().seconds().length;
        if (starved > 0) {
            out.append("<p class=warning>⚠ In ")
                    .append(starved)
                    .append(" of ")
                    .append(seconds)
                    .append(" seconds the bots themselves were late (a round ")
                    .append(Text.number(TimeLine.LAG_MILLIS_MAX))
                    .append(" ms behind, or their thread busy for more than ")
                    .append(Text.number(TimeLine.SHARE_MAX))
                    .append(
                            " %). Ages and rates of those seconds are partly theirs: give the"
                                    + " machine less to do, or the plan fewer players.</p>\n");
        } else {
            out.append("<p>The bots kept up in every second: what is shown is the server's.</p>\n");
        }
    }

    private void entry(String name, String value) {
        out.append("<dt>").append(name).append("<dd>").append(Text.escape(value));
    }

    private void thresholds() {
        out.append("<h2>Thresholds</h2>\n<table><tr><th>Figure<th>Stage<th class=n>Value<th>Goal")
                .append("<th>Holds</tr>\n");
        for (SoakResult.Figure figure : result.thresholds()) {
            out.append("<tr><td>")
                    .append(figure.measure().word())
                    .append("<td>")
                    .append(figure.stage().isEmpty() ? "whole" : Text.escape(figure.stage()))
                    .append("<td class=n>")
                    .append(Text.number(figure.value()))
                    .append(' ')
                    .append(figure.measure().unit())
                    .append("<td>")
                    .append(Text.escape(String.valueOf(figure.goal())))
                    .append(
                            figure.holds()
                                    ? "<td class=pass>✓ yes</tr>\n"
                                    : "<td class=fail>✗ no</tr>\n");
        }
        out.append("</table>\n");
    }

    private void faults() {
        if (result.marks().isEmpty()) {
            return;
        }
        out.append("<h2>Faults</h2>\n<table><tr><th>No.<th class=n>At<th>What</tr>\n");
        int number = 1;
        for (Mark mark : result.marks()) {
            out.append("<tr><td>")
                    .append(number++)
                    .append("<td class=n>")
                    .append(Axis.time(mark.second()))
                    .append("<td>")
                    .append(Text.escape(mark.text()))
                    .append("</tr>\n");
        }
        out.append("</table>\n<p>They are shaded and numbered in every chart.</p>\n");
    }

    private List<Chart.Stage> starts() {
        List<Chart.Stage> starts = new ArrayList<>();
        double start = 0;
        for (StagePlan stage : result.plan().plan().stages()) {
            starts.add(new Chart.Stage(stage.name(), start));
            start += stage.duration().toMillis() / 1e3;
        }
        return starts;
    }

    private void nodes() {
        Totals whole = result.stages().get(SoakResult.WHOLE);
        if (whole == null || !result.plan().plan().mesh().isThere()) {
            return;
        }
        out.append("<h2>Nodes</h2>\n<table><tr><th>Ticks, ms<th class=n>50 %<th class=n>99 %")
                .append("<th class=n>99.9 %<th class=n>Longest</tr>\n");
        for (String node : whole.nodes()) {
            out.append("<tr><td>").append(Text.escape(node));
            for (double percentile : TICK_PERCENTILES) {
                out.append("<td class=n>").append(Text.number(whole.tickMillis(node, percentile)));
            }
            out.append("</tr>\n");
        }
        out.append("</table>\n<p>Figures of ticks, memory and load are the worst node's; what is")
                .append(" counted, and processors, are all nodes' together.</p>\n");
    }

    private void stages() {
        out.append("<h2>Figures</h2>\n<div class=wide><table><tr><th>Figure<th>Unit");
        for (String stage : result.stages().keySet()) {
            out.append("<th class=n>").append(stage.isEmpty() ? "whole" : Text.escape(stage));
        }
        out.append("</tr>\n");
        for (Measure measure : Measure.values()) {
            out.append("<tr><td>").append(measure.word()).append("<td>").append(measure.unit());
            result.stages()
                    .values()
                    .forEach(totals ->
                            out.append("<td class=n>").append(Text.number(measure.of(totals))));
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private void causes() {
        if (!result.causes().isEmpty()) {
            out.append("<h2>Refused and lost</h2>\n<table><tr><th>What<th class=n>Times</tr>\n");
            result.causes()
                    .forEach((what, times) ->
                            out.append("<tr><td>")
                                    .append(Text.escape(what))
                                    .append("<td class=n>")
                                    .append(times)
                                    .append("</tr>\n"));
            out.append("</table>\n");
        }
        if (!result.errors().isEmpty()) {
            out.append("<h2>Errors in the node's log</h2>\n<pre>");
            result.errors().forEach(line -> out.append(Text.escape(line)).append('\n'));
            out.append("</pre>\n");
        }
    }

    private void reproduce() {
        out.append("<h2>Again</h2>\n<pre>")
                .append(Text.escape(info.command()))
                .append(info.tape().isEmpty() ? "" : "\n" + Text.escape(info.tape()))
                .append("</pre>\n<h2>Plan</h2>\n<pre>")
                .append(Text.escape(result.plan().text()))
                .append("</pre>\n");
    }
}
