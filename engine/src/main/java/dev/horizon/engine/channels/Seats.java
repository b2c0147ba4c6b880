package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * Who has which slot of which channel, and what was last sent of them: packed arrays that are shared
 * by all channels, so that entities wander between channels without anything being made. A seat is
 * an index into them.
 */
final class Seats {
    static final int NONE = -1;

    /** Held by nobody. */
    static final byte FREE = 0;

    /** Not announced yet. */
    static final byte NEW = 1;

    /** Announced; receivers hold it. */
    static final byte HELD = 2;

    /** Its entity left; not announced yet. */
    static final byte LEAVING = 3;

    /** Announced as left; free as soon as that frame is out. */
    static final byte LEFT = 4;

    /** In its channel's list of seats to look at when the channel is due. */
    static final byte ACTIVE = 1;

    /** All its rows are to be sent, whatever receivers may know. */
    static final byte FORCED = 2;

    /** Its entity is no longer in the world. */
    static final byte GONE = 4;

    static final int PLACE_STRIDE = 4;
    static final int MOTION_STRIDE = 8;

    private static final int CAPACITY_MIN = 1_024;

    int[] member = new int[0];
    int[] slot = new int[0];
    byte[] generation = new byte[0];
    byte[] state = new byte[0];
    byte[] flags = new byte[0];

    /** The channel's list of seats, or a free list. */
    int[] next = new int[0];

    int[] previous = new int[0];
    int[] nextActive = new int[0];

    /** Sequence of the last frame that said anything of it. */
    int[] frameSequence = new int[0];

    int[] enteredSequence = new int[0];
    int[] leftTick = new int[0];

    /** Place as receivers decoded it: x, y, z, unused. */
    double[] place = new double[0];

    /** Velocity, acceleration, two unused. */
    float[] motion = new float[0];

    int[] placeTick = new int[0];

    /** Quaternion as receivers decoded it, angular velocity, one unused. */
    float[] turn = new float[0];

    int[] turnTick = new int[0];
    int[] turnCode = new int[0];

    /** The tick up to which component rows were looked at. */
    int[] checkedTick = new int[0];

    /** The table whose components receivers hold. */
    int[] table = new int[0];

    /** Of the component rows last sent; 0 for none. */
    long[] hashes = new long[0];

    private int hashStride = 1;
    private int count;
    private int free = NONE;

    /** Makes room for the hashes of the most components that one entity has at one tier. */
    void ensureComponents(int components) {
        if (components > hashStride) {
            long[] wider = new long[state.length * components];
            for (int seat = 0; seat < count; seat++) {
                System.arraycopy(hashes, seat * hashStride, wider, seat * components, hashStride);
            }
            hashes = wider;
            hashStride = components;
        }
    }

    int hashesAt(int seat) {
        return seat * hashStride;
    }

    void clearHashes(int seat) {
        Arrays.fill(hashes, seat * hashStride, (seat + 1) * hashStride, 0);
    }

    /** A seat that belongs to no channel. */
    int allocate() {
        int seat = free;
        if (seat != NONE) {
            free = next[seat];
            return seat;
        }
        if (count == state.length) {
            grow(Math.max(CAPACITY_MIN, count + (count >> 1)));
        }
        return count++;
    }

    void release(int seat) {
        state[seat] = FREE;
        flags[seat] = 0;
        member[seat] = NONE;
        next[seat] = free;
        free = seat;
    }

    boolean is(int seat, byte flag) {
        return (flags[seat] & flag) != 0;
    }

    void set(int seat, byte flag) {
        flags[seat] |= flag;
    }

    void unset(int seat, byte flag) {
        flags[seat] &= (byte) ~flag;
    }

    private void grow(int capacity) {
        member = Arrays.copyOf(member, capacity);
        slot = Arrays.copyOf(slot, capacity);
        generation = Arrays.copyOf(generation, capacity);
        state = Arrays.copyOf(state, capacity);
        flags = Arrays.copyOf(flags, capacity);
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
        nextActive = Arrays.copyOf(nextActive, capacity);
        frameSequence = Arrays.copyOf(frameSequence, capacity);
        enteredSequence = Arrays.copyOf(enteredSequence, capacity);
        leftTick = Arrays.copyOf(leftTick, capacity);
        place = Arrays.copyOf(place, capacity * PLACE_STRIDE);
        motion = Arrays.copyOf(motion, capacity * MOTION_STRIDE);
        placeTick = Arrays.copyOf(placeTick, capacity);
        turn = Arrays.copyOf(turn, capacity * MOTION_STRIDE);
        turnTick = Arrays.copyOf(turnTick, capacity);
        turnCode = Arrays.copyOf(turnCode, capacity);
        checkedTick = Arrays.copyOf(checkedTick, capacity);
        table = Arrays.copyOf(table, capacity);
        hashes = Arrays.copyOf(hashes, capacity * hashStride);
    }
}
