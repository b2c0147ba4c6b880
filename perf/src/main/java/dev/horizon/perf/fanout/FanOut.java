package dev.horizon.perf.fanout;

import dev.horizon.perf.Figure;
import dev.horizon.perf.fanout.Crowd.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * {@code horizon bench fanout}: the players, each steering a ship among 10,000 other
 * objects, on a node and gateway that are started as an operator starts them.
 */
public final class FanOut {
    /** Of the claim. */
    public static final int PLAYERS = 12_847;

    /** As many as a gateway takes over Aeron. */
    public static final int AERON_PLAYERS_MAX = 500;

    /** Those whose state age has a goal of its own, and the foot of the memory's slope. */
    private static final int FEW = 1_000;

    private static final List<Integer> CURVE =
            List.of(1_000, 2_000, 4_000, 8_000, PLAYERS, 15_000, 18_000);
    private static final int TICK_HZ = 10;
    private static final double AGE_MILLIS_MAX = 150;
    private static final double GATEWAY_MEGABYTES_MAX = 300;
    private static final double GATEWAY_CORES_MAX = 0.7;
    private static final double BOTH_MEGABYTES_MAX = 850;
    private static final double BOTH_CORES_MAX = 1.0;
    private static final double MEGABYTES_PER_THOUSAND_MAX = 12;
    private static final double BEYOND_TICK_MILLIS = 2;
    private static final double HZ_SHARE_MIN = 0.99;
    private static final int PROFILE_SECONDS = 10;

    private final Plan plan;
    private final Consumer<String> progress;
    private String breakdown = "";

    /**
     * What to measure.
     *
     * @param launcher the script {@code horizon}
     * @param players of the largest step without the curve
     * @param seconds that each step is watched
     * @param curve true for all steps from 1,000 to 18,000
     * @param isApart true for a gateway in a process of its own
     * @param isAeron true for players who come over Aeron
     * @param perSecond players that connect
     * @param profiled true to record where the gateway's time goes even where all are held
     */
    public record Plan(
            Path launcher,
            int players,
            int seconds,
            boolean curve,
            boolean isApart,
            boolean isAeron,
            int perSecond,
            boolean profiled) {}

    /** Prepares; {@code progress} is told what runs. */
    public FanOut(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws IOException {
        List<Integer> steps = plan.curve() ? CURVE : List.of(few(), plan.players());
        int most = steps.stream().max(Comparator.naturalOrder()).orElseThrow();
        List<Sample> samples = new ArrayList<>();
        Crowd.Plan crowded =
                new Crowd.Plan(
                        plan.launcher(),
                        TICK_HZ,
                        most,
                        plan.isApart(),
                        plan.isAeron(),
                        plan.perSecond());
        try (Crowd crowd = new Crowd(crowded, progress)) {
            for (int players : steps) {
                samples.add(crowd.measure(players, plan.seconds()));
                if (plan.curve() && !isHeld(samples.getLast())) {
                    progress.accept("the machine gives out here; further steps are left out");
                    break;
                }
            }
            if (plan.profiled() || !isHeld(samples.getLast())) {
                progress.accept("where the time goes with so many");
                breakdown = crowd.profile(PROFILE_SECONDS);
            }
        }
        return figures(samples);
    }

    /**
     * Where the gateway's time goes with the most players, or the node's where the gateway is
     * inside it: threads and methods. Empty where all were held and nobody asked.
     */
    public String breakdown() {
        return breakdown;
    }

    private int few() {
        return Math.min(FEW, Math.max(1, plan.players() / 2));
    }

    private List<Figure> figures(List<Sample> samples) {
        List<Figure> figures = new ArrayList<>();
        Sample first = samples.getFirst();
        for (Sample each : samples) {
            step(figures, each);
        }
        if (plan.curve()) {
            end(figures, samples);
        }
        Sample claim =
                samples.stream()
                        .filter(s -> s.asked() == plan.players())
                        .findFirst()
                        .orElse(samples.getLast());
        if (plan.isApart()) {
            figures.add(
                    Figure.atMost(
                            name(claim, "gateway, resident"),
                            claim.gatewayMegabytes(),
                            "MB",
                            GATEWAY_MEGABYTES_MAX));
            figures.add(
                    Figure.atMost(
                            name(claim, "gateway, processor"),
                            claim.gatewayCores(),
                            "cores",
                            GATEWAY_CORES_MAX));
        }
        figures.add(
                Figure.atMost(
                        name(claim, "node and gateway, resident"),
                        claim.bothMegabytes(),
                        "MB",
                        BOTH_MEGABYTES_MAX));
        figures.add(
                Figure.atMost(
                        name(claim, "node and gateway, processor"),
                        claim.bothCores(),
                        "cores",
                        BOTH_CORES_MAX));
        figures.add(
                Figure.atMost(
                        name(claim, "state age, p99 of the worst player"),
                        claim.load().value("age-p99-worst-player"),
                        "ms",
                        AGE_MILLIS_MAX));
        if (claim != first) {
            figures.add(
                    Figure.atMost(
                            plan.isApart()
                                    ? "gateway's memory per 1,000 further players"
                                    : "memory per 1,000 further players, node and gateway",
                            1_000
                                    * (memory(claim) - memory(first))
                                    / (claim.asked() - first.asked()),
                            "MB",
                            MEGABYTES_PER_THOUSAND_MAX));
        }
        figures.add(
                Figure.atMost(
                        name(first, "state age on loopback, p99"),
                        first.load().value("age-p99"),
                        "ms",
                        1_000.0 / TICK_HZ + BEYOND_TICK_MILLIS));
        return figures;
    }

    /** True when all play, and are told of each tick. */
    private static boolean isHeld(Sample of) {
        return of.load().value("players") >= of.asked()
                && of.deliveredHz() >= TICK_HZ * HZ_SHARE_MIN;
    }

    /** Where the curve ends, and what was in use there: goals beyond it are not met. */
    private void end(List<Figure> figures, List<Sample> samples) {
        int most = samples.stream().filter(FanOut::isHeld).mapToInt(Sample::asked).max().orElse(0);
        figures.add(Figure.atLeast("curve: most players held", most, "players", plan.players()));
        Sample last = samples.getLast();
        if (!isHeld(last)) {
            figures.add(Figure.plain("curve: the machine gives out at", last.asked(), "players"));
            figures.add(
                    Figure.plain(
                            "curve: node, gateway and load generator there",
                            last.allCores(),
                            "cores"));
        }
    }

    private double memory(Sample of) {
        return plan.isApart() ? of.gatewayMegabytes() : of.bothMegabytes();
    }

    private void step(List<Figure> figures, Sample of) {
        figures.add(
                Figure.atLeast(
                        name(of, "held"), of.load().value("players"), "players", of.asked()));
        plain(figures, of, "refused or lost", "failed", "players");
        plain(figures, of, "delivered to a player", "hz", "Hz");
        figures.add(
                Figure.atLeast(
                        name(of, "delivered, and ticks with nothing new"),
                        of.deliveredHz(),
                        "Hz",
                        TICK_HZ * HZ_SHARE_MIN));
        plain(figures, of, "delivered to the worst player", "hz-min", "Hz");
        plain(figures, of, "inputs taken", "inputs-per-second", "1/s");
        plain(figures, of, "bytes to a player", "bytes-per-client", "B/s");
        plain(figures, of, "held CLOSE by a player", "close-held", "entities");
        plain(figures, of, "held MEDIUM by a player", "medium-held", "entities");
        plain(figures, of, "state age, p50", "age-p50", "ms");
        plain(figures, of, "state age, p99", "age-p99", "ms");
        plain(figures, of, "state age just before the next tick came, p99", "oldest-p99", "ms");
        multicast(figures, of);
        figures.add(Figure.plain(name(of, "node's tick, p99"), of.tickMillisP99(), "ms"));
        if (plan.isApart()) {
            figures.add(Figure.plain(name(of, "gateway, processor"), of.gatewayCores(), "cores"));
            figures.add(Figure.plain(name(of, "gateway, resident"), of.gatewayMegabytes(), "MB"));
        }
        figures.add(Figure.plain(name(of, "node and gateway, processor"), of.bothCores(), "cores"));
        figures.add(Figure.plain(name(of, "node and gateway, resident"), of.bothMegabytes(), "MB"));
        figures.add(Figure.plain(name(of, "load generator, processor"), of.loadCores(), "cores"));
    }

    /** What is sent once, and what becomes of it. */
    private void multicast(List<Figure> figures, Sample of) {
        Crowd.Multicast bytes = of.multicast();
        figures.add(Figure.plain(name(of, "node sends, once"), bytes.sent() / 1e3, "kB/s"));
        if (plan.isApart()) {
            figures.add(Figure.plain(name(of, "gateway receives"), bytes.received() / 1e3, "kB/s"));
            figures.add(
                    Figure.plain(
                            name(of, "of that, what nobody there needs"),
                            100 * bytes.beyondNeed() / Math.max(1, bytes.received()),
                            "%"));
        }
        figures.add(
                Figure.plain(
                        name(of, "all players receive"),
                        of.load().value("bytes-per-client") * of.load().value("players") / 1e3,
                        "kB/s"));
    }

    private static void plain(
            List<Figure> figures, Sample of, String what, String value, String unit) {
        figures.add(Figure.plain(name(of, what), of.load().value(value), unit));
    }

    private static String name(Sample of, String what) {
        return String.format(Locale.ROOT, "%,d players: %s", of.asked(), what);
    }
}
