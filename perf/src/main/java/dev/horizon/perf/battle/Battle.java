package dev.horizon.perf.battle;

import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.perf.Figure;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.stage.ArenaNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * {@code horizon bench battle}: 500 ships that draw new thrust and turn up to their limits every
 * 0.5 to 2 seconds, fire and are hit; 300 of them are players', each within a budget of bytes. Then
 * what encoding and publishing cost the node with one watcher and with 10,000, and by the share of
 * channels that are subscribed.
 */
public final class Battle {
    private static final String FIGHT = "fight";
    private static final String UNLIMITED = "unlimited";
    private static final String WATCHERS = "watchers";
    private static final String SHARES = "shares";

    /**
     * What can be measured alone: the battle within the budget, what it would take without one, the
     * cost by watchers, and by share of channels.
     */
    public static final List<String> PARTS = List.of(FIGHT, UNLIMITED, WATCHERS, SHARES);

    private static final int TICK_HZ = 20;
    private static final int SHIPS = 500;
    private static final int WITNESSES = 6;
    private static final int BYTES_PER_SECOND = 6_144;
    private static final int CLOSE_MIN = 20;
    private static final int CLOSE_MAX = 32;

    /**
     * Radius of the ball: who has shot 500 m beyond it still has twenty others within a kilometre.
     */
    private static final double ROOM_METRES = 1_200;

    private static final double THRUST = 30;
    private static final int CONNECTS_PER_SECOND = 100;

    /** Who comes is told of all ships within their bytes, which takes so long; with few, a part. */
    private static final double SETTLE_SECONDS_MAX = 60;

    /** A channel at MEDIUM is due every 0.2 s, one at CLOSE every tick. */
    static final double CLOSE_METRES = 0.25 + halfOf(THRUST, 1.0 / TICK_HZ);

    static final double MEDIUM_METRES = 2.5 + halfOf(THRUST, 0.2);

    /** About each of three axes: what the arena's ships turn by, radians per second squared. */
    private static final double TURN = 4 * Math.sqrt(3);

    static final double CLOSE_DEGREES = 1 + Math.toDegrees(halfOf(TURN, 1.0 / TICK_HZ));
    static final double MEDIUM_DEGREES = 2 + Math.toDegrees(halfOf(TURN, 0.2));

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();
    private String prefix = "";

    /**
     * How much.
     *
     * @param parts of {@link #PARTS} to measure
     * @param players in the battle
     * @param seconds that it is watched
     * @param watchers of the second part, at most
     * @param pairs of the second part
     * @param pairSeconds of each half of a pair
     * @param encodeTicks of the third part
     */
    public record Plan(
            List<String> parts,
            int players,
            int seconds,
            int watchers,
            int pairs,
            int pairSeconds,
            int encodeTicks) {}

    /** Prepares; {@code progress} is told what runs. */
    public Battle(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    private static double halfOf(double acceleration, double seconds) {
        return acceleration * seconds * seconds / 2;
    }

    /** Measures. */
    public List<Figure> run() throws IOException, InterruptedException {
        if (plan.parts().contains(FIGHT)) {
            fight("", BYTES_PER_SECOND);
        }
        if (plan.parts().contains(UNLIMITED)) {
            fight("without a budget: ", 0);
        }
        if (plan.parts().contains(WATCHERS)) {
            figures.addAll(
                    new Watchers(plan.watchers(), plan.pairs(), plan.pairSeconds(), progress)
                            .run());
        }
        if (plan.parts().contains(SHARES)) {
            figures.addAll(Shares.run(plan.encodeTicks(), progress));
        }
        return figures;
    }

    private void fight(String title, int bytesPerSecond) throws IOException, InterruptedException {
        prefix = title;
        progress.accept(
                title + SHIPS + " ships, " + plan.players() + " players, " + plan.seconds() + " s");
        Truth[] truth = new Truth[1];
        int witnesses = Math.min(WITNESSES, plan.players());
        try (ArenaNode node =
                        new ArenaNode(
                                new ArenaNode.Plan(
                                        TICK_HZ,
                                        Map.of(
                                                "ships",
                                                SHIPS - plan.players(),
                                                "group-metres",
                                                ROOM_METRES,
                                                "thrust",
                                                THRUST,
                                                "skirmish",
                                                true,
                                                "steered",
                                                false),
                                        Map.of(),
                                        budget(bytesPerSecond)),
                                world -> truth[0] = new Truth(world));
                LoadProcess load = LoadProcess.start(node.address(), node.key(), 0, 0, 1)) {
            progress.accept(load.players(plan.players() - witnesses, CONNECTS_PER_SECOND));
            List<Witness> watching = new ArrayList<>();
            List<HorizonClient> clients = new ArrayList<>();
            for (int i = 0; i < witnesses; i++) {
                Witness witness = new Witness(truth[0]);
                String name = "Witness" + i;
                watching.add(witness);
                clients.add(
                        HorizonClient.connect(node.address(), name, node.ticket(name), witness));
            }
            node.run(Math.min(SETTLE_SECONDS_MAX, 3 * plan.seconds()));
            load.schedule(node.loop().metrics().originNanos(), node.periodNanos());
            load.reset();
            watching.forEach(Witness::begin);
            node.run(plan.seconds());
            watching.forEach(Witness::end);
            LoadFigures seen = load.figures();
            clients.forEach(HorizonClient::close);
            progress.accept(seen.values().toString());
            shown(seen, bytesPerSecond > 0);
            for (Tier tier : List.of(Tier.CLOSE, Tier.MEDIUM)) {
                errors(tier, watching);
            }
            figures.add(
                    Figure.atMost(
                            prefix + "messages that the SDK could not apply",
                            watching.stream().mapToLong(Witness::faults).sum(),
                            "",
                            0));
        }
    }

    /** The gateway's settings for sessions of so many bytes a second. */
    static Map<String, Object> budget(int bytesPerSecond) {
        return Map.of("near", Map.of("bytes-per-second", bytesPerSecond));
    }

    private void shown(LoadFigures seen, boolean isLimited) {
        double rest = SHIPS - seen.value("close-held");
        plain("players in the battle", seen.value("players"), "players");
        plain("delivered to a player", seen.value("hz"), "Hz");
        plain("held CLOSE by a player, mean", seen.value("close-held"), "ships");
        figures.add(
                Figure.atLeast(
                        prefix + "held CLOSE by a player, least at any tick",
                        seen.value("close-held-min"),
                        "ships",
                        CLOSE_MIN));
        figures.add(
                Figure.atMost(
                        prefix + "held CLOSE by a player, most at any tick",
                        seen.value("close-held-max"),
                        "ships",
                        CLOSE_MAX));
        figures.add(
                Figure.atLeast(
                        prefix + "held MEDIUM by a player, of the rest",
                        100 * seen.value("medium-held") / rest,
                        "%",
                        100));
        plain("bytes to a player, mean", seen.value("bytes-per-client"), "B/s");
        String most = prefix + "bytes to a player, most";
        double bytes = seen.value("bytes-per-client-max");
        figures.add(
                isLimited
                        ? Figure.atMost(most, bytes, "B/s", BYTES_PER_SECOND)
                        : Figure.plain(most, bytes, "B/s"));
        plain("of these, rows of CLOSE", seen.value("close-row-bytes"), "B/s");
        plain("of these, rows of MEDIUM", seen.value("medium-row-bytes"), "B/s");
        plain("of these, whole entities", seen.value("entered-bytes"), "B/s");
        plain("of these, LOW and SENSOR", seen.value("frame-bytes"), "B/s");
        plain("rows of place at CLOSE", seen.value("close-place-rows"), "1/s");
        plain("other rows at CLOSE", seen.value("close-other-rows"), "1/s");
        plain("rows of place at MEDIUM", seen.value("medium-place-rows"), "1/s");
        plain("other rows at MEDIUM", seen.value("medium-other-rows"), "1/s");
    }

    private void plain(String name, double value, String unit) {
        figures.add(Figure.plain(prefix + name, value, unit));
    }

    private void errors(Tier tier, List<Witness> witnesses) {
        boolean close = tier == Tier.CLOSE;
        error(
                tier + ", place",
                merged(witnesses, w -> w.placeErrors(tier)),
                "m",
                close ? CLOSE_METRES : MEDIUM_METRES);
        error(
                tier + ", attitude",
                merged(witnesses, w -> w.attitudeErrors(tier)),
                "degrees",
                close ? CLOSE_DEGREES : MEDIUM_DEGREES);
    }

    private void error(String what, Histogram errors, String unit, double bound) {
        long total = Math.max(1, errors.getTotalCount());
        long steps = Math.round(bound / Witness.STEP);
        double beyond = total - errors.getCountBetweenValues(0, steps);
        plain(what + ": comparisons", errors.getTotalCount(), "");
        plain(what + ": error p99", errors.getValueAtPercentile(99) * Witness.STEP, unit);
        plain(what + ": error, most", errors.getMaxValue() * Witness.STEP, unit);
        figures.add(
                Figure.atMost(
                        prefix + "%s: beyond %.2f %s".formatted(what, bound, unit),
                        100.0 * beyond / total,
                        "%",
                        0));
    }

    private static Histogram merged(List<Witness> witnesses, Function<Witness, Histogram> which) {
        Histogram all = new Histogram(3);
        witnesses.forEach(witness -> all.add(which.apply(witness)));
        return all;
    }
}
