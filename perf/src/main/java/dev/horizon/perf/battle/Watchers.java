package dev.horizon.perf.battle;

import dev.horizon.perf.Figure;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.stage.ArenaNode;
import dev.horizon.perf.stage.TimedEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What encoding and publishing take of the tick thread with one watcher and with many of the same
 * channels: all look on from the same ship, so that what is subscribed is the same. Pairs in turns,
 * one watcher first or last by turns, so that a machine that gets slower or faster favours neither.
 */
final class Watchers {
    private static final int TICK_HZ = 10;
    private static final int SHIPS = 300;
    private static final double ROOM_METRES = 1_800;

    /**
     * Little for each, so that two cores bear ten thousand; the node publishes the same channels.
     */
    private static final Map<String, Object> NEAR =
            Map.of("bytes-per-second", 1_024, "close-max", 4, "close-min", 4, "medium-max", 8);

    private static final int CONNECTS_PER_SECOND = 400;
    private static final double SETTLE_SECONDS = 3;
    private static final double RATIO_MAX = 1.05;

    /** Of Student's t, two-sided 95 %, by degrees of freedom from 1. */
    private static final double[] STUDENT = {
        12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131
    };

    private final int watchers;
    private final int pairs;
    private final int seconds;
    private final Consumer<String> progress;

    Watchers(int watchers, int pairs, int seconds, Consumer<String> progress) {
        this.watchers = watchers;
        this.pairs = pairs;
        this.seconds = seconds;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        List<Double> ones = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        double hz = TICK_HZ;
        try (ArenaNode node =
                        new ArenaNode(
                                new ArenaNode.Plan(
                                        TICK_HZ,
                                        Map.of(
                                                "ships",
                                                SHIPS,
                                                "group-metres",
                                                ROOM_METRES,
                                                "skirmish",
                                                true,
                                                "spectators",
                                                true),
                                        Map.of(),
                                        Map.of("near", NEAR)),
                                world -> tick -> {});
                LoadProcess load = LoadProcess.start(node.address(), node.key(), 0, 0, 0)) {
            cost(node, load, 1);
            for (int i = 0; i < pairs; i++) {
                boolean oneFirst = i % 2 == 0;
                double one = oneFirst ? cost(node, load, 1) : 0;
                double many = cost(node, load, watchers);
                LoadFigures seen = load.figures();
                hz = Math.min(hz, seen.value("hz"));
                one = oneFirst ? one : cost(node, load, 1);
                ones.add(one);
                ratios.add(many / one);
                progress.accept(
                        "pair %d: %.1f us a tick with 1 watcher, %.1f with %d, ratio %.3f; %.2f Hz each"
                                .formatted(
                                        i + 1, one, many, watchers, many / one, seen.value("hz")));
            }
        }
        return figures(ones, ratios, hz);
    }

    private double cost(ArenaNode node, LoadProcess load, int players)
            throws IOException, InterruptedException {
        String came = load.players(players, CONNECTS_PER_SECOND);
        if (!came.startsWith("playing=" + players + " ")) {
            throw new IllegalStateException("not all watchers could join: " + came);
        }
        node.run(SETTLE_SECONDS);
        load.schedule(node.loop().metrics().originNanos(), node.periodNanos());
        load.reset();
        TimedEncoder encoder = node.encoder();
        long ticks = encoder.ticks();
        long nanos = encoder.encodeNanos() + encoder.publishNanos();
        node.run(seconds);
        double spent = encoder.encodeNanos() + encoder.publishNanos() - nanos;
        return spent / 1e3 / Math.max(1, encoder.ticks() - ticks);
    }

    private List<Figure> figures(List<Double> ones, List<Double> ratios, double hz) {
        double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = ratios.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
        int freedom = ratios.size() - 1;
        double half =
                freedom < 1
                        ? Double.POSITIVE_INFINITY
                        : STUDENT[Math.min(freedom, STUDENT.length) - 1]
                                * Math.sqrt(squares / freedom / ratios.size());
        String name = "encode and publish, processor, %,d watchers to 1".formatted(watchers);
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.plain(
                        "encode and publish, processor, 1 watcher",
                        ones.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                        "us/tick"));
        figures.add(Figure.plain("%,d watchers: delivered to each".formatted(watchers), hz, "Hz"));
        figures.add(Figure.atMost(name, mean, "x", RATIO_MAX));
        if (freedom >= 1) {
            figures.add(Figure.plain(name + ", 95 % interval from", mean - half, "x"));
            figures.add(Figure.plain(name + ", 95 % interval to", mean + half, "x"));
        }
        return figures;
    }
}
