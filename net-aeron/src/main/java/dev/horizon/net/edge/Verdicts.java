package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * What one evaluation comes to say of each entity: 32 bytes of each side by side, since they are
 * read and written together, for thousands of entities and viewers. What another evaluation said
 * counts as not said.
 */
final class Verdicts {
    private static final int INTS = 8;

    // Of each entity: in which evaluation it was seen, received, held and wanted, and how.
    private static final int SEEN = 0;
    private static final int RECEIVED = 1;
    private static final int HELD = 3;
    private static final int HANDLE = 4;
    private static final int WANTED = 5;
    private static final int HOW = 6;
    private static final int DISTANCE = 7;

    private static final int REASON_SHIFT = 8;
    private static final int FOCUS = 1 << 16;
    private static final int BYTE = 0xff;
    private static final Reason[] REASONS = Reason.values();

    private int[] all = new int[0];
    private int evaluation;

    /** Nothing is said yet of so many entities. */
    void begin(int entities) {
        if (all.length < entities * INTS) {
            all = Arrays.copyOf(all, entities * INTS);
        }
        evaluation++;
        if (evaluation == 0) {
            Arrays.fill(all, 0);
            evaluation = 1;
        }
    }

    /** It is looked at. */
    void see(int entity) {
        all[entity * INTS + SEEN] = evaluation;
    }

    boolean isSeen(int entity) {
        return all[entity * INTS + SEEN] == evaluation;
    }

    /** A channel of CLOSE or MEDIUM within the viewer's reach tells of it. */
    void receive(int entity, int tier) {
        all[entity * INTS + RECEIVED + tier] = evaluation;
    }

    boolean isReceived(int entity, int tier) {
        return all[entity * INTS + RECEIVED + tier] == evaluation;
    }

    /** The viewer has a handle for it. */
    void hold(int entity, int handle) {
        int at = entity * INTS;
        all[at + HELD] = evaluation;
        all[at + HANDLE] = handle;
    }

    /** The viewer's handle for it, or {@link EdgeEntities#NONE}. */
    int handle(int entity) {
        int at = entity * INTS;
        return all[at + HELD] == evaluation ? all[at + HANDLE] : EdgeEntities.NONE;
    }

    /** The viewer is to hold it. */
    void want(int entity, int tier, int reason, double distance, boolean isFocus) {
        int at = entity * INTS;
        all[at + WANTED] = evaluation;
        all[at + HOW] = tier | reason << REASON_SHIFT | (isFocus ? FOCUS : 0);
        all[at + DISTANCE] = Float.floatToRawIntBits((float) distance);
    }

    boolean isWanted(int entity) {
        return all[entity * INTS + WANTED] == evaluation;
    }

    /** Of what is wanted. */
    int tier(int entity) {
        return all[entity * INTS + HOW] & BYTE;
    }

    /** Of what is wanted. */
    Reason reason(int entity) {
        return REASONS[all[entity * INTS + HOW] >> REASON_SHIFT & BYTE];
    }

    /** True for what is wanted since the viewer's list names it. */
    boolean isFocus(int entity) {
        return (all[entity * INTS + HOW] & FOCUS) != 0;
    }

    /** Of what is wanted, metres. */
    float distance(int entity) {
        return Float.intBitsToFloat(all[entity * INTS + DISTANCE]);
    }
}
