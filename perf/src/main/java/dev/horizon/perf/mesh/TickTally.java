package dev.horizon.perf.mesh;

import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** All ticks of a node since the beginning of something, by what each took. */
final class TickTally {
    private static final int BUDGETS_MAX = 2;

    private final LaunchedMesh mesh;
    private final URI ticks;
    private final long beganNanos = System.nanoTime();
    private final Map<Long, Long> before;
    private final long budgetMicros;

    /** Begins. */
    TickTally(LaunchedMesh mesh, NodeEntry node) throws IOException, InterruptedException {
        this.mesh = mesh;
        ticks = URI.create(node.pages()).resolve("/api/ticks");
        JsonNode now = mesh.get(ticks);
        budgetMicros = now.path("budgetMicros").asLong();
        before = counts(now);
    }

    /** Adds what the ticks took until now. */
    void figures(List<Figure> to, String who) throws IOException, InterruptedException {
        Map<Long, Long> since = counts(mesh.get(ticks));
        before.forEach((micros, count) -> since.merge(micros, -count, Long::sum));
        since.values().removeIf(count -> count <= 0);
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        long all = since.values().stream().mapToLong(count -> count).sum();
        long slow =
                since.entrySet().stream()
                        .filter(each -> each.getKey() > BUDGETS_MAX * budgetMicros)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        long longest = since.keySet().stream().mapToLong(micros -> micros).max().orElse(0);
        to.add(
                Figure.atMost(
                        "split: ticks of %s beyond twice the budget of %d ms"
                                .formatted(who, budgetMicros / 1_000),
                        slow,
                        "",
                        0));
        to.add(Figure.plain("split: longest tick of " + who, longest / 1e3, "ms"));
        to.add(Figure.plain("split: ticks of " + who, all / seconds, "/s"));
    }

    private static Map<Long, Long> counts(JsonNode ticks) {
        Map<Long, Long> counts = new HashMap<>();
        ticks.path("buckets")
                .forEach(each -> counts.put(each.path(0).asLong(), each.path(1).asLong()));
        return counts;
    }
}
