package dev.horizon.engine.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A copy of a world that goes on, for another thread to write down. Ranges that changed since the
 * last copy are copied by and by, a bounded number of bytes a tick; those that changed again
 * meanwhile at the tick whose state the copy shall have, by all threads of the tick. So that tick
 * pays for what changes all the time, and for nothing else.
 *
 * <p>Two threads take turns: the tick thread asks for room with {@link #begin}; the other makes it
 * with {@link #makeRoom}; the tick thread copies with {@link #advance}, {@link #copy} and {@link
 * #taken}; the other writes with {@link #write} and gives the copy back with {@link #release}.
 * Allocates on the tick thread only where tables have come.
 */
public final class WorldCopy {
    /** Whose turn it is. */
    private enum Turn {
        FREE,
        MAKE_ROOM,
        COPY,
        WRITE
    }

    private final WorldState world;

    /** By table, what {@link #begin} saw: the capacity that is needed. */
    private int[] needed = new int[0];

    private int neededTables;
    private final List<TableCopy> copies = new ArrayList<>();

    /** Tables whose copies are new since the last turn. */
    private final List<TableCopy> fresh = new ArrayList<>();

    /** Pieces of work: a table and a slot of it. */
    private int[] unitTables = new int[0];

    private int[] unitSlots = new int[0];
    private int units;
    private int nextUnit;

    private long idCounter;
    private long hash;
    private volatile Turn turn = Turn.FREE;

    /** Of a world; makes no room yet. */
    public WorldCopy(WorldState world) {
        this.world = world;
    }

    // ---- the tick thread's turns ---------------------------------------------------------------

    /** True when {@link #begin} may be called. */
    public boolean isFree() {
        return turn == Turn.FREE;
    }

    /** Asks for room for the world as it is now; between ticks. */
    public void begin() {
        requireTurn(Turn.FREE);
        askForRoom();
    }

    private void askForRoom() {
        neededTables = world.tableCount();
        if (needed.length < neededTables) {
            needed = Arrays.copyOf(needed, 2 * neededTables);
        }
        for (int i = 0; i < neededTables; i++) {
            needed[i] = world.table(i).capacity();
        }
        turn = Turn.MAKE_ROOM;
    }

    /**
     * Copies what changed, at most so many bytes and one column more; between ticks. Where a table
     * has outgrown its room, more is asked for.
     *
     * @return true once all was copied once, so that little is left
     */
    public boolean advance(int bytesMax) {
        if (turn != Turn.COPY) {
            return false;
        }
        takeFresh();
        int left = bytesMax;
        while (left > 0 && nextUnit < units) {
            if (!hasRoom(unitTables[nextUnit])) {
                askForRoom();
                return false;
            }
            left -= copy(nextUnit++);
        }
        return nextUnit == units;
    }

    /**
     * Begins to take the copy, between ticks, after stamp: {@link #copy} is to be called for all
     * {@link #units}, by any threads, then {@link #taken}.
     *
     * @return false when tables came or grew, and room has to be made first
     */
    public boolean startTaking() {
        requireTurn(Turn.COPY);
        takeFresh();
        if (!hasRoom()) {
            askForRoom();
            return false;
        }
        return true;
    }

    /** Pieces of work that different threads may do. */
    public int units() {
        return units;
    }

    /** Copies what changed of a piece since it was copied last; returns bytes. */
    public int copy(int unit) {
        return copies.get(unitTables[unit]).copy(unitSlots[unit]);
    }

    /** The copy is whole: the world as it is now. */
    public void taken(long worldHash) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).end();
        }
        idCounter = world.idCounter();
        hash = worldHash;
        turn = Turn.WRITE;
    }

    /** Drops what was copied, which is of components that are gone; between ticks, while free. */
    public void forget() {
        requireTurn(Turn.FREE);
        copies.clear();
        fresh.clear();
    }

    private boolean hasRoom() {
        boolean fits = copies.size() == world.tableCount();
        for (int i = 0; fits && i < copies.size(); i++) {
            fits = hasRoom(i);
        }
        return fits;
    }

    private boolean hasRoom(int table) {
        return world.table(table).size() <= copies.get(table).capacity();
    }

    private void takeFresh() {
        if (!fresh.isEmpty()) {
            fresh.forEach(TableCopy::forget);
            fresh.clear();
        }
    }

    // ---- the other thread's turns --------------------------------------------------------------

    /** Makes room where it is asked for; returns false where it isn't. */
    public boolean makeRoom() {
        if (turn != Turn.MAKE_ROOM) {
            return false;
        }
        units = 0;
        nextUnit = 0;
        for (int i = 0; i < neededTables; i++) {
            Table table = world.table(i);
            if (i == copies.size() || copies.get(i).capacity() < needed[i]) {
                TableCopy copy = new TableCopy(table, needed[i]);
                fresh.add(copy);
                if (i == copies.size()) {
                    copies.add(copy);
                } else {
                    copies.set(i, copy);
                }
            }
            addUnits(i, table.composition().types().size());
        }
        turn = Turn.COPY;
        return true;
    }

    private void addUnits(int table, int slots) {
        for (int slot = TableCopy.IDS; slot < slots; slot++) {
            if (units == unitTables.length) {
                unitTables = Arrays.copyOf(unitTables, 2 * units + 16);
                unitSlots = Arrays.copyOf(unitSlots, unitTables.length);
            }
            unitTables[units] = table;
            unitSlots[units++] = slot;
        }
    }

    /** True when {@link #write} may be called. */
    public boolean isTaken() {
        return turn == Turn.WRITE;
    }

    /** Writes what was taken, in the form of {@link WorldSnapshot}. */
    public void write(WorldSnapshot.Sink sink) {
        requireTurn(Turn.WRITE);
        SnapshotWriter writer = new SnapshotWriter(sink);
        writer.head(world.idBlock(), idCounter, hash, world.registry().types(), copies.size());
        for (TableCopy copy : copies) {
            writer.table(world.registry(), copy);
        }
    }

    /** Bytes of the rows and ids that were taken: what a snapshot can't do without. */
    public long liveBytes() {
        requireTurn(Turn.WRITE);
        long sum = 0;
        for (TableCopy copy : copies) {
            sum += WorldSnapshot.liveBytes(copy);
        }
        return sum;
    }

    /** Gives the copy back: the next may begin. */
    public void release() {
        requireTurn(Turn.WRITE);
        turn = Turn.FREE;
    }

    private void requireTurn(Turn expected) {
        if (turn != expected) {
            throw new IllegalStateException("the copy is at " + turn + ", not at " + expected);
        }
    }
}
