package dev.horizon.perf.underload;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * What a node does at its rated load, at three times what its ticks bear, and among raiders; and
 * its decoders under what a hostile network makes of messages.
 */
public final class LoadBench {
    /** What can be measured by itself. */
    public static final List<String> PARTS =
            List.of("rated", "overload", "hostile", "sockets", "fuzz");

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What is asked for.
     *
     * @param parts some of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param players at the rated load: 5,000, or fewer with as many objects fewer
     * @param seconds at the rated load
     * @param pairs of a time among raiders and one without
     * @param inputs of each decoder of outside bytes, or 0 for five seconds each
     */
    public record Plan(
            List<String> parts, Path launcher, int players, int seconds, int pairs, long inputs) {}

    /**
     * Prepares.
     *
     * @param progress is told how far it is
     */
    public LoadBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-load-");
        try {
            List<Figure> figures = new ArrayList<>();
            for (String part : plan.parts()) {
                switch (part) {
                    case "rated" -> figures.addAll(rated(folder));
                    case "overload" -> figures.addAll(overload(folder));
                    case "hostile" -> figures.addAll(hostile(folder));
                    case "sockets" ->
                            figures.add(
                                    Sockets.measure(plan.launcher(), folder.resolve("sockets")));
                    case "fuzz" ->
                            figures.addAll(
                                    Decoders.measure(
                                            plan.launcher().resolveSibling(""),
                                            folder.resolve("fuzz"),
                                            plan.inputs()));
                    default -> throw new IllegalArgumentException(part + " is none of " + PARTS);
                }
            }
            return figures;
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private Soaked soak(Path folder, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".toml"), text);
        return Soaked.run(plan.launcher(), file, folder.resolve(name), progress);
    }

    // ---- 10,000 objects, half of them players' ships, ten ticks a second ----------------------

    private static final int COME_AT_ONCE = 100;
    private static final int SETTLE_SECONDS = 20;

    /**
     * So many objects for each player that is asked for: a smaller load is the rated one on a
     * smaller scale.
     */
    static String ratedPlan(int players, int seconds) {
        int ramp = Math.max(1, players / COME_AT_ONCE);
        return """
        name = "rated"
        seed = 5
        heap = "2g"
        [settings.node]
        tick-hz = 10
        [settings.plugins.sol]
        ships = %1$d
        objects = %2$d
        [[stages]]
        name = "come"
        duration = "%4$ds"
        ramp = "%3$ds"
        players = %5$d
        [[stages]]
        name = "rated"
        duration = "%6$ds"
        players = %5$d
        [[behaviours]]
        kind = "convoy"
        share = 4
        [[behaviours]]
        kind = "dogfight"
        share = 3
        [[behaviours]]
        kind = "miner"
        share = 2
        [[behaviours]]
        kind = "idler"
        share = 1
        """
                .formatted(
                        players / 5,
                        players - players / 5,
                        ramp,
                        ramp + SETTLE_SECONDS,
                        players,
                        seconds);
    }

    private List<Figure> rated(Path folder) throws IOException {
        Soaked soaked = soak(folder, "rated", ratedPlan(plan.players(), plan.seconds()));
        String at = "rated load, ";
        String stage = "rated";
        return List.of(
                Figure.plain(at + "players asked for", plan.players(), ""),
                Figure.plain(at + "players in, of those", soaked.figure(stage, "playing"), "%"),
                Figure.plain(at + "inputs", soaked.figure(stage, "inputs"), "/s"),
                Figure.atMost(
                        at + "tick p99 of its budget",
                        soaked.figure(stage, "tick-p99-of-budget"),
                        "%",
                        50),
                Figure.atMost(
                        at + "tick p99.9 of its budget",
                        soaked.figure(stage, "tick-p999-of-budget"),
                        "%",
                        80),
                Figure.atMost(
                        at + "longest tick of its budget",
                        soaked.figure(stage, "tick-max-of-budget"),
                        "%",
                        200),
                Figure.atMost(at + "disconnects", soaked.figure(stage, "disconnects"), "", 0),
                Figure.plain(
                        at + "step against overload, the highest",
                        soaked.figure(stage, "overload-step-max"),
                        ""),
                Figure.atLeast(
                        at + "ticks that a player is told of",
                        soaked.figure(stage, "told"),
                        "Hz",
                        9.5),
                Figure.plain(
                        at + "frames that found no room in streams",
                        soaked.figure(stage, "frames-lost"),
                        "/s"),
                Figure.plain(at + "state age p99", soaked.figure(stage, "age-p99"), "ms"),
                Figure.plain(at + "node", soaked.figure(stage, "node-cores"), "cores"),
                Figure.plain(
                        at + "players' own thread", soaked.figure(stage, "bot-share"), "% of one"),
                Figure.plain(
                        at + "seconds in which the players' own process was late",
                        soaked.starvedSeconds(),
                        ""));
    }

    // ---- the example of the ladder -------------------------------------------------------------

    /** Bytes that may wait for one player, by default: frames and events. */
    private static final double QUEUED_KILOBYTES_MAX = (262_144 + 131_072) / 1e3;

    private static final int HIGHEST_STEP = 4;

    private List<Figure> overload(Path folder) throws IOException {
        Path example = plan.launcher().resolveSibling("examples").resolve("overload.toml");
        Soaked soaked = Soaked.run(plan.launcher(), example, folder.resolve("overload"), progress);
        Ladder ladder = Ladder.of(plan.launcher(), folder.resolve("overload/data"));
        String at = "overload, ";
        String whole = "whole";
        return List.of(
                Figure.plain(
                        at + "load at its highest, of the budget",
                        soaked.figure(whole, "load-max"),
                        "%"),
                Figure.plain(at + "steps on the tape, up and down", ladder.steps().size(), ""),
                Figure.atLeast(at + "highest step", ladder.highest(), "", HIGHEST_STEP),
                Figure.atMost(at + "steps that left one out", ladder.skipped(), "", 0),
                Figure.atLeast(
                        at + "rate of time, the least",
                        soaked.figure(whole, "dilation-min"),
                        "%",
                        10),
                Figure.atMost(
                        at + "waiting for one player, the most",
                        soaked.figure(whole, "queued-max"),
                        "kB",
                        QUEUED_KILOBYTES_MAX),
                Figure.atMost(at + "disconnects", soaked.figure(whole, "disconnects"), "", 0),
                Figure.atMost(
                        at + "normal again, after the crowd has left",
                        Ladder.secondsToNormal(
                                soaked.series("second"),
                                soaked.series("overload-step"),
                                soaked.series("asked")),
                        "s",
                        10),
                Figure.plain(
                        at + "seconds in which the players' own process was late",
                        soaked.starvedSeconds(),
                        ""));
    }

    // ---- raiders -------------------------------------------------------------------------------

    private static final int RAIDERS = 2_000;
    private static final int QUIET_SECONDS = 15;
    private static final int REST_SECONDS = 6;
    private static final int COME_SECONDS = 40;

    /** A first raid that counts into no pair: code is compiled in it. */
    private static final int WARM_SECONDS = 10;

    private static final double TICK_MILLIS = 50;

    private List<Figure> hostile(Path folder) throws IOException {
        Soaked soaked = soak(folder, "hostile", hostilePlan(plan.pairs()));
        double[] tickQuiet = stages(soaked, "quiet", "tick-p99");
        double[] tickRaid = stages(soaked, "raid", "tick-p99");
        Pairs ticks = Pairs.ofRatios(tickQuiet, tickRaid);
        double[] tickBurn = stages(soaked, "burn", "tick-p99");
        Pairs burnt = Pairs.ofRatios(tickQuiet, tickBurn);
        Pairs beyond = Pairs.ofRatios(tickBurn, tickRaid);
        Pairs ages =
                Pairs.ofDifferences(
                        stages(soaked, "quiet", "age-p99"), stages(soaked, "raid", "age-p99"));
        double gone = 0;
        for (double each : stages(soaked, "raid", "offenders-gone-max")) {
            gone = Math.max(gone, each);
        }
        String at = "hostile, ";
        return List.of(
                Figure.plain(at + "pairs", plan.pairs(), ""),
                Figure.plain(
                        at + "malformed frames",
                        Faults.malformed(soaked.faults()) / (plan.pairs() * QUIET_SECONDS),
                        "/s"),
                Figure.plain(at + "tick p99 moves by", Pairs.percent(ticks.mean()), "%"),
                Figure.atMost(
                        at + "tick p99 moves by, upper end of 95 %",
                        Pairs.percent(ticks.upper()),
                        "%",
                        10),
                Figure.plain(
                        at + "raiders' own processor time",
                        Faults.raidersSeconds(soaked.faults()) / (plan.pairs() * QUIET_SECONDS),
                        "cores"),
                Figure.plain(
                        at + "tick p99 moves by, when as much is burnt instead",
                        Pairs.percent(burnt.mean()),
                        "%"),
                Figure.plain(
                        at + "tick p99 moves by, from burnt to raided",
                        Pairs.percent(beyond.mean()),
                        "%"),
                Figure.plain(
                        at + "tick p99 moves by, from burnt to raided, upper end of 95 %",
                        Pairs.percent(beyond.upper()),
                        "%"),
                Figure.plain(at + "players' state age p99 moves by", ages.mean(), "ms"),
                Figure.atMost(
                        at + "players' state age p99 moves by, upper end of 95 %",
                        ages.upper(),
                        "ms",
                        TICK_MILLIS),
                Figure.atMost(at + "offenders gone after, the longest", gone, "s", 5),
                Figure.atMost(at + "disconnects", soaked.figure("whole", "disconnects"), "", 0),
                Figure.plain(
                        at + "seconds in which the players' own process was late",
                        soaked.starvedSeconds(),
                        ""));
    }

    private double[] stages(Soaked soaked, String stage, String figure) {
        double[] values = new double[plan.pairs()];
        for (int i = 0; i < values.length; i++) {
            values[i] = soaked.figure(stage + "-" + i, figure);
        }
        return values;
    }

    static String hostilePlan(int pairs) {
        StringBuilder text =
                new StringBuilder(
                        """
                        name = "hostile"
                        seed = 6
                        heap = "1g"
                        [settings.plugins.sol]
                        ships = 500
                        objects = 2000
                        [[stages]]
                        name = "come"
                        duration = "%ds"
                        ramp = "10s"
                        players = 200
                        [[faults]]
                        kind = "hostile"
                        at = "%ds"
                        duration = "%ds"
                        raiders = %d
                        """
                                .formatted(
                                        COME_SECONDS,
                                        COME_SECONDS - REST_SECONDS - WARM_SECONDS,
                                        WARM_SECONDS,
                                        RAIDERS));
        int at = COME_SECONDS;
        for (int i = 0; i < pairs; i++) {
            stage(text, "quiet-" + i, QUIET_SECONDS);
            stage(text, "raid-" + i, QUIET_SECONDS);
            stage(text, "rest-" + i, REST_SECONDS);
            at += QUIET_SECONDS;
            text.append(
                    String.format(
                            Locale.ROOT,
                            """
                            [[faults]]
                            kind = "hostile"
                            at = "%ds"
                            duration = "%ds"
                            raiders = %d
                            """,
                            at,
                            QUIET_SECONDS,
                            RAIDERS));
            at += QUIET_SECONDS + REST_SECONDS;
            stage(text, "burn-" + i, QUIET_SECONDS);
            text.append(
                    String.format(
                            Locale.ROOT,
                            """
                            [[faults]]
                            kind = "burn"
                            at = "%ds"
                            duration = "%ds"
                            """,
                            at,
                            QUIET_SECONDS));
            at += QUIET_SECONDS;
        }
        return text.append(
                        """
                        [[behaviours]]
                        kind = "dogfight"
                        share = 1
                        """)
                .toString();
    }

    private static void stage(StringBuilder text, String name, int seconds) {
        text.append(
                String.format(
                        Locale.ROOT,
                        """
                        [[stages]]
                        name = "%s"
                        duration = "%ds"
                        players = 200
                        """,
                        name,
                        seconds));
    }
}
