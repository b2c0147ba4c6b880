package dev.horizon.perf.plugins;

import dev.horizon.perf.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events and faults, part by part. */
public final class PluginBench {
    /** What can be measured by itself. */
    public static final List<String> PARTS = List.of("events", "faults");

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What is asked for.
     *
     * @param parts some of {@link #PARTS}
     * @param faults to be injected
     */
    public record Plan(List<String> parts, int faults) {}

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
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        for (String part : plan.parts()) {
            switch (part) {
                case "events" -> figures.addAll(new EventCost().run());
                case "faults" -> figures.addAll(new FaultStorm(plan.faults(), progress).run());
                default -> throw new IllegalArgumentException(part + " is none of " + PARTS);
            }
        }
        return figures;
    }
}
