package dev.horizon.perf.battle;

import dev.horizon.perf.Figure;
import dev.horizon.perf.arena.ArenaPlugin;
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
 * channels: all look on from the same ship, or from a rock where there is nothing to see, so that
 * what is subscribed is the same. All are connected throughout, and look where they are told: short
 * turns of the same run, one watcher first or last by turns, so that a machine that gets slower or
 * faster favours neither.
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

    /** The first always looks on from the ship, the next always from the rock. */
    private static final int FIRST_THAT_TURNS = 2;

    private static final int CONNECTS_PER_SECOND = 400;

    /** Until all are told of what they see anew, or of nothing. */
    private static final double SETTLE_SECONDS = 2;

    private static final double RATIO_MAX = 1.05;
    private static final long SEED = 1;

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
                LoadProcess load =
                        LoadProcess.start(node.address(), node.key(), 0, ArenaPlugin.stick(), 0)) {
            join(load);
            cost(node, load, true);
            cost(node, load, false);
            for (int i = 0; i < pairs; i++) {
                boolean oneFirst = i % 2 == 0;
                double one = oneFirst ? cost(node, load, false) : 0;
                double many = cost(node, load, true);
                LoadFigures seen = load.figures();
                hz = Math.min(hz, seen.value("hz"));
                one = oneFirst ? one : cost(node, load, false);
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

    private void join(LoadProcess load) throws IOException {
        int players = watchers + 1;
        String came = load.players(players, CONNECTS_PER_SECOND);
        if (!came.startsWith("playing=" + players + " ")) {
            throw new IllegalStateException("not all watchers could join: " + came);
        }
        load.push(FIRST_THAT_TURNS - 1, false);
    }

    /** Microseconds of a tick, while all look on or one does. */
    private double cost(ArenaNode node, LoadProcess load, boolean all)
            throws IOException, InterruptedException {
        load.push(FIRST_THAT_TURNS, all);
        node.run(SETTLE_SECONDS);
        load.schedule(node.loop().metrics().originNanos(), node.periodNanos());
        load.reset();
        TimedEncoder encoder = node.encoder();
        long from = encoder.ticks();
        node.run(seconds);
        long to = Math.min(encoder.ticks(), from + TimedEncoder.TICKS_KEPT);
        long[] nanos = new long[(int) Math.max(0, to - from)];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = encoder.tickNanos(from + i);
        }
        return Paired.trimmedMean(nanos) / 1e3;
    }

    private List<Figure> figures(List<Double> ones, List<Double> ratios, double hz) {
        Paired.Interval interval = Paired.of(ratios, SEED);
        String name = "encode and publish, processor, %,d watchers to 1".formatted(watchers);
        return List.of(
                Figure.plain(
                        "encode and publish, processor, 1 watcher",
                        ones.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                        "us/tick"),
                Figure.plain("%,d watchers: delivered to each".formatted(watchers), hz, "Hz"),
                Figure.atMost(
                        name + ", median of " + ratios.size() + " pairs",
                        interval.median(),
                        "x",
                        RATIO_MAX),
                Figure.plain(name + ", 95 % interval from", interval.from(), "x"),
                Figure.plain(name + ", 95 % interval to", interval.to(), "x"));
    }
}
