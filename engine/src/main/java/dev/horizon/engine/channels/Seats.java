package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * Who has which slot of which channel, and what was last sent of them: packed arrays that are
 * shared by all channels, so that entities wander between channels without anything being made. A
 * seat is an index into them.
 */
final class Seats {
    static final int NONE = -1;

    /** Held by nobody. */
    static final int FREE = 0;

    /** Not announced yet. */
    static final int NEW = 1;

    /** Announced; receivers hold it. */
    static final int HELD = 2;

    /** Its entity left; not announced yet. */
    static final int LEAVING = 3;

    /** Announced as left; free as soon as that frame is out. */
    static final int LEFT = 4;

    /** In its channel's list of seats to look at when the channel is due. */
    static final int ACTIVE = 1;

    /** All its rows are to be sent, whatever receivers may know. */
    static final int FORCED = 2;

    /** Its entity is no longer in the world. */
    static final int GONE = 4;

    /** Rows of cosmetic components may differ from what was sent: they are kept for later. */
    static final int SHED = 8;

    /** Numbers of one seat: a cache line. */
    static final int STRIDE = 16;

    private static final int CAPACITY_MIN = 1_024;
    private static final int MEMBER = 0;
    private static final int SLOT = 1;
    private static final int GENERATION = 2;
    private static final int STATE = 3;
    private static final int FLAGS = 4;
    private static final int NEXT = 5;
    private static final int PREVIOUS = 6;
    private static final int NEXT_ACTIVE = 7;
    private static final int FRAME_SEQUENCE = 8;
    private static final int ENTERED_SEQUENCE = 9;
    private static final int LEFT_TICK = 10;
    private static final int CHECKED_TICK = 11;
    private static final int TABLE = 12;
    private static final int IDENTITY_SUM = 13;
    private static final int PLACE_SUM = 14;
    private static final int MISPLACED_TICK = 15;

    /** Of the component rows last sent; 0 for none. */
    long[] hashes = new long[0];

    private int[] numbers = new int[0];
    private int capacity;
    private int hashStride = 1;
    private int count;
    private int free = NONE;
    private boolean hasGrown;

    /** Makes room for the hashes of the most components that one entity has at one tier. */
    void ensureComponents(int components) {
        if (components > hashStride) {
            long[] wider = new long[capacity * components];
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
            free = next(seat);
            return seat;
        }
        if (count == capacity) {
            grow(Math.max(CAPACITY_MIN, count + (count >> 1)));
        }
        return count++;
    }

    /** Lets a seat hold what another one does, but for its slot and lists. */
    void copy(int from, int to) {
        member(to, member(from));
        state(to, state(from));
        flags(to, flags(from) & ~ACTIVE);
        checkedTick(to, checkedTick(from));
        table(to, table(from));
        System.arraycopy(hashes, from * hashStride, hashes, to * hashStride, hashStride);
    }

    void release(int seat) {
        state(seat, FREE);
        flags(seat, 0);
        member(seat, NONE);
        next(seat, free);
        free = seat;
    }

    boolean is(int seat, int flag) {
        return (flags(seat) & flag) != 0;
    }

    void set(int seat, int flag) {
        flags(seat, flags(seat) | flag);
    }

    void unset(int seat, int flag) {
        flags(seat, flags(seat) & ~flag);
    }

    /** Who sits there, or NONE. */
    int member(int seat) {
        return numbers[seat * STRIDE + MEMBER];
    }

    void member(int seat, int value) {
        numbers[seat * STRIDE + MEMBER] = value;
    }

    /** Its number in its channel. */
    int slot(int seat) {
        return numbers[seat * STRIDE + SLOT];
    }

    void slot(int seat, int value) {
        numbers[seat * STRIDE + SLOT] = value;
    }

    /** How often its slot was used before. */
    int generation(int seat) {
        return numbers[seat * STRIDE + GENERATION];
    }

    void generation(int seat, int value) {
        numbers[seat * STRIDE + GENERATION] = value;
    }

    /** FREE to LEFT. */
    int state(int seat) {
        return numbers[seat * STRIDE + STATE];
    }

    void state(int seat, int value) {
        numbers[seat * STRIDE + STATE] = value;
    }

    /** ACTIVE, FORCED and GONE, as bits. */
    int flags(int seat) {
        return numbers[seat * STRIDE + FLAGS];
    }

    void flags(int seat, int value) {
        numbers[seat * STRIDE + FLAGS] = value;
    }

    /** The next of the channel's seats, or of a free list. */
    int next(int seat) {
        return numbers[seat * STRIDE + NEXT];
    }

    void next(int seat, int value) {
        numbers[seat * STRIDE + NEXT] = value;
    }

    /** The one before in the channel's list. */
    int previous(int seat) {
        return numbers[seat * STRIDE + PREVIOUS];
    }

    void previous(int seat, int value) {
        numbers[seat * STRIDE + PREVIOUS] = value;
    }

    /** The next in the list of active seats. */
    int nextActive(int seat) {
        return numbers[seat * STRIDE + NEXT_ACTIVE];
    }

    void nextActive(int seat, int value) {
        numbers[seat * STRIDE + NEXT_ACTIVE] = value;
    }

    /** Sequence of the last frame that said anything of it. */
    int frameSequence(int seat) {
        return numbers[seat * STRIDE + FRAME_SEQUENCE];
    }

    void frameSequence(int seat, int value) {
        numbers[seat * STRIDE + FRAME_SEQUENCE] = value;
    }

    /** Sequence of the frame that announced it. */
    int enteredSequence(int seat) {
        return numbers[seat * STRIDE + ENTERED_SEQUENCE];
    }

    void enteredSequence(int seat, int value) {
        numbers[seat * STRIDE + ENTERED_SEQUENCE] = value;
    }

    /** When its entity left. */
    int leftTick(int seat) {
        return numbers[seat * STRIDE + LEFT_TICK];
    }

    void leftTick(int seat, int value) {
        numbers[seat * STRIDE + LEFT_TICK] = value;
    }

    /** The tick up to which component rows were looked at. */
    int checkedTick(int seat) {
        return numbers[seat * STRIDE + CHECKED_TICK];
    }

    void checkedTick(int seat, int value) {
        numbers[seat * STRIDE + CHECKED_TICK] = value;
    }

    /** What its slot and its entity add to its channel's checksum. */
    int identitySum(int seat) {
        return numbers[seat * STRIDE + IDENTITY_SUM];
    }

    /** What its last place row adds to its channel's checksum. */
    int placeSum(int seat) {
        return numbers[seat * STRIDE + PLACE_SUM];
    }

    /** Both together. */
    int sum(int seat) {
        return identitySum(seat) + placeSum(seat);
    }

    void sums(int seat, int identity, int place) {
        numbers[seat * STRIDE + IDENTITY_SUM] = identity;
        numbers[seat * STRIDE + PLACE_SUM] = place;
    }

    /** The tick at which its place was last found to be one that must be sent. */
    int misplacedTick(int seat) {
        return numbers[seat * STRIDE + MISPLACED_TICK];
    }

    void misplacedTick(int seat, int value) {
        numbers[seat * STRIDE + MISPLACED_TICK] = value;
    }

    /** The table whose components receivers hold. */
    int table(int seat) {
        return numbers[seat * STRIDE + TABLE];
    }

    void table(int seat, int value) {
        numbers[seat * STRIDE + TABLE] = value;
    }

    /**
     * Makes room ahead, in a tick that had to make room anyway: a crowd just arrived, and what
     * comes and goes after it should not have to copy everything in mid-game.
     */
    void keepHeadroom() {
        if (hasGrown) {
            int ahead = count + (count >> 1);
            if (ahead > capacity) {
                grow(ahead);
            }
            hasGrown = false;
        }
    }

    private void grow(int more) {
        hasGrown = true;
        capacity = more;
        numbers = Arrays.copyOf(numbers, more * STRIDE);
        hashes = Arrays.copyOf(hashes, more * hashStride);
    }
}
