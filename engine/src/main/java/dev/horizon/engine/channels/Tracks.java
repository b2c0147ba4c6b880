package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * What receivers extrapolate of each root, tier by tier, in packed arrays in the order in which
 * roots came: near the order of their rows, so that comparing them all with the truth streams
 * through memory instead of waiting for it. A lane is an index into them.
 */
final class Tracks {
    static final int NONE = -1;

    /** Numbers of one track: two cache lines. */
    static final int STRIDE = 16;

    /** Where velocity and acceleration begin in a track; x, y, z come first. */
    static final int MOTION = 3;

    /** Where quaternion and angular velocity begin in a track. */
    static final int TURN = 9;

    private static final int CAPACITY_MIN = 1_024;
    private static final int NOTES = 4;
    private static final int PLACE_TICK = 0;
    private static final int TURN_TICK = 1;
    private static final int TURN_CODE = 2;

    /** What receivers decoded last, {@link #STRIDE} numbers a lane; by tier. */
    final double[][] numbers = new double[Members.TIERS][0];

    /** Flights of what was ever steered. */
    final Flights flights = new Flights();

    /** Lanes whose flight receivers hold, by tier. */
    private final boolean[][] flown = new boolean[Members.TIERS][0];

    /** Whose lane it is. */
    int[] member = new int[0];

    private final int[][] notes = new int[Members.TIERS][0];
    private int count;
    private int free = NONE;
    private boolean hasGrown;

    /** Lanes so far, free ones too. */
    int count() {
        return count;
    }

    /** A lane for a root. */
    int open(int root) {
        int lane = free;
        if (lane != NONE) {
            free = member[lane];
        } else {
            if (count == member.length) {
                grow(Math.max(CAPACITY_MIN, count + (count >> 1)));
            }
            lane = count++;
        }
        member[lane] = root;
        return lane;
    }

    void close(int lane) {
        for (int tier = 0; tier < Members.TIERS; tier++) {
            flown[tier][lane] = false;
        }
        flights.close(lane);
        member[lane] = free;
        free = lane;
    }

    /** True while receivers extrapolate the lane's flight, not its track. */
    boolean isFlown(int lane, int tier) {
        return flown[tier][lane];
    }

    void isFlown(int lane, int tier, boolean value) {
        flown[tier][lane] = value;
    }

    /** When its place was true. */
    int placeTick(int lane, int tier) {
        return notes[tier][lane * NOTES + PLACE_TICK];
    }

    void placeTick(int lane, int tier, int value) {
        notes[tier][lane * NOTES + PLACE_TICK] = value;
    }

    /** When its attitude was true. */
    int turnTick(int lane, int tier) {
        return notes[tier][lane * NOTES + TURN_TICK];
    }

    /** Its attitude as it was sent. */
    int turnCode(int lane, int tier) {
        return notes[tier][lane * NOTES + TURN_CODE];
    }

    void turned(int lane, int tier, int tick, int code) {
        notes[tier][lane * NOTES + TURN_TICK] = tick;
        notes[tier][lane * NOTES + TURN_CODE] = code;
    }

    /** Makes room ahead: see {@link Seats#keepHeadroom}. */
    void keepHeadroom() {
        flights.keepHeadroom();
        if (hasGrown) {
            int ahead = count + (count >> 1);
            if (ahead > member.length) {
                grow(ahead);
            }
            hasGrown = false;
        }
    }

    private void grow(int capacity) {
        hasGrown = true;
        member = Arrays.copyOf(member, capacity);
        flights.grow(capacity);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            numbers[tier] = Arrays.copyOf(numbers[tier], capacity * STRIDE);
            notes[tier] = Arrays.copyOf(notes[tier], capacity * NOTES);
            flown[tier] = Arrays.copyOf(flown[tier], capacity);
        }
    }
}
