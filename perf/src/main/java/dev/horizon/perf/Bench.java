package dev.horizon.perf;

import dev.horizon.perf.battle.Battle;
import dev.horizon.perf.determinism.Sameness;
import dev.horizon.perf.determinism.TapeWays;
import dev.horizon.perf.fanout.FanOut;
import dev.horizon.perf.gate.Gate;
import dev.horizon.perf.live.FullTick;
import dev.horizon.perf.mesh.MeshBench;
import dev.horizon.perf.plugins.PluginBench;
import dev.horizon.perf.rivals.Rivals;
import dev.horizon.perf.start.StartUp;
import dev.horizon.perf.tape.TapeBench;
import dev.horizon.perf.underload.LoadBench;
import dev.horizon.perf.universe.UniverseSoak;
import dev.horizon.perf.wire.Wire;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the verb {@code horizon bench} runs, in a process of its own that is set up as a node's is:
 * measures, prints a table or JSON, and ends with 3 when a figure with a goal doesn't hold.
 */
public final class Bench {
    private static final int EXIT_MISSED = 3;
    private static final int ROUNDS = 3;
    private static final int WARM_UP_TICKS = 500;

    /**
     * Of what ticks in milliseconds: first docking, first reinforcements, and the compiler's work,
     * which shares the two cores with the ticks until some 4,000 are done.
     */
    private static final int SMALL_WARM_UP_TICKS = 5_000;

    private static final int BLOCK_TICKS = 200;
    private static final int CI_TICKS = 1_000;
    private static final int CI_OBJECTS = 1_000;
    private static final long CI_SECONDS_MAX = 300;
    private static final long LONG_SECONDS_MAX = 6 * 3600;
    private static final int SECONDS = 20;
    private static final int QUICK_SECONDS = 5;
    private static final int QUICK_PLAYERS = 200;
    private static final int RAMP_PER_SECOND = 250;
    private static final int CLIENTS = 50;
    private static final int QUICK_CLIENTS = 10;
    private static final int ENCODE_TICKS = 2_000;
    private static final int QUICK_ENCODE_TICKS = 100;
    private static final int BATTLE_PLAYERS = 300;
    private static final int WATCHERS = 10_000;
    private static final int PAIRS = 15;
    private static final int PAIR_SECONDS = 3;
    private static final int UNIVERSE_TICKS = 1_000_000;
    private static final int UNIVERSE_OBJECTS = 500;
    private static final int TAPE_TICKS = 100;
    private static final int FULL_TAPE_TICKS = 400;
    private static final int TAPE_ROUNDS = 3;
    private static final int FULL_TAPE_ROUNDS = 7;
    private static final int REPLAY_TICKS = 1_500;
    private static final int FULL_REPLAY_TICKS = 72_000;
    private static final int LONG_TICKS = 100_000;
    private static final int FULL_LONG_TICKS = 1_000_000;
    private static final int SAME_TICKS = 1_000;
    private static final int FULL_SAME_TICKS = 100_000;
    private static final int KILLS = 10;
    private static final int FULL_KILLS = 200;
    private static final int TAKEOVERS = 3;
    private static final int FULL_TAKEOVERS = 30;
    private static final int FAULTS = 10_000;
    private static final int RELOADS = 20;
    private static final int FULL_RELOADS = 1_000;
    private static final int RELOAD_PLAYERS = 50;
    private static final int FULL_RELOAD_PLAYERS = 500;
    private static final int RATED_PLAYERS = 5_000;
    private static final int RATED_SECONDS = 60;
    private static final int FULL_RATED_SECONDS = 300;
    private static final int RAIDS = 4;
    private static final int FULL_FUZZ_INPUTS = 100_000_000;
    private static final int FULL_RAIDS = 10;
    private static final int RIVAL_ROUNDS = 5;
    private static final int RIVAL_CLIENTS = 300;
    private static final int RIVAL_SECONDS = 10;
    private static final List<String> PARTS = List.of("start", "tick", "determinism", "core");

    private final List<String> arguments;

    private Bench(List<String> arguments) {
        this.arguments = arguments;
    }

    /**
     * Measures and reports.
     *
     * @param arguments what to measure, then options as the verb checked them
     */
    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench(Arrays.asList(arguments));
        boolean holds =
                switch (arguments.length == 0 ? "" : arguments[0]) {
                    case "micro" -> bench.micro();
                    case "determinism" -> bench.determinism();
                    case "fanout" -> bench.fanOut();
                    case "wire" -> bench.wire();
                    case "battle" -> bench.battle();
                    case "universe" -> bench.universe();
                    case "tape" -> bench.tape();
                    case "plugins" -> bench.plugins();
                    case "mesh" -> bench.mesh();
                    case "load" -> bench.load();
                    case "rivals" -> bench.rivals();
                    case "gate" -> bench.gate();
                    default ->
                            throw new IllegalArgumentException(
                                    "horizon bench micro | determinism | fanout | wire | battle |"
                                            + " universe | tape | plugins | mesh | load | rivals | gate");
                };
        System.exit(holds ? 0 : EXIT_MISSED);
    }

    private boolean micro() throws Exception {
        List<String> parts = parts(PARTS);
        List<Figure> figures = new ArrayList<>();
        String breakdown = "";
        for (String part : parts) {
            switch (part) {
                case "start" -> figures.addAll(new StartUp(launcher(), Bench::progress).run());
                case "tick" -> {
                    FullTick tick =
                            new FullTick(
                                    HorizonBench.SEED,
                                    SMALL_WARM_UP_TICKS,
                                    WARM_UP_TICKS,
                                    BLOCK_TICKS,
                                    Bench::progress);
                    figures.addAll(tick.run());
                    breakdown = tick.breakdown();
                }
                case "determinism" ->
                        figures.addAll(
                                new Sameness(
                                                CI_TICKS,
                                                CI_OBJECTS,
                                                HorizonBench.SEED,
                                                CI_SECONDS_MAX,
                                                Bench::progress)
                                        .run());
                case "core" ->
                        figures.addAll(MicroBench.run(number("--rounds", ROUNDS), Bench::progress));
                default -> throw new IllegalArgumentException(part + " is none of " + PARTS);
            }
        }
        return print(figures, breakdown);
    }

    private boolean determinism() throws Exception {
        String tape = value("--tape", "");
        if (!tape.isEmpty()) {
            return print(new TapeWays(Path.of(tape), LONG_SECONDS_MAX, Bench::progress).run(), "");
        }
        Sameness sameness =
                new Sameness(
                        number("--ticks", CI_TICKS),
                        number("--objects", CI_OBJECTS),
                        seed(),
                        LONG_SECONDS_MAX,
                        Bench::progress);
        return print(sameness.run(), "");
    }

    private boolean fanOut() throws Exception {
        boolean quick = arguments.contains("--quick");
        boolean isAeron = arguments.contains("--aeron");
        int most = isAeron ? FanOut.AERON_PLAYERS_MAX : FanOut.PLAYERS;
        FanOut fanOut =
                new FanOut(
                        new FanOut.Plan(
                                launcher(),
                                number("--players", quick ? QUICK_PLAYERS : most),
                                number("--seconds", quick ? QUICK_SECONDS : SECONDS),
                                arguments.contains("--curve"),
                                !arguments.contains("--together"),
                                isAeron,
                                number("--ramp", RAMP_PER_SECOND),
                                arguments.contains("--verbose")),
                        Bench::progress);
        List<Figure> figures = fanOut.run();
        if (!fanOut.breakdown().isEmpty()) {
            System.err.println(fanOut.breakdown());
        }
        return print(figures, "");
    }

    private boolean wire() throws Exception {
        boolean quick = arguments.contains("--quick");
        Wire wire =
                new Wire(
                        new Wire.Plan(
                                parts(Wire.PARTS),
                                quick ? QUICK_CLIENTS : CLIENTS,
                                number("--seconds", quick ? QUICK_SECONDS : SECONDS),
                                quick ? QUICK_ENCODE_TICKS : ENCODE_TICKS,
                                arguments.contains("--rivals")),
                        Bench::progress);
        return print(wire.run(), "");
    }

    private boolean battle() throws Exception {
        boolean quick = arguments.contains("--quick");
        Battle battle =
                new Battle(
                        new Battle.Plan(
                                parts(Battle.PARTS),
                                BATTLE_PLAYERS,
                                number("--seconds", quick ? QUICK_SECONDS : SECONDS),
                                quick ? QUICK_PLAYERS : WATCHERS,
                                number("--pairs", quick ? 1 : PAIRS),
                                quick ? 2 : PAIR_SECONDS,
                                quick ? QUICK_ENCODE_TICKS : ENCODE_TICKS),
                        Bench::progress);
        return print(battle.run(), "");
    }

    private boolean universe() {
        UniverseSoak soak =
                new UniverseSoak(
                        number("--ticks", UNIVERSE_TICKS),
                        number("--objects", UNIVERSE_OBJECTS),
                        seed(),
                        Bench::progress);
        return print(soak.run(), soak.breakdown());
    }

    private boolean tape() throws Exception {
        boolean isFull = arguments.contains("--full");
        TapeBench tape =
                new TapeBench(
                        new TapeBench.Plan(
                                parts(TapeBench.PARTS),
                                launcher(),
                                seed(),
                                isFull ? FULL_TAPE_TICKS : TAPE_TICKS,
                                isFull ? FULL_TAPE_ROUNDS : TAPE_ROUNDS,
                                number("--kills", isFull ? FULL_KILLS : KILLS),
                                number("--takeovers", isFull ? FULL_TAKEOVERS : TAKEOVERS),
                                isFull ? FULL_REPLAY_TICKS : REPLAY_TICKS,
                                isFull ? FULL_LONG_TICKS : LONG_TICKS,
                                isFull ? FULL_SAME_TICKS : SAME_TICKS),
                        Bench::progress);
        return print(tape.run(), "");
    }

    private boolean plugins() throws Exception {
        boolean isFull = arguments.contains("--full");
        PluginBench.Plan plan =
                new PluginBench.Plan(
                        parts(PluginBench.PARTS),
                        launcher(),
                        FAULTS,
                        isFull ? FULL_RELOAD_PLAYERS : RELOAD_PLAYERS,
                        isFull ? FULL_RELOADS : RELOADS);
        return print(new PluginBench(plan, Bench::progress).run(), "");
    }

    private boolean mesh() throws Exception {
        MeshBench.Plan plan =
                new MeshBench.Plan(
                        parts(MeshBench.PARTS),
                        launcher(),
                        seed(),
                        arguments.contains("--rivals"),
                        arguments.contains("--full") ? MeshBench.Size.FULL : MeshBench.Size.SHORT);
        return print(new MeshBench(plan, Bench::progress).run(), "");
    }

    private boolean load() throws Exception {
        boolean isFull = arguments.contains("--full");
        LoadBench.Plan plan =
                new LoadBench.Plan(
                        parts(LoadBench.PARTS),
                        launcher(),
                        number("--players", RATED_PLAYERS),
                        number("--seconds", isFull ? FULL_RATED_SECONDS : RATED_SECONDS),
                        Math.max(2, number("--pairs", isFull ? FULL_RAIDS : RAIDS)),
                        number("--inputs", isFull ? FULL_FUZZ_INPUTS : 0));
        return print(new LoadBench(plan, Bench::progress).run(), "");
    }

    private boolean rivals() throws Exception {
        boolean isQuick = arguments.contains("--quick");
        Rivals.Plan plan =
                new Rivals.Plan(
                        parts(Rivals.PARTS),
                        launcher(),
                        isQuick ? 1 : RIVAL_ROUNDS,
                        isQuick ? QUICK_CLIENTS : RIVAL_CLIENTS,
                        isQuick ? QUICK_SECONDS : RIVAL_SECONDS);
        List<Figure> figures = new Rivals(plan, Bench::progress).run();
        if (arguments.contains("--write")) {
            DocumentSection.write(
                    launcher().resolveSibling("docs/benchmarks.md"),
                    "rivals",
                    LocalDate.now(ZoneOffset.UTC)
                            + ", "
                            + Report.markdown(figures, arguments, seed()));
        }
        return print(figures, "");
    }

    private boolean gate() throws Exception {
        Gate gate =
                new Gate(
                        launcher(),
                        launcher().resolveSibling("perf/baseline.tsv"),
                        Bench::progress);
        return print(
                arguments.contains("--record")
                        ? gate.record(LocalDate.now(ZoneOffset.UTC) + ", " + Report.origin())
                        : gate.run(),
                "");
    }

    private boolean print(List<Figure> figures, String breakdown) {
        if (arguments.contains("--json")) {
            System.out.println(Report.json(figures, arguments, seed()));
        } else if (arguments.contains("--markdown")) {
            System.out.println(Report.markdown(figures, arguments, seed()));
        } else {
            System.out.println(Report.table(figures));
        }
        if (arguments.contains("--verbose")) {
            System.err.println(breakdown);
        }
        return figures.stream().allMatch(Figure::holds);
    }

    private int seed() {
        return number("--seed", (int) HorizonBench.SEED);
    }

    /** Those that were asked for, or all. */
    private List<String> parts(List<String> all) {
        List<String> asked = values("--part");
        for (String part : asked) {
            if (!all.contains(part)) {
                throw new IllegalArgumentException(part + " is none of " + all);
            }
        }
        return asked.isEmpty() ? all : asked;
    }

    /** The verb tells where the launcher is. */
    private static Path launcher() {
        return Path.of(System.getProperty("horizon.launcher", "horizon")).toAbsolutePath();
    }

    private static void progress(String line) {
        System.err.println(line);
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(value(option, Integer.toString(otherwise)));
    }

    private String value(String option, String otherwise) {
        List<String> values = values(option);
        return values.isEmpty() ? otherwise : values.getLast();
    }

    private List<String> values(String option) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i < arguments.size() - 1; i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }
}
