package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import java.util.Arrays;

/**
 * The channels of which a client has had anything, and whether it has all of each: few, so that an
 * open table of eight is where it begins. Agent thread.
 */
final class FarChannels {
    /** The client has had nothing of it. */
    static final byte NONE = 0;

    /** It has everything since a keyframe. */
    static final byte WHOLE = 1;

    /** Something found no room: nothing but a keyframe helps, asked for when there is room. */
    static final byte STARVED = 2;

    /** The keyframe is asked for. */
    static final byte ASKED = 3;

    private static final int FIRST = 8;
    private static final long[] NO_IDS = {};
    private static final byte[] NO_STATES = {};

    private long[] ids = NO_IDS;
    private byte[] states = NO_STATES;
    private int count;
    private int starved;
    private int parts;

    byte state(long channelId) {
        int at = find(channelId);
        return at < 0 ? NONE : states[at];
    }

    int count() {
        return count;
    }

    /** True when some are of cells that are parts of others. */
    boolean hasParts() {
        return parts > 0;
    }

    boolean hasStarved() {
        return starved > 0;
    }

    void put(long channelId, byte state) {
        int at = find(channelId);
        if (at < 0) {
            if ((count + 1) * 3 > ids.length * 2) {
                grow();
            }
            at = slot(channelId);
            while (states[at] != NONE) {
                at = next(at);
            }
            ids[at] = channelId;
            count++;
            parts += isPart(channelId);
        }
        starved += (state == STARVED ? 1 : 0) - (states[at] == STARVED ? 1 : 0);
        states[at] = state;
    }

    /** True when the client had something of it. */
    boolean remove(long channelId) {
        int at = find(channelId);
        if (at < 0) {
            return false;
        }
        starved -= states[at] == STARVED ? 1 : 0;
        count--;
        parts -= isPart(channelId);
        int hole = at;
        states[hole] = NONE;
        for (int next = next(hole); states[next] != NONE; next = next(next)) {
            if (steps(slot(ids[next]), next) >= steps(hole, next)) {
                ids[hole] = ids[next];
                states[hole] = states[next];
                states[next] = NONE;
                hole = next;
            }
        }
        return true;
    }

    private int next(int at) {
        return at + 1 == ids.length ? 0 : at + 1;
    }

    private int steps(int from, int to) {
        return to >= from ? to - from : to - from + ids.length;
    }

    void clear() {
        ids = NO_IDS;
        states = NO_STATES;
        count = 0;
        starved = 0;
        parts = 0;
    }

    /** All ids; a copy, so that the caller may remove them. */
    long[] ids() {
        long[] copy = new long[count];
        int next = 0;
        for (int at = 0; at < ids.length; at++) {
            if (states[at] != NONE) {
                copy[next++] = ids[at];
            }
        }
        return copy;
    }

    private static int isPart(long channelId) {
        return ChannelId.level(channelId) > 0 ? 1 : 0;
    }

    private int find(long channelId) {
        if (count == 0) {
            return -1;
        }
        int at = slot(channelId);
        while (states[at] != NONE) {
            if (ids[at] == channelId) {
                return at;
            }
            at = next(at);
        }
        return -1;
    }

    /** A length that is no power of two wastes less. */
    private int slot(long channelId) {
        long hash = channelId * 0x9E3779B97F4A7C15L;
        return (int) ((hash >>> 32) * ids.length >>> 32);
    }

    private void grow() {
        long[] oldIds = ids;
        byte[] oldStates = states;
        int capacity = Math.max(FIRST, oldIds.length + oldIds.length / 2);
        ids = new long[capacity];
        states = new byte[capacity];
        Arrays.fill(states, NONE);
        count = 0;
        starved = 0;
        parts = 0;
        for (int at = 0; at < oldIds.length; at++) {
            if (oldStates[at] != NONE) {
                put(oldIds[at], oldStates[at]);
            }
        }
    }
}
