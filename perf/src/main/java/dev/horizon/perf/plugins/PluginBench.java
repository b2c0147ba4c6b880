package dev.horizon.perf.plugins;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What plugins cost, what their faults touch, and what players notice of reloads; by parts. */
public final class PluginBench {
    /** What can be measured by itself. */
    public static final List<String> PARTS =
            List.of("author", "events", "faults", "cost", "reloads");

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What is asked for.
     *
     * @param parts some of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param faults to be injected
     * @param players connected during reloads
     * @param reloads in a row
     */
    public record Plan(List<String> parts, Path launcher, int faults, int players, int reloads) {}

    /**
     * Prepares.
     *
     * @param progress is told how far it is
     */
    public PluginBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (String part : plan.parts()) {
            switch (part) {
                case "author" -> figures.addAll(new FirstPlugin(plan.launcher(), progress).run());
                case "events" -> figures.addAll(new EventCost().run());
                case "faults" -> figures.addAll(new FaultStorm(plan.faults(), progress).run());
                case "cost" -> figures.addAll(new PluginCost().run());
                case "reloads" ->
                        figures.addAll(
                                new Reloads(
                                                plan.launcher(),
                                                plan.players(),
                                                plan.reloads(),
                                                progress)
                                        .run());
                default -> throw new IllegalArgumentException(part + " is none of " + PARTS);
            }
        }
        return figures;
    }
}
