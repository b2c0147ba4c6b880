package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tape on which one goes forth and back: keeps moments of what it ran, so that a tick just seen
 * is near. One thread.
 */
public final class Timeline implements AutoCloseable {
    /** Ticks between two moments that are kept: a step back runs so many at most. */
    private static final int KEEP_TICKS = 50;

    /** Bytes of moments; beyond it every second one goes. */
    private static final long KEPT_BYTES_MAX = 256L << 20;

    private final TapeSource source;
    private final TreeMap<Long, Kept> kept = new TreeMap<>();
    private long keptBytes;
    private int keepTicks = KEEP_TICKS;
    private Rerun rerun;

    /** Where a moment stands on the tape. */
    private record Kept(Moment moment, TapeSetup setup, long position) {}

    /** Stands before the first tick of the tape. */
    public Timeline(TapeSource from) {
        // Only one replay is open at a time, so all can use the same plugins.
        Map<List<TapeSetup.PluginJar>, LoadedPlugins> loaded = new HashMap<>();
        source =
                new TapeSource(
                        from.file(),
                        setup ->
                                loaded.computeIfAbsent(
                                        setup.plugins(), jars -> from.plugins().apply(setup)),
                        from.threads(),
                        from.isSpread());
        rerun = source.start();
    }

    /** The replay where it stands. */
    public Rerun rerun() {
        return rerun;
    }

    /**
     * Goes to the end of a tick, forth or back.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-020 when the tape doesn't have it
     */
    public Rerun seek(long tick) {
        Kept nearest = nearest(tick);
        boolean isBehind = tick < rerun.tick();
        if (nearest != null && (isBehind || nearest.moment().tick() > rerun.tick())) {
            goTo(nearest);
        } else if (isBehind || isNearerOnTape(tick)) {
            rerun.close();
            rerun = Rerun.of(source, tick);
        }
        if (tick < rerun.tick()) {
            rerun.runTo(tick);
        }
        while (rerun.tick() < tick && step()) {
            // The step keeps what is worth it.
        }
        rerun.runTo(tick);
        return rerun;
    }

    /** Runs the next tick; false at the tape's end. */
    public boolean step() {
        boolean isDone = rerun.step();
        keepIfDue();
        return isDone;
    }

    /**
     * Runs the next tick, and says how it went.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-020 at the tape's end
     */
    public TickSummary summary() {
        TickSummary summary = TickSummary.ofNext(rerun);
        keepIfDue();
        return summary;
    }

    private void keepIfDue() {
        if (rerun.hasNext() && rerun.tick() % keepTicks == 0) {
            keep();
        }
    }

    private @Nullable Kept nearest(long tick) {
        Map.Entry<Long, Kept> entry = kept.floorEntry(tick);
        return entry == null || isSnapshotWithin(entry.getKey() + 1, tick)
                ? null
                : entry.getValue();
    }

    /** True when a snapshot saves ticks that would be run from here. */
    private boolean isNearerOnTape(long tick) {
        return isSnapshotWithin(rerun.tick() + keepTicks, tick);
    }

    private boolean isSnapshotWithin(long from, long to) {
        return source.file().snapshots().stream()
                .anyMatch(snapshot -> snapshot.tick() >= from && snapshot.tick() <= to);
    }

    private void goTo(Kept to) {
        rerun.close();
        rerun =
                Rerun.of(
                        source,
                        to.moment(),
                        new TapeCursor(source.file(), to.setup(), to.position()));
    }

    private void keep() {
        if (kept.containsKey(rerun.tick())) {
            return;
        }
        Moment moment = rerun.runner().moment();
        kept.put(rerun.tick(), new Kept(moment, rerun.setup(), rerun.nextPosition()));
        keptBytes += moment.world().length;
        while (keptBytes > KEPT_BYTES_MAX && kept.size() > 1) {
            keepTicks *= 2;
            kept.entrySet().removeIf(entry -> entry.getKey() % keepTicks != 0);
            keptBytes = kept.values().stream().mapToLong(one -> one.moment().world().length).sum();
        }
    }

    @Override
    public void close() {
        rerun.close();
    }
}
