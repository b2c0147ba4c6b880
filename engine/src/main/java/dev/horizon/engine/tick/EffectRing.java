package dev.horizon.engine.tick;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Effects that wait until their tick's inputs are recorded, in order, in a ring of bytes. Used by
 * the tick thread alone; allocates nothing.
 */
final class EffectRing {
    /** Takes a released effect; false to be offered it again later. */
    @FunctionalInterface
    interface Release {
        boolean offer(int kind, long tag, DirectBuffer buffer, int offset, int length);
    }

    private static final int KIND_AT = 4;
    private static final int TAG_AT = 8;
    private static final int HEAD = 16;
    private static final int ALIGNMENT = 8;

    /** Length of a record that only fills the ring to its end. */
    private static final int PADDING = -1;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final long[] tickEnds;
    private final long[] tickPositions;
    private int firstTick;
    private int ticks;
    private long head;
    private long tail;
    private long released;
    private int lastAt;

    EffectRing(int capacity, int ticksMax) {
        this.capacity = capacity;
        this.buffer = new UnsafeBuffer(new byte[capacity]);
        this.tickEnds = new long[ticksMax + 1];
        this.tickPositions = new long[ticksMax + 1];
    }

    /** Adds an effect of the current tick; false where there is no room. */
    boolean add(int kind, long tag, DirectBuffer source, int offset, int length) {
        int at = claim(kind, tag, length);
        if (at < 0) {
            return false;
        }
        buffer.putBytes(at, source, offset, length);
        lastAt = at;
        return true;
    }

    /** Where the effect added last stands, for {@link #putInt} until it has left. */
    int lastAt() {
        return lastAt;
    }

    /** Writes into an effect that hasn't left. */
    void putInt(int at, int value) {
        buffer.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
    }

    /** True when an effect of this length would find room now. */
    boolean fits(int length) {
        int needed = (HEAD + length + ALIGNMENT - 1) & -ALIGNMENT;
        int toEnd = capacity - (int) (tail & (capacity - 1));
        int padding = needed > toEnd ? toEnd : 0;
        return needed <= capacity && padding + needed <= capacity - (tail - head);
    }

    /** Makes room for an effect of the current tick; -1 where there is none. */
    private int claim(int kind, long tag, int length) {
        int needed = (HEAD + length + ALIGNMENT - 1) & -ALIGNMENT;
        int at = (int) (tail & (capacity - 1));
        int toEnd = capacity - at;
        int padding = needed > toEnd ? toEnd : 0;
        if (!fits(length)) {
            return -1;
        }
        if (padding > 0) {
            buffer.putInt(at, PADDING, ByteOrder.LITTLE_ENDIAN);
            tail += padding;
            at = 0;
        }
        buffer.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + KIND_AT, kind, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(at + TAG_AT, tag, ByteOrder.LITTLE_ENDIAN);
        tail += needed;
        return at + HEAD;
    }

    /** Ends the current tick: its effects may leave once the log has recorded the position. */
    void endTick(long position) {
        if (ticks == tickEnds.length) {
            throw new IllegalStateException("more ticks are held than were to be");
        }
        int at = (firstTick + ticks) % tickEnds.length;
        tickEnds[at] = tail;
        tickPositions[at] = position;
        ticks++;
    }

    /** Hands over what is recorded, in order, until the sink takes no more. */
    void release(long recordedPosition, Release sink) {
        while (ticks > 0 && tickPositions[firstTick] <= recordedPosition) {
            released = tickEnds[firstTick];
            firstTick = (firstTick + 1) % tickEnds.length;
            ticks--;
        }
        while (head < released) {
            int at = (int) (head & (capacity - 1));
            int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (length == PADDING) {
                head += capacity - at;
                continue;
            }
            int kind = buffer.getInt(at + KIND_AT, ByteOrder.LITTLE_ENDIAN);
            long tag = buffer.getLong(at + TAG_AT, ByteOrder.LITTLE_ENDIAN);
            if (!sink.offer(kind, tag, buffer, at + HEAD, length)) {
                return;
            }
            head += (HEAD + length + ALIGNMENT - 1) & -ALIGNMENT;
        }
    }

    /** Ticks that aren't recorded yet. */
    int heldTicks() {
        return ticks;
    }

    /** True when nothing waits. */
    boolean isEmpty() {
        return head == tail && ticks == 0;
    }
}
