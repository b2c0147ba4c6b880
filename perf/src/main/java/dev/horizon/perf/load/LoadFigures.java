package dev.horizon.perf.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What players were sent in some time, by name: a map of numbers, so that another process can be
 * told in one line. Times are milliseconds.
 *
 * @param values by name, in order
 */
public record LoadFigures(Map<String, Double> values) {
    private static final String[] TIERS = {"close", "medium", "low", "sensor"};

    /** A value, or 0 where it wasn't counted. */
    public double value(String name) {
        return values.getOrDefault(name, 0.0);
    }

    static LoadFigures of(
            List<LoadClient> clients,
            double seconds,
            Histogram ages,
            Histogram oldest,
            Histogram gaps,
            long inputs,
            int failed) {
        Map<String, Double> all = new LinkedHashMap<>();
        List<LoadClient> playing =
                clients.stream().filter(c -> c.state() == LoadClient.State.PLAYING).toList();
        double players = Math.max(1, playing.size());
        all.put("players", (double) playing.size());
        all.put("failed", (double) failed);
        all.put("seconds", seconds);
        long messages = playing.stream().mapToLong(c -> c.messages).sum();
        long bytes = playing.stream().mapToLong(c -> c.bytes).sum();
        all.put("hz", playing.stream().mapToLong(c -> c.ticks).sum() / seconds / players);
        all.put("hz-min", playing.stream().mapToLong(c -> c.ticks).min().orElse(0) / seconds);
        all.put("messages", messages / seconds / players);
        all.put("bytes-per-client", bytes / seconds / players);
        all.put(
                "bytes-per-client-max",
                playing.stream().mapToLong(c -> c.bytes).max().orElse(0) / seconds);
        all.put("bytes-per-message", messages == 0 ? 0 : (double) bytes / messages);
        all.put("inputs-per-second", inputs / seconds);
        quantiles(all, "age", ages);
        quantiles(all, "oldest", oldest);
        quantiles(all, "gap", gaps);
        double[] worst = playing.stream().mapToDouble(c -> c.ages.millis(0.99)).sorted().toArray();
        all.put("age-p99-worst-player", worst.length == 0 ? 0 : worst[worst.length - 1]);
        all.put("age-p99-median-player", worst.length == 0 ? 0 : worst[worst.length / 2]);
        counted(all, playing, seconds);
        return new LoadFigures(all);
    }

    private static void quantiles(Map<String, Double> all, String name, Histogram of) {
        all.put(name + "-p50", of.getValueAtPercentile(50) / 1e6);
        all.put(name + "-p99", of.getValueAtPercentile(99) / 1e6);
        all.put(name + "-max", of.getMaxValue() / 1e6);
    }

    /** Means over the players that are counted row by row. */
    private static void counted(Map<String, Double> all, List<LoadClient> playing, double seconds) {
        List<Held> held = new ArrayList<>();
        for (LoadClient client : playing) {
            if (client.held != null && client.held.views + client.held.frames > 0) {
                held.add(client.held);
            }
        }
        all.put("counted", (double) held.size());
        if (held.isEmpty()) {
            return;
        }
        double n = held.size();
        double views = Math.max(1, held.stream().mapToLong(h -> h.views).sum());
        for (int i = 0; i < TIERS.length; i++) {
            int tier = i;
            String name = TIERS[i];
            all.put(name + "-held", held.stream().mapToLong(h -> h.heldSum[tier]).sum() / views);
            all.put(
                    name + "-place-rows",
                    held.stream().mapToLong(h -> h.placeRows[tier]).sum() / n / seconds);
            all.put(
                    name + "-other-rows",
                    held.stream().mapToLong(h -> h.otherRows[tier]).sum() / n / seconds);
            all.put(
                    name + "-row-bytes",
                    held.stream().mapToLong(h -> h.rowBytes[tier]).sum() / n / seconds);
            all.put(
                    name + "-entered",
                    held.stream().mapToLong(h -> h.entered[tier]).sum() / n / seconds);
        }
        all.put("close-held-min", held.stream().mapToDouble(h -> h.closeMin).min().orElse(0));
        all.put("close-held-max", held.stream().mapToDouble(h -> h.closeMax).max().orElse(0));
        all.put("entered-bytes", held.stream().mapToLong(h -> h.enteredBytes).sum() / n / seconds);
        all.put("left", held.stream().mapToLong(h -> h.left).sum() / n / seconds);
        all.put("view-bytes", held.stream().mapToLong(h -> h.viewBytes).sum() / n / seconds);
        all.put("frame-bytes", held.stream().mapToLong(h -> h.frameBytes).sum() / n / seconds);
        all.put("frames", held.stream().mapToLong(h -> h.frames).sum() / n / seconds);
        all.put(
                "frame-place-rows",
                held.stream().mapToLong(h -> h.framePlaceRows).sum() / n / seconds);
    }

    /** One line: names and values. */
    String line() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(name)
                        .append('=')
                        .append(String.format(Locale.ROOT, "%.6f", value))
                        .append(' '));
        return text.toString().stripTrailing();
    }

    /** Reads what {@link #line} wrote. */
    public static LoadFigures parse(String line) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (String part : line.strip().split(" ")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                all.put(part.substring(0, equals), Double.valueOf(part.substring(equals + 1)));
            }
        }
        return new LoadFigures(all);
    }
}
