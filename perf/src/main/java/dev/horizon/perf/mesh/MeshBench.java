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
    public static final List<String> PARTS = List.of("gap", "leader", "nodes", "rate", "galaxy");

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What to measure.
     *
     * @param parts some of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param seed of what is moved and killed
     * @param withRivals to fetch Pekko and have it do the same
     * @param gapRounds hand-overs of a thousand entities
     * @param leaderKills of members that lead
     * @param leaderTransfers while they are killed
     * @param nodeKills of nodes
     * @param nodeTransfers while they are killed
     * @param rateEntities that are moved as fast as can be
     * @param galaxySeconds of the cluster's time
     */
    public record Plan(
            List<String> parts,
            Path launcher,
            long seed,
            boolean withRivals,
            int gapRounds,
            int leaderKills,
            int leaderTransfers,
            int nodeKills,
            int nodeTransfers,
            int rateEntities,
            int galaxySeconds) {}

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
                            TransferGap gap = new TransferGap(plan.gapRounds());
                            List<Figure> all = new ArrayList<>(gap.run());
                            if (plan.withRivals()) {
                                progress.accept("mesh: Pekko");
                                all.addAll(new Pekko(plan.gapRounds()).run(gap.beyondMillis()));
                            }
                            yield all;
                        }
                        case "leader" ->
                                new KillsUnderTransfers(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.leaderKills(),
                                                plan.leaderTransfers(),
                                                progress)
                                        .ofLeaders();
                        case "nodes" ->
                                new KillsUnderTransfers(
                                                plan.launcher(),
                                                plan.seed(),
                                                plan.nodeKills(),
                                                plan.nodeTransfers(),
                                                progress)
                                        .ofNodes();
                        case "rate" ->
                                new TransferRate(plan.launcher(), plan.rateEntities(), progress)
                                        .run();
                        case "galaxy" -> new Galaxy(plan.seed(), plan.galaxySeconds()).run();
                        default ->
                                throw new IllegalArgumentException(part + " is none of " + PARTS);
                    });
        }
        return figures;
    }
}
