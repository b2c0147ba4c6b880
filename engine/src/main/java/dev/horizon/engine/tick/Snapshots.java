package dev.horizon.engine.tick;

import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.storage.WorldCopy;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;

/**
 * Takes snapshots of a loop while it goes on: the tick thread copies, and another thread, which
 * calls {@link #work} again and again, makes the room and writes. A tick copies at most {@link
 * #BYTES_PER_TICK} and, when all was copied once, what changed meanwhile.
 */
public final class Snapshots {
    /** Takes a fifth of a millisecond. */
    static final int BYTES_PER_TICK = 1 << 20;

    private final WorldCopy copy;
    private final Crew crew;
    private final LoopState state;
    private final Supplier<byte[]> setups;
    private final int everyTicks;
    private final Crew.Work copying;
    private final ExpandableArrayBuffer stateBuffer = new ExpandableArrayBuffer(1 << 12);
    private long dueAtTick;
    private boolean isUnderway;
    private int stateLength;
    private byte[] setup = {};
    private long tick;
    private long position;
    private long hash;
    private int entities;
    private final WorldState world;
    private volatile boolean isAsked;
    private volatile long takenNanos;

    Snapshots(
            WorldState world, Crew crew, LoopState state, Supplier<byte[]> setups, int everyTicks) {
        this.world = world;
        this.copy = new WorldCopy(world);
        this.crew = crew;
        this.state = state;
        this.setups = setups;
        this.everyTicks = everyTicks;
        this.copying = (unit, lane) -> copy.copy(unit);
        dueAtTick = Long.MAX_VALUE;
    }

    /** Takes what was copied; called by the thread that calls {@link #work}. */
    @FunctionalInterface
    public interface Writer {
        /** Writes one snapshot. */
        void write(Taken taken);
    }

    /**
     * A snapshot to be written; valid during the call.
     *
     * @param tick whose end it is
     * @param position in the tick log behind that tick's inputs
     * @param hash of the world
     * @param entities in it
     * @param liveBytes of rows and ids
     * @param state what ticks depend on beside the world
     * @param setup the last that a change of plugins recorded; empty before the first
     * @param world writes the world, in the form of {@link WorldSnapshot}
     */
    public record Taken(
            long tick,
            long position,
            long hash,
            int entities,
            long liveBytes,
            byte[] state,
            byte[] setup,
            WorldWriter world) {}

    /** Writes the world of a snapshot. */
    @FunctionalInterface
    public interface WorldWriter {
        /** Hands over all bytes, in order. */
        void writeTo(WorldSnapshot.Sink sink);
    }

    // ---- the tick thread -----------------------------------------------------------------------

    /** Does this tick's share, if a snapshot is due or under way; after the tick's hash. */
    void endTick(long number, long inputsPosition, long worldHash) {
        if (dueAtTick == Long.MAX_VALUE && everyTicks > 0) {
            dueAtTick = number + everyTicks;
        }
        if (!isUnderway && (number >= dueAtTick || isAsked) && copy.isFree()) {
            isAsked = false;
            isUnderway = true;
            dueAtTick = everyTicks > 0 ? number + everyTicks : Long.MAX_VALUE;
            copy.begin();
        } else if (isUnderway && copy.advance(BYTES_PER_TICK)) {
            take(number, inputsPosition, worldHash);
        }
    }

    /** The same at once, as far as the other thread allows it; true when one was taken. */
    boolean takeNow(long number, long inputsPosition, long worldHash) {
        if (!isUnderway && copy.isFree()) {
            isUnderway = true;
            copy.begin();
        }
        return copy.advance(Integer.MAX_VALUE) && take(number, inputsPosition, worldHash);
    }

    /** True while nothing of the world is being copied: only then may components change. */
    boolean isIdle() {
        return !isUnderway && copy.isFree();
    }

    /** The world's components are others from now on; while idle. */
    void componentsChanged() {
        copy.forget();
    }

    private boolean take(long number, long inputsPosition, long worldHash) {
        long start = System.nanoTime();
        if (!copy.startTaking()) {
            return false;
        }
        crew.run(copy.units(), copying);
        stateLength = state.write(stateBuffer);
        setup = setups.get();
        tick = number;
        position = inputsPosition;
        hash = worldHash;
        entities = world.entities();
        isUnderway = false;
        copy.taken(worldHash);
        takenNanos = System.nanoTime() - start;
        return true;
    }

    // ---- other threads -------------------------------------------------------------------------

    /** Asks for one as soon as may be; from any thread. */
    public void ask() {
        isAsked = true;
    }

    /** What the last one took of the tick that it is of, nanoseconds. */
    public long takenNanos() {
        return takenNanos;
    }

    /**
     * Makes room, or writes, where that is to be done; on one thread beside the tick's.
     *
     * @return false when nothing was to be done
     */
    public boolean work(Writer writer) {
        if (copy.makeRoom()) {
            return true;
        }
        if (!copy.isTaken()) {
            return false;
        }
        try {
            byte[] stateBytes = new byte[stateLength];
            stateBuffer.getBytes(0, stateBytes);
            writer.write(
                    new Taken(
                            tick,
                            position,
                            hash,
                            entities,
                            copy.liveBytes(),
                            stateBytes,
                            setup,
                            copy::write));
        } finally {
            copy.release();
        }
        return true;
    }
}
