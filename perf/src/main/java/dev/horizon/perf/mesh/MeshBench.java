package dev.horizon.perf.mesh;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that {@code horizon bench mesh} measures, part by part. */
public final class MeshBench {
    /** What can be asked for. */
    public static final List<String> PARTS =
            List.of("gap", "leader", "nodes", "standby", "rate", "split", "partitions", "galaxy");

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What to measure.
     *
     * @param parts some of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param seed of what is moved and killed
     * @param withRivals to fetch Pekko and have it do the same
     * @param size of all parts
     */
    public record Plan(
            List<String> parts, Path launcher, long seed, boolean withRivals, Size size) {}

    /**
     * How much of everything.
     *
     * @param gapRounds hand-overs of a thousand entities
     * @param kills of members that lead, of nodes, and of nodes that have a standby
     * @param transfers while any of them are killed
     * @param rateEntities that are moved as fast as can be
     * @param galaxySeconds of the cluster's time
     * @param splitShips of a region that is cut in two
     * @param splitPlayers in it
     * @param partitions of the network
     */
    public record Size(
            int gapRounds,
            int kills,
            int transfers,
            int rateEntities,
            int galaxySeconds,
            int splitShips,
            int splitPlayers,
            int partitions) {
        /** Minutes. */
        public static final Size SHORT = new Size(10, 5, 300, 60_000, 10, 1_000, 100, 3);

        /** Hours; of what is promised, what is promised. */
        public static final Size FULL = new Size(100, 200, 10_000, 600_000, 120, 5_000, 500, 100);
    }

    /** Prepares; progress is told what runs next. */
    public MeshBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (String part : plan.parts()) {
            progress.accept("mesh: " + part);
            figures.addAll(
                    switch (part) {
                        case "gap" -> {
                            TransferGap gap = new TransferGap(plan.size().gapRounds());
                            List<Figure> all = new ArrayList<>(gap.run());
                            if (plan.withRivals()) {
                                progress.accept("mesh: Pekko");
                                all.addAll(
                                        new Pekko(plan.size().gapRounds()).run(gap.beyondMillis()));
                            }
                            yield all;
                        }
                        case "leader" ->
                                new KillsUnderTransfers(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.size().kills(),
                                                plan.size().transfers(),
                                                progress)
                                        .ofLeaders();
                        case "nodes" ->
                                new KillsUnderTransfers(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.size().kills(),
                                                plan.size().transfers(),
                                                progress)
                                        .ofNodes();
                        case "standby" ->
                                new TakeoversUnderTransfers(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.size().kills(),
                                                plan.size().transfers(),
                                                progress)
                                        .run();
                        case "rate" ->
                                new TransferRate(
                                                plan.launcher(),
                                                plan.size().rateEntities(),
                                                progress)
                                        .run();
                        case "split" ->
                                new RegionSplit(
                                                plan.launcher(),
                                                plan.size().splitShips(),
                                                plan.size().splitPlayers(),
                                                progress)
                                        .run();
                        case "partitions" ->
                                Partitions.run(
                                        plan.launcher().resolveSibling(""),
                                        plan.seed(),
                                        plan.size().partitions());
                        case "galaxy" -> new Galaxy(plan.seed(), plan.size().galaxySeconds()).run();
                        default ->
                                throw new IllegalArgumentException(part + " is none of " + PARTS);
                    });
        }
        return figures;
    }
}
