package dev.horizon.perf.tape;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Cause;
import dev.horizon.net.replay.Divergence;
import dev.horizon.net.replay.TapeIndex;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/** How long it takes to find where two long tapes part, and what wrote the difference. */
final class DivergenceCost {
    private static final int LIMIT = 20;

    /** Before their end. */
    private static final int PARTING_TICKS = 10;

    /** A snapshot each hundredth of the tapes. */
    private static final int SNAPSHOTS = 100;

    private static final double NANOS = 1e9;
    private static final InputSource NOBODY = (handler, limit) -> 0;

    private final long seed;
    private final int longTicks;
    private final Consumer<String> progress;

    /**
     * Prepares.
     *
     * @param longTicks of the two tapes that part at their end
     */
    DivergenceCost(long seed, int longTicks, Consumer<String> progress) {
        this.seed = seed;
        this.longTicks = longTicks;
        this.progress = progress;
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-bench-");
        try {
            return divergence(folder);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private List<Figure> divergence(Path folder) {
        int at = longTicks - PARTING_TICKS;
        progress.accept(String.format(Locale.ROOT, "divergence: twice %,d ticks", longTicks));
        TapeFile one = recorded(folder.resolve("one"), at, 1);
        TapeFile other = recorded(folder.resolve("other"), at, 2);
        long loading = System.nanoTime();
        TapeIndex index = TapeIndex.of(one);
        TapeIndex otherIndex = TapeIndex.of(other);
        double loadSeconds = (System.nanoTime() - loading) / NANOS;
        long start = System.nanoTime();
        Divergence parting = Divergence.find(one, index, other, otherIndex);
        if (parting == null || parting.tick() != at) {
            throw new IllegalStateException("they part at tick " + at + ", not at " + parting);
        }
        Cause cause = Cause.of(parting, fickle(one, at, 1), fickle(other, at, 2), LIMIT);
        double seconds = (System.nanoTime() - start) / NANOS;
        if (!cause.writers().equals(List.of("drifter/drift")) || cause.changes().isEmpty()) {
            throw new IllegalStateException("drifter/drift did it, not " + cause);
        }
        String size = String.format(Locale.ROOT, "%,d ticks", longTicks);
        return List.of(
                Figure.atMost(
                        "first divergence in " + size + ", hashes loaded, system and field named",
                        seconds,
                        "s",
                        2),
                Figure.plain("loading the hashes of both", loadSeconds, "s"));
    }

    private TapeFile recorded(Path data, int at, int step) {
        try (TapedRun run = new TapedRun(data, load(at, step), Map.of(), NOBODY, seed)) {
            run.ticks(longTicks, Math.max(1, longTicks / SNAPSHOTS));
        }
        return TapeFile.list(data).getFirst();
    }

    private static TapeSource fickle(TapeFile tape, int at, int step) {
        return TapeSource.of(tape, setup -> load(at, step), 1);
    }

    private static LoadedPlugins load(int at, int step) {
        Plugin plugin = new Drifter(at, step);
        PluginHost host = new PluginHost(true, Map.of());
        host.add(plugin, PluginDescriptor.of("drifter", Drifter.class));
        return host.load();
    }
}
