package dev.horizon.engine.storage;

import org.jspecify.annotations.Nullable;

/**
 * Goes round all columns, some ranges a tick, and compares what the hash says with the rows: a
 * write that its system didn't mark is in neither hash nor frame until then. Tick thread, between
 * the hash of a tick and the next write; allocates nothing unless it finds something.
 */
public final class MarkWatch {
    /** Some microseconds a tick; 10,000 objects are looked through in some ten seconds. */
    private static final int RANGES_PER_TICK = 2;

    private final WorldState world;
    private int table;
    private int slot;
    private int range;

    /** Watches a world. */
    public MarkWatch(WorldState world) {
        this.world = world;
    }

    /** Looks at the next ranges; what was written there without a mark, or null. */
    public @Nullable String look() {
        for (int looks = 0; looks < RANGES_PER_TICK && advance(); looks++) {
            String found = world.table(table).takeUnmarkedWrite(slot, range);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Goes to the next range that has rows; false where no table has any. */
    private boolean advance() {
        range++;
        for (int tables = 0; tables <= world.tableCount(); tables++) {
            if (table < world.tableCount()) {
                Table at = world.table(table);
                if (range >= RangeHashes.ranges(at.size())) {
                    range = 0;
                    slot++;
                }
                if (at.size() > 0 && slot < at.columns().length) {
                    return true;
                }
            }
            table = table + 1 < world.tableCount() ? table + 1 : 0;
            slot = 0;
            range = 0;
        }
        return false;
    }
}
