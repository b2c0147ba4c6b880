package dev.horizon.perf.tape;

import dev.horizon.perf.Figure;
import dev.horizon.perf.live.SnapshotTicks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that {@code horizon bench tape} measures, part by part. */
public final class TapeBench {
    /** What can be asked for. */
    public static final List<String> PARTS =
            List.of("capture", "snapshot", "replay", "divergence", "sameness", "kill", "standby");

    private static final int MIDDLE = 10_000;
    private static final int LARGE = 100_000;

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What to measure.
     *
     * @param parts some of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param seed of layout, inputs and kills
     * @param ticks of a block
     * @param rounds blocks of each side
     * @param kills of the series
     * @param takeovers of a chain of standbys
     * @param replayTicks of the star system's tape that is replayed
     * @param longTicks of two tapes that part at their end
     * @param sameTicks of the tape that different processes run
     */
    public record Plan(
            List<String> parts,
            Path launcher,
            long seed,
            int ticks,
            int rounds,
            int kills,
            int takeovers,
            int replayTicks,
            int longTicks,
            int sameTicks) {}

    /** Prepares; progress is told what runs next. */
    public TapeBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (String part : plan.parts()) {
            figures.addAll(
                    switch (part) {
                        case "capture" ->
                                new CaptureCost(plan.seed(), plan.ticks(), plan.rounds(), progress)
                                        .run();
                        case "snapshot" -> {
                            SnapshotTicks ticks =
                                    new SnapshotTicks(plan.seed(), plan.ticks(), progress);
                            List<Figure> both = new ArrayList<>(ticks.measure(MIDDLE));
                            both.addAll(ticks.measure(LARGE));
                            yield both;
                        }
                        case "replay" ->
                                new ReplayCost(
                                                home(),
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.replayTicks(),
                                                progress)
                                        .run();
                        case "divergence" ->
                                new DivergenceCost(plan.seed(), plan.longTicks(), progress).run();
                        case "sameness" ->
                                new TapeSameness(home(), plan.seed(), plan.sameTicks(), progress)
                                        .run();
                        case "kill" ->
                                new KillSeries(plan.launcher(), plan.seed(), plan.kills(), progress)
                                        .run();
                        case "standby" ->
                                new TakeoverSeries(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.takeovers(),
                                                progress)
                                        .run();
                        default ->
                                throw new IllegalArgumentException(part + " is none of " + PARTS);
                    });
        }
        return figures;
    }

    /** Of the distribution, as the launcher told. */
    private static Path home() {
        return Path.of(System.getProperty("horizon.home", ""));
    }
}
