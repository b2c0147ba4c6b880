package dev.horizon.tools.soak.report;

import dev.horizon.tools.soak.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lines over time as SVG. What tells lines apart is their dash as much as their colour, and a
 * legend in words; colours are the page's, by theme.
 */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 210;
    private static final int LEFT = 64;
    private static final int RIGHT = 14;
    private static final int TOP = 20;
    private static final int BOTTOM = 26;

    /** More columns than this, and the eye sees none of them. */
    private static final int COLUMNS_MAX = 450;

    private static final double LOG_MIN = 0.1;

    /**
     * Where a stage begins.
     *
     * @param name of it
     * @param second from the beginning
     */
    record Stage(String name, double second) {}

    /** One line. */
    private record Line(String name, double[] values) {}

    private final String title;
    private final String unit;
    private final boolean isLog;
    private final double[] seconds;
    private final List<Line> lines = new ArrayList<>();
    private double limit = Double.NaN;
    private String limitName = "";

    Chart(String title, String unit, boolean isLog, double[] seconds) {
        this.title = title;
        this.unit = unit;
        this.isLog = isLog;
        this.seconds = seconds;
    }

    Chart line(String name, double[] values) {
        lines.add(new Line(name, values));
        return this;
    }

    /** A line across. */
    Chart limit(String name, double value) {
        limitName = name;
        limit = value;
        return this;
    }

    /** False where nothing could be read of any line. */
    boolean hasValues() {
        return lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .anyMatch(value -> !Double.isNaN(value));
    }

    /** The whole figure. */
    String html(List<Mark> marks, List<Stage> stages) {
        StringBuilder out = new StringBuilder();
        out.append("<figure><figcaption><b>")
                .append(Text.escape(title))
                .append("</b>, ")
                .append(Text.escape(unit))
                .append(isLog ? ", logarithmic" : "")
                .append("</figcaption><div class=legend>");
        for (int i = 0; i < lines.size(); i++) {
            out.append("<span>").append(swatch("s" + i)).append(Text.escape(lines.get(i).name()));
            out.append("</span>");
        }
        if (!Double.isNaN(limit)) {
            out.append("<span>").append(swatch("limit")).append(Text.escape(limitName));
            out.append("</span>");
        }
        out.append("</div>");
        svg(out, marks, stages);
        return out.append("</figure>\n").toString();
    }

    private static String swatch(String style) {
        return "<svg class=swatch viewBox=\"0 0 30 8\" aria-hidden=true><path class=\""
                + style
                + "\" d=\"M0 4H30\"/></svg>";
    }

    private void svg(StringBuilder out, List<Mark> marks, List<Stage> stages) {
        double end = seconds.length == 0 ? 1 : Math.max(1, seconds[seconds.length - 1]);
        double top = Axis.top(most(), isLog);
        out.append("<svg class=chart role=img viewBox=\"0 0 %d %d\">".formatted(WIDTH, HEIGHT));
        out.append("<title>").append(Text.escape(title + ": " + summary())).append("</title>");
        for (double tick : Axis.ticks(top, isLog, LOG_MIN)) {
            double y = y(tick, top);
            out.append(text("<path class=grid d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT));
            out.append(
                    text(
                            "<text class=tick x=%d y=%.1f text-anchor=end>%s</text>",
                            LEFT - 6, y + 4, Axis.label(tick)));
        }
        for (double tick : Axis.times(end)) {
            out.append(
                    text(
                            "<text class=tick x=%.1f y=%d text-anchor=middle>%s</text>",
                            x(tick, end), HEIGHT - 8, Axis.time(tick)));
        }
        for (Stage stage : stages) {
            double x = x(stage.second(), end);
            out.append(text("<path class=stage d=\"M%.1f %dV%d\"/>", x, TOP, HEIGHT - BOTTOM));
            out.append(
                    text(
                            "<text class=tick x=%.1f y=%d>%s</text>",
                            x + 4, TOP + 11, Text.escape(stage.name())));
        }
        for (int i = 0; i < marks.size(); i++) {
            mark(out, marks.get(i), i + 1, end);
        }
        if (!Double.isNaN(limit) && limit <= top) {
            out.append(
                    text(
                            "<path class=limit d=\"M%d %.1fH%d\"/>",
                            LEFT, y(limit, top), WIDTH - RIGHT));
        }
        for (int i = 0; i < lines.size(); i++) {
            String path = path(lines.get(i).values(), end, top);
            out.append("<path class=s").append(i).append(" d=\"").append(path).append("\"/>");
        }
        out.append("</svg>");
    }

    private void mark(StringBuilder out, Mark mark, int number, double end) {
        double from = x(mark.second(), end);
        double width = Math.max(2, x(mark.end(), end) - from);
        out.append(
                text(
                        "<rect class=mark x=%.1f y=%d width=%.1f height=%d><title>%s</title></rect>",
                        from, TOP, width, HEIGHT - TOP - BOTTOM, Text.escape(mark.text())));
        out.append(
                text(
                        "<text class=number x=%.1f y=%d text-anchor=middle>%d</text>",
                        from, TOP - 6, number));
    }

    private double most() {
        double most = Double.isNaN(limit) || isLog ? 0 : limit;
        for (Line line : lines) {
            for (double value : line.values()) {
                most = Double.isNaN(value) ? most : Math.max(most, value);
            }
        }
        return isLog && !Double.isNaN(limit) ? Math.max(most, limit) : most;
    }

    private String summary() {
        List<String> words = new ArrayList<>();
        for (Line line : lines) {
            double most = Double.NaN;
            for (double value : line.values()) {
                most = Double.isNaN(most) || value > most ? value : most;
            }
            words.add(line.name() + " at most " + Text.number(most) + " " + unit);
        }
        return String.join(", ", words);
    }

    private static double x(double second, double end) {
        return LEFT + Math.min(1, second / end) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value, double top) {
        double part =
                isLog
                        ? Math.log(Math.max(LOG_MIN, value) / LOG_MIN) / Math.log(top / LOG_MIN)
                        : value / top;
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }

    /** Each column shows the greatest of what falls into it; gaps where nothing was read. */
    private String path(double[] values, double end, double top) {
        StringBuilder path = new StringBuilder();
        int each = Math.max(1, (values.length + COLUMNS_MAX - 1) / COLUMNS_MAX);
        boolean isDown = false;
        for (int from = 0; from < values.length; from += each) {
            double most = Double.NaN;
            for (int i = from; i < Math.min(values.length, from + each); i++) {
                most = Double.isNaN(most) || values[i] > most ? values[i] : most;
            }
            if (Double.isNaN(most)) {
                isDown = false;
                continue;
            }
            double x = x(seconds[from], end);
            path.append(text("%s%.1f %.1f", isDown ? "L" : "M", x, y(most, top)));
            path.append(isDown ? "" : text("h0.1"));
            isDown = true;
        }
        return path.toString();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
