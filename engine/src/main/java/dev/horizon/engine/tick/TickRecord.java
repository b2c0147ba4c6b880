package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.storage.MarkWatch;
import dev.horizon.engine.storage.WorldState;

/**
 * Tells the log what a tick came to, once the log has room for it, and looks after what no hash
 * tells. Tick thread; allocates nothing unless it finds something.
 */
final class TickRecord {
    private final WorldState world;
    private final TickLog log;
    private final Quarantine quarantine;
    private final TickMetrics metrics;
    private final MarkWatch marks;
    private ColumnHashes hashes;
    private boolean isPending;
    private long faultsBefore;

    TickRecord(WorldState world, TickLog log, Quarantine quarantine, TickMetrics metrics) {
        this.world = world;
        this.log = log;
        this.quarantine = quarantine;
        this.metrics = metrics;
        marks = new MarkWatch(world);
        hashes = new ColumnHashes(world);
    }

    /** The world's components are others from now on. */
    void componentsChanged() {
        hashes = new ColumnHashes(world);
    }

    /** Hashes what the tick changed; returns the hash of the world. */
    long take() {
        return hashes.take();
    }

    /** Records the tick's end, or leaves it for {@link #flush} where the log has no room. */
    void write(long tick, long nanos) {
        long faults = quarantine.total();
        hashes.write(tick, nanos, (int) (faults - faultsBefore));
        faultsBefore = faults;
        isPending = true;
        flush();
        watchMarks(tick);
    }

    /** Records what waits; false while the log has no room for it. */
    boolean flush() {
        isPending = isPending && log.offer(hashes.buffer(), 0, hashes.length()) < 0;
        return !isPending;
    }

    private void watchMarks(long tick) {
        String found = marks.look();
        if (found != null) {
            metrics.increment(Counter.UNMARKED_WRITES);
            String what = found + ", was written without a mark";
            quarantine.add(
                    "engine/marks", "engine", tick, what, new HorizonException("HZ-WLD-009", what));
        }
    }
}
