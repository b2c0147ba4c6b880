package dev.horizon.perf.rivals;

import dev.horizon.perf.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured in each round, by name: told as median, least and most. */
final class Rounds {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, Goal> goals = new LinkedHashMap<>();

    private record Goal(boolean isLeast, double value) {}

    void add(String name, double value, String unit) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        units.put(name, unit);
    }

    /** The same of a figure that must reach a value. */
    void addAtLeast(String name, double value, String unit, double goal) {
        add(name, value, unit);
        goals.put(name, new Goal(true, goal));
    }

    /** The same of a figure that must not exceed a value. */
    void addAtMost(String name, double value, String unit, double goal) {
        add(name, value, unit);
        goals.put(name, new Goal(false, goal));
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        values.forEach((name, of) -> {
            double[] sorted = of.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            String unit = units.getOrDefault(name, "");
            figures.add(figure(name, sorted[sorted.length / 2], unit, goals.get(name)));
            if (sorted.length > 1) {
                figures.add(Figure.plain("  least of " + sorted.length, sorted[0], unit));
                figures.add(Figure.plain("  most", sorted[sorted.length - 1], unit));
            }
        });
        return figures;
    }

    private static Figure figure(String name, double value, String unit, @Nullable Goal goal) {
        if (goal == null) {
            return Figure.plain(name, value, unit);
        }
        return goal.isLeast()
                ? Figure.atLeast(name, value, unit, goal.value())
                : Figure.atMost(name, value, unit, goal.value());
    }
}
