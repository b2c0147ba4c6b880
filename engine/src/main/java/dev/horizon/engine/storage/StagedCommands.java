package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityIdMapping;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The structural changes that one thread's systems asked for in this tick, in segments by (system,
 * range). A thread works through ranges in ascending order, so its segments ascend too, and apply
 * merges the threads' segments into the one order that doesn't depend on who ran what.
 */
public final class StagedCommands implements Commands, EntityIdMapping {
    /** Spawned entities of one composition, thread and tick. */
    private static final int ROWS_MAX = 1 << 20;

    /** Compositions that one thread has spawned. */
    private static final int COMPOSITIONS_MAX = 1 << 12;

    /** The block of provisional ids; never leased. */
    static final long PROVISIONAL_BLOCK = 0xFFFFFFL;

    private static final int INITIAL = 64;

    private final ComponentRegistry registry;
    private final @Nullable Column<?>[] added;
    private final int[] addedRows;

    private StagedRows[] spawned = new StagedRows[8];
    private int spawnedCount;

    private byte[] kinds = new byte[INITIAL];
    private long[] entities = new long[INITIAL];
    private int[] places = new int[INITIAL];
    private int[] rows = new int[INITIAL];
    private int size;

    /** Commands in segments that have ended. */
    private int filed;

    private long[] segmentKeys = new long[INITIAL];
    private int[] segmentEnds = new int[INITIAL];
    private boolean[] segmentDropped = new boolean[INITIAL];
    private int segments;

    /** Spawned in the segment that hasn't ended, and how many may be; 0 for any number. */
    private int spawnedInSegment;

    private int spawnedMax;
    private @Nullable SpawnRights rights;
    private int next;
    private int segmentStart;

    /** Commands of one thread in a world with these components. */
    public StagedCommands(ComponentRegistry registry) {
        this.registry = registry;
        int types = registry.types().size();
        this.added = new Column<?>[types];
        this.addedRows = new int[types];
    }

    /** Makes room for added components of what a system may add, before its first tick. */
    public void prepare(SpawnRights systemRights) {
        for (ComponentType<?> type : systemRights.types()) {
            int ordinal = registry.ordinal(type);
            if (added[ordinal] == null) {
                added[ordinal] = type.newColumn(INITIAL);
            }
        }
    }

    /**
     * From now on a system with these rights gives commands.
     *
     * @param max entities that it may spawn in one segment; 0 for any number
     */
    public void begin(SpawnRights systemRights, int max) {
        rights = systemRights;
        spawnedMax = max;
    }

    /** From now on nobody does. */
    public void end() {
        rights = null;
    }

    /**
     * Files what was asked for since the last segment as that of one range of one system.
     *
     * @return entities spawned in it
     */
    public int endSegment(int system, int range) {
        if (size == filed) {
            return 0;
        }
        file(((long) system << 32) | range);
        int spawned = spawnedInSegment;
        spawnedInSegment = 0;
        return spawned;
    }

    private void file(long key) {
        if (segments == segmentKeys.length) {
            segmentKeys = Arrays.copyOf(segmentKeys, segments * 2);
            segmentEnds = Arrays.copyOf(segmentEnds, segments * 2);
            segmentDropped = Arrays.copyOf(segmentDropped, segments * 2);
        }
        segmentKeys[segments] = key;
        segmentEnds[segments] = size;
        segmentDropped[segments] = false;
        segments++;
        filed = size;
    }

    /** Takes back all that a system asked for. */
    public void drop(int system) {
        for (int i = 0; i < segments; i++) {
            segmentDropped[i] |= segmentKeys[i] >>> 32 == system;
        }
    }

    @Override
    public int spawn(Composition composition) {
        int place = place(composition);
        StagedRows staged = spawned[place];
        staged.requireRights(rights());
        if (spawnedMax > 0 && spawnedInSegment > spawnedMax) {
            throw new HorizonException(
                    "HZ-PLG-023",
                    "more than "
                            + spawnedMax
                            + " entities from one range; spread them over ticks, or raise the"
                            + " budget");
        }
        if (staged.size() == ROWS_MAX) {
            throw new HorizonWorldException(
                    "more than " + ROWS_MAX + " entities spawned in one tick by one thread");
        }
        int row = staged.add();
        record(Change.SPAWN, 0, place, row);
        spawnedInSegment++;
        return row;
    }

    @Override
    public <C extends Column<?>> C column(Composition composition, ComponentType<C> type) {
        return spawned[place(composition)].column(type);
    }

    @Override
    public long provisionalId(Composition composition, int row) {
        return (PROVISIONAL_BLOCK << 40) | ((long) place(composition) << 20) | row;
    }

    @Override
    public void destroy(long entityId) {
        record(Change.DESTROY, entityId, 0, 0);
    }

    @Override
    public int add(long entityId, ComponentType<?> type) {
        rights().require(type);
        int ordinal = registry.ordinal(type);
        int row = addedRows[ordinal];
        Column<?> column = added[ordinal];
        if (column == null || row == column.capacity()) {
            column = column == null ? type.newColumn(INITIAL) : column.withCapacity(row * 2, row);
            added[ordinal] = column;
        }
        column.clearRow(row);
        addedRows[ordinal] = row + 1;
        record(Change.ADD, entityId, ordinal, row);
        return row;
    }

    @Override
    public <C extends Column<?>> C column(ComponentType<C> type) {
        int ordinal = registry.ordinal(type);
        Column<?> column = added[ordinal];
        if (column == null || addedRows[ordinal] == 0) {
            throw new HorizonWorldException("no " + type + " was added in this tick");
        }
        return type.columnClass().cast(column);
    }

    @Override
    public void remove(long entityId, ComponentType<?> type) {
        rights().require(type);
        record(Change.REMOVE, entityId, registry.ordinal(type), 0);
    }

    private SpawnRights rights() {
        SpawnRights current = rights;
        if (current == null) {
            throw new HorizonWorldException("commands were kept beyond the call of their system");
        }
        return current;
    }

    private void record(byte kind, long entity, int place, int row) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            entities = Arrays.copyOf(entities, size * 2);
            places = Arrays.copyOf(places, size * 2);
            rows = Arrays.copyOf(rows, size * 2);
        }
        kinds[size] = kind;
        entities[size] = entity;
        places[size] = place;
        rows[size] = row;
        size++;
    }

    private int place(Composition composition) {
        for (int i = 0; i < spawnedCount; i++) {
            if (spawned[i].composition == composition) {
                return i;
            }
        }
        for (int i = 0; i < spawnedCount; i++) {
            if (spawned[i].composition.equals(composition)) {
                return i;
            }
        }
        if (spawnedCount == COMPOSITIONS_MAX) {
            throw new HorizonWorldException(
                    "systems spawn more than " + COMPOSITIONS_MAX + " different compositions");
        }
        if (spawnedCount == spawned.length) {
            spawned = Arrays.copyOf(spawned, spawnedCount * 2);
        }
        spawned[spawnedCount] = new StagedRows(composition);
        return spawnedCount++;
    }

    /** The key of the next segment to apply, or {@code Long.MAX_VALUE} when none is left. */
    long nextKey() {
        while (next < segments && segmentDropped[next]) {
            next++;
        }
        return next < segments ? segmentKeys[next] : Long.MAX_VALUE;
    }

    /** Applies the next segment. */
    void applyNext(WorldState world) {
        segmentStart = next == 0 ? 0 : segmentEnds[next - 1];
        int end = segmentEnds[next];
        for (int i = segmentStart; i < end; i++) {
            if (kinds[i] == Change.SPAWN) {
                spawned[places[i]].realId(rows[i], world.ids().allocate());
            }
        }
        for (int i = segmentStart; i < end; i++) {
            apply(i, world.changes());
        }
        for (int i = segmentStart; i < end; i++) {
            if (kinds[i] == Change.SPAWN) {
                spawned[places[i]].realId(rows[i], 0);
            }
        }
        world.riders().settle();
        next++;
    }

    private void apply(int i, StructuralChanges changes) {
        long entity = map(entities[i]);
        switch (kinds[i]) {
            case Change.SPAWN -> changes.spawn(spawned[places[i]], rows[i], this);
            case Change.DESTROY -> changes.destroy(entity);
            case Change.ADD -> {
                Column<?> column = added[places[i]];
                if (column != null) {
                    changes.add(entity, places[i], column, rows[i], this);
                }
            }
            case Change.REMOVE -> changes.remove(entity, places[i]);
            default -> throw new IllegalStateException("change of kind " + kinds[i]);
        }
    }

    /** Replaces the provisional ids of the segment being applied; those of another become none. */
    @Override
    public long map(long entityId) {
        if (entityId >>> 40 != PROVISIONAL_BLOCK) {
            return entityId;
        }
        int place = (int) (entityId >>> 20) & (COMPOSITIONS_MAX - 1);
        int row = (int) entityId & (ROWS_MAX - 1);
        boolean known = place < spawnedCount && row < spawned[place].size();
        return known ? spawned[place].realId(row) : 0;
    }

    /** Forgets everything; the buffers stay. */
    void reset() {
        size = 0;
        filed = 0;
        segments = 0;
        spawnedInSegment = 0;
        next = 0;
        for (int i = 0; i < spawnedCount; i++) {
            spawned[i].clear();
        }
        Arrays.fill(addedRows, 0);
    }

    /** Kinds of structural change. */
    private static final class Change {
        static final byte SPAWN = 1;
        static final byte DESTROY = 2;
        static final byte ADD = 3;
        static final byte REMOVE = 4;

        private Change() {}
    }
}
