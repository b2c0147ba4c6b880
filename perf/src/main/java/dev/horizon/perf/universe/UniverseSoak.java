package dev.horizon.perf.universe;

import dev.horizon.engine.schedule.SystemTimings;
import dev.horizon.perf.Figure;
import dev.horizon.plugins.convoys.Hauler;
import dev.horizon.plugins.economy.Industry;
import dev.horizon.plugins.economy.Ledger;
import dev.horizon.plugins.market.Quotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets the universe live for long, and looks whether every unit and credit is accounted for: the
 * audit counts all of them in each tick and throws where one is missing, which ends the run. The
 * other figures say whether anything happened that could have lost one.
 */
public final class UniverseSoak {
    private static final int PROGRESS_PARTS = 10;
    private static final double LAST_TENTH_MIN = 0.5;
    private static final double MICROS = 1_000;

    private final int ticks;
    private final int objects;
    private final long seed;
    private final Consumer<String> progress;
    private String breakdown = "";

    /**
     * Prepares.
     *
     * @param ticks to live
     * @param objects a fifth of them ships
     * @param progress is told how far it is
     */
    public UniverseSoak(int ticks, int objects, long seed, Consumer<String> progress) {
        this.ticks = ticks;
        this.objects = objects;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Lives.
     *
     * @throws IllegalStateException when the books don't balance, or anything else throws
     */
    public List<Figure> run() {
        try (UniverseWorld world = new UniverseWorld(objects, seed)) {
            long[] prices = new long[0];
            long moved = 0;
            long cyclesBefore = 0;
            for (int tick = 1; tick <= ticks; tick++) {
                world.step();
                if (tick % 1_000 == 0) {
                    long[] now = prices(world);
                    moved += changes(prices, now);
                    prices = now;
                }
                if (tick == ticks - ticks / PROGRESS_PARTS) {
                    cyclesBefore = cycles(world);
                }
                if (tick % Math.max(1, ticks / PROGRESS_PARTS) == 0) {
                    progress.accept(
                            String.format(
                                    Locale.ROOT,
                                    "tick %,d of %,d: %s",
                                    tick,
                                    ticks,
                                    world.command("economy:ledger").replace('\n', ' ')));
                }
            }
            breakdown = describe(world);
            List<Figure> figures = new ArrayList<>(figures(world, moved));
            figures.add(lastCycles(cycles(world) - cyclesBefore, cycles(world)));
            return figures;
        }
    }

    /** What came to a standstill would still balance. */
    private static Figure lastCycles(long last, long all) {
        return Figure.atLeast(
                "cycles of the last tenth of the ticks, to a tenth of all",
                (double) last * PROGRESS_PARTS / Math.max(1, all),
                "x",
                LAST_TENTH_MIN);
    }

    private static long cycles(UniverseWorld world) {
        long[] sum = {0};
        world.state()
                .forEach(
                        Industry.class,
                        id -> {
                            Industry industry = world.state().read(id, Industry.class);
                            sum[0] += industry == null ? 0 : industry.cycles();
                        });
        return sum[0];
    }

    /** What each plugin's systems took, as text. */
    public String breakdown() {
        return breakdown;
    }

    private List<Figure> figures(UniverseWorld world, long pricesMoved) {
        long[] sums = new long[3];
        world.state()
                .forEach(
                        Ledger.class,
                        id -> {
                            Ledger ledger = world.state().read(id, Ledger.class);
                            if (ledger != null) {
                                sums[0] += Math.abs(ledger.moneyCounted() - ledger.moneyExpected());
                                for (int i = 0; i < ledger.counted().length; i++) {
                                    sums[1] += Math.abs(ledger.counted()[i] - ledger.expected()[i]);
                                }
                            }
                        });
        world.state()
                .forEach(
                        Hauler.class,
                        id -> {
                            Hauler hauler = world.state().read(id, Hauler.class);
                            sums[2] += hauler == null ? 0 : hauler.trips();
                        });
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atLeast("ticks in which the books balanced", ticks, "ticks", ticks));
        figures.add(Figure.atMost("credits made or lost", sums[0], "credits", 0));
        figures.add(Figure.atMost("goods made or lost beyond the declared", sums[1], "units", 0));
        figures.add(Figure.atLeast("trips of living freighters with goods", sums[2], "trips", 1));
        figures.add(Figure.atLeast("cycles of stations' industries", cycles(world), "cycles", 1));
        figures.add(
                Figure.plain(
                        "prices that moved, looked at each 1,000 ticks", pricesMoved, "times"));
        double mean = 0;
        for (double micros : byPlugin(world).values()) {
            mean += micros;
        }
        double sol = byPlugin(world).getOrDefault("sol", 0.0);
        figures.add(Figure.plain("systems of sol and the mechanisms", sol, "us/tick"));
        figures.add(Figure.plain("systems of all other plugins", mean - sol, "us/tick"));
        return figures;
    }

    private Map<String, Double> byPlugin(UniverseWorld world) {
        Map<String, Double> micros = new LinkedHashMap<>();
        for (SystemTimings system : world.timings()) {
            String plugin = system.name().substring(0, system.name().indexOf('/'));
            double total = system.nanosPerTick().getMean() * system.runs() / MICROS / ticks;
            micros.merge(plugin, total, Double::sum);
        }
        return micros;
    }

    private String describe(UniverseWorld world) {
        StringBuilder text = new StringBuilder();
        for (SystemTimings system : world.timings()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-24s %9.2f us a tick, p99 of its runs %9.1f us%n",
                            system.name(),
                            system.nanosPerTick().getMean() * system.runs() / MICROS / ticks,
                            system.nanosPerTick().getValueAtPercentile(99) / MICROS));
        }
        byPlugin(world)
                .forEach((plugin, micros) ->
                        text.append(
                                String.format(
                                        Locale.ROOT, "%-26s %9.2f us a tick%n", plugin, micros)));
        return text.toString();
    }

    private static long[] prices(UniverseWorld world) {
        List<Long> prices = new ArrayList<>();
        world.state()
                .forEach(
                        Quotes.class,
                        id -> {
                            Quotes quotes = world.state().read(id, Quotes.class);
                            if (quotes != null) {
                                Arrays.stream(quotes.bid()).forEach(prices::add);
                                Arrays.stream(quotes.ask()).forEach(prices::add);
                            }
                        });
        return prices.stream().mapToLong(Long::longValue).toArray();
    }

    private static long changes(long[] before, long[] now) {
        long count = 0;
        for (int i = 0; i < Math.min(before.length, now.length); i++) {
            count += before[i] == now[i] ? 0 : 1;
        }
        return count;
    }
}
