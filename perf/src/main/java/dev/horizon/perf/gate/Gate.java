package dev.horizon.perf.gate;

import dev.horizon.perf.Figure;
import dev.horizon.perf.MicroBench;
import dev.horizon.perf.plugins.PluginBench;
import dev.horizon.perf.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code horizon bench gate}: whether a build is worse than the last release by more than noise, in
 * what a shared machine can tell: ratios within one run, and bytes. A loss is measured twice more
 * before it counts, and the median decides.
 */
public final class Gate {
    private static final int MEASUREMENTS_MAX = 3;
    private static final int WIRE_CLIENTS = 50;
    private static final int WIRE_SECONDS = 10;
    private static final int ENCODE_TICKS = 500;

    private final Path launcher;
    private final Path record;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param launcher the script {@code horizon}
     * @param record of the last release
     * @param progress is told what runs
     */
    public Gate(Path launcher, Path record, Consumer<String> progress) {
        this.launcher = launcher;
        this.record = record;
        this.progress = progress;
    }

    /** Measures, and compares with the record. */
    public List<Figure> run() throws Exception {
        Baseline baseline = Baseline.read(record);
        List<Map<String, Figure>> measured = new ArrayList<>();
        List<Figure> figures;
        do {
            measured.add(measure());
            figures = baseline.compare(measured);
        } while (measured.size() < MEASUREMENTS_MAX && !figures.stream().allMatch(Figure::holds));
        return figures;
    }

    /**
     * Measures three times, and writes the record that later builds are compared with.
     *
     * @param head what build, when, where: one line
     */
    public List<Figure> record(String head) throws Exception {
        List<Map<String, Figure>> measured = new ArrayList<>();
        for (int i = 0; i < MEASUREMENTS_MAX; i++) {
            measured.add(measure());
        }
        Baseline baseline = Baseline.of(measured);
        baseline.write(record, head);
        progress.accept("written to " + record);
        return baseline.compare(measured);
    }

    private Map<String, Figure> measure() throws Exception {
        List<Figure> all = new ArrayList<>(MicroBench.run(1, progress));
        all.addAll(
                new PluginBench(new PluginBench.Plan(List.of("cost"), launcher, 0, 0, 0), progress)
                        .run());
        all.addAll(wire());
        Map<String, Figure> named = new LinkedHashMap<>();
        for (Figure each : all) {
            // What has a goal has a better and a worse.
            if (each.goal() != null && (each.unit().equals("x") || each.unit().equals("B"))) {
                named.put(each.name(), each);
            }
        }
        return named;
    }

    private List<Figure> wire() throws IOException, InterruptedException {
        return new Wire(
                        new Wire.Plan(
                                List.of("bytes"), WIRE_CLIENTS, WIRE_SECONDS, ENCODE_TICKS, false),
                        progress)
                .run();
    }
}
