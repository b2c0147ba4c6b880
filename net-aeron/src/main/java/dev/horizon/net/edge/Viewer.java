package dev.horizon.net.edge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one client holds near, by handle, and what its session sees from. Belongs to its {@link
 * Edge}.
 */
public final class Viewer {
    /** Entities that matter most to a session, its own not counted. */
    public static final int FOCUS_MAX = 16;

    static final int CLOSE = 0;
    static final int MEDIUM = 1;

    /** Tier of what is not held near. */
    static final int NOWHERE = 15;

    /** The client has been told all of it at its tier. */
    static final int TOLD = 4;

    /** The client holds the handle, maybe at another tier. */
    static final int KNOWN = 8;

    /** To be freed at the client. */
    static final int LEAVING = 16;

    static final int FOCUS = 32;

    /** The client holds a rounded track: corrections would keep what it is off by. */
    static final int ROUGH = 64;

    /** The client holds all of it as of its round, but at the other near tier. */
    static final int SHIFTED = 128;

    private static final int HANDLES_FIRST = 16;
    private static final int HANDLES_MAX = 1 << 16;
    private static final long[] NO_FOCUS = {};
    private static final int[] NO_AUDIENCES = {};
    private static final int TIER_BITS = 3;
    private static final double NEIGHBOURHOOD_METRES = 20_000;
    private static final long NEIGHBOURHOOD_MASK = (1 << 20) - 1;

    final long sessionId;
    final Decisions decisions;

    // What it sees from.
    long ownEntity;

    /** The number that it had last; to be checked. */
    int ownNumber;

    double x = Double.NaN;
    double y;
    double z;
    double sensorMetres = Double.POSITIVE_INFINITY;
    long[] focus = NO_FOCUS;

    /** Of which it is. */
    int[] audiences = NO_AUDIENCES;

    int inputSequence;

    /** Something about it changed: to be looked at again at once. */
    boolean stirred = true;

    // Where it was when it was looked at last.
    double seenX = Double.NaN;
    double seenY;
    double seenZ;
    long seenTick = Long.MIN_VALUE;

    /** Anchors of the channels that it needs: see {@link Cover}. */
    double[] anchors = new double[0];

    double anchorSensorMetres;

    /** How far it sees; null for one that has joined no edge. */
    @Nullable Reach reach;

    long[] focusCells = NO_FOCUS;

    /** Audiences whose channels around the anchors it needs. */
    int[] coveredAudiences = NO_AUDIENCES;

    /** Far channels that its client gets nothing of; those of which it lately held all near. */
    long[] silent = NO_FOCUS;

    long[] covered = NO_FOCUS;
    long silenceTick = Long.MIN_VALUE;

    // Handles.
    int[] entity = new int[0];
    int[] mark = new int[0];
    int[] missed = new int[0];
    byte[] state = new byte[0];
    int high;
    int held;

    /** Handles that are leaving. */
    int leaving;

    /** Round until which the client has everything that it holds. */
    int round;

    boolean fresh = true;

    /** The client reads Glances. */
    boolean isLean = true;

    /** It knows steered flight, and rows that came with it. */
    boolean isSteering = true;

    /** What rounded places are relative to, metres. */
    final double[] origin = new double[3];

    int sentInputSequence;
    long sentTick = Long.MIN_VALUE;
    int cursor;

    // Bytes.
    double tokens;
    double farTokens;
    double newTokens;
    long tokensTick = Long.MIN_VALUE;
    int closeLimit;
    long secondTick;
    boolean refused;
    int calmSeconds;

    Viewer(long sessionId, EdgeConfig config) {
        this.sessionId = sessionId;
        this.decisions = new Decisions(config.whyHistory());
        this.closeLimit = config.closeMax();
    }

    /** From whose place it sees, or 0. */
    public long ownEntity() {
        return ownEntity;
    }

    /** The session that it is of. */
    public long sessionId() {
        return sessionId;
    }

    /**
     * What the node says of the session. The place counts until the entity's channel is heard.
     *
     * @param entityId from whose place it sees, or 0
     * @param metres how far its sensors reach; what is no number or negative counts as 0
     * @param list entities that matter most, the first before the second; at most {@link
     *     #FOCUS_MAX} count
     * @param count of them
     */
    public void focus(
            long entityId,
            double newX,
            double newY,
            double newZ,
            double metres,
            long[] list,
            int count) {
        int counted = Math.min(count, FOCUS_MAX);
        boolean same =
                entityId == ownEntity
                        && Double.compare(metres, sensorMetres) == 0
                        && Arrays.equals(list, 0, counted, focus, 0, focus.length);
        x = newX;
        y = newY;
        z = newZ;
        if (!same) {
            ownEntity = entityId;
            sensorMetres = metres;
            focus = counted == 0 ? NO_FOCUS : Arrays.copyOf(list, counted);
            stirred = true;
        }
    }

    /**
     * What audiences the session is of, as the node says: it sees what is for these alone.
     *
     * @param numbers without 0
     * @param count of them
     */
    public void audiences(int[] numbers, int count) {
        if (!Arrays.equals(numbers, 0, count, audiences, 0, audiences.length)) {
            audiences = count == 0 ? NO_AUDIENCES : Arrays.copyOf(numbers, count);
            stirred = true;
        }
    }

    /** True for what is for all, 0, or for an audience that the session is of. */
    boolean sees(int audience) {
        if (audience == 0) {
            return true;
        }
        for (int each : audiences) {
            if (each == audience) {
                return true;
            }
        }
        return false;
    }

    /** The last of the client's inputs that a tick had read. */
    public void acknowledged(int sequence) {
        inputSequence = sequence;
    }

    /**
     * The same for viewers that are near each other: those of one number hold much of the same, and
     * neighbours in order some.
     */
    public long neighbourhood() {
        return neighbourhood(seenX) << 40
                | (neighbourhood(seenY) & NEIGHBOURHOOD_MASK) << 20
                | neighbourhood(seenZ) & NEIGHBOURHOOD_MASK;
    }

    private static long neighbourhood(double place) {
        return (long) Math.floor(place / NEIGHBOURHOOD_METRES);
    }

    /** Entities that it holds near. */
    public int held() {
        return held;
    }

    /** Entities that it holds at CLOSE. */
    public int heldClose() {
        int count = 0;
        for (int handle = 0; handle < high; handle++) {
            if (isHeld(handle) && tier(handle) == CLOSE) {
                count++;
            }
        }
        return count;
    }

    /** How many entities it may hold at CLOSE now. */
    public int closeLimit() {
        return closeLimit;
    }

    /** Its client has a new connection: it holds nothing. */
    public void restart() {
        high = 0;
        held = 0;
        leaving = 0;
        entity = new int[0];
        mark = new int[0];
        missed = new int[0];
        state = new byte[0];
        silent = NO_FOCUS;
        covered = NO_FOCUS;
        fresh = true;
        stirred = true;
        sentTick = Long.MIN_VALUE;
    }

    /** Whether the client reads Glances, which say the same in fewer bytes than Views. */
    public void lean(boolean reads) {
        isLean = reads;
    }

    /** Whether the client knows steered flight; only who reads Glances does. */
    public void steering(boolean knows) {
        isSteering = knows;
    }

    boolean knowsFlights() {
        return isLean && isSteering;
    }

    void rough(int handle, boolean is) {
        state[handle] = (byte) (is ? state[handle] | ROUGH : state[handle] & ~ROUGH);
    }

    /** True for a far channel of which its client holds all near: it gets no frames of it. */
    public boolean isSilent(long channelId) {
        for (long id : silent) {
            if (id == channelId) {
                return true;
            }
        }
        return false;
    }

    boolean isUsed(int handle) {
        return entity[handle] != EdgeEntities.NONE;
    }

    boolean isHeld(int handle) {
        return entity[handle] != EdgeEntities.NONE && (state[handle] & LEAVING) == 0;
    }

    int tier(int handle) {
        return state[handle] & TIER_BITS;
    }

    /** A handle for an entity that comes, or -1 when all are in use. */
    int enter(int number, int incarnation, int tier) {
        int handle = 0;
        if (held + leaving == high) {
            handle = high;
        } else {
            while (isUsed(handle)) {
                handle++;
            }
        }
        if (handle == HANDLES_MAX) {
            return -1;
        }
        if (handle == entity.length) {
            int capacity = Math.min(HANDLES_MAX, Math.max(HANDLES_FIRST, handle + handle / 2));
            entity = Arrays.copyOf(entity, capacity);
            mark = Arrays.copyOf(mark, capacity);
            missed = Arrays.copyOf(missed, capacity);
            state = Arrays.copyOf(state, capacity);
        }
        high = Math.max(high, handle + 1);
        entity[handle] = number;
        mark[handle] = incarnation;
        missed[handle] = 0;
        state[handle] = (byte) tier;
        held++;
        return handle;
    }

    /** It comes no more: at once where the client never heard of it. */
    void leave(int handle) {
        held--;
        if ((state[handle] & KNOWN) == 0) {
            free(handle);
        } else {
            state[handle] |= LEAVING;
            leaving++;
        }
    }

    /** It is held at another tier. What the client has of it is remembered, where that is all. */
    void shift(int handle, int tier) {
        boolean isAll = (state[handle] & TOLD) != 0 && missed[handle] == 0;
        state[handle] = (byte) (state[handle] & KNOWN | tier | (isAll ? SHIFTED : 0));
        missed[handle] = isAll ? round : 0;
    }

    /** What was to leave stays, with nothing that the client holds of it valid. */
    void stay(int handle, int tier) {
        state[handle] = (byte) (tier | KNOWN);
        missed[handle] = 0;
        leaving--;
        held++;
    }

    /** The client was told that it left. */
    void left(int handle) {
        leaving--;
        free(handle);
    }

    private void free(int handle) {
        entity[handle] = EdgeEntities.NONE;
        state[handle] = 0;
        while (high > 0 && entity[high - 1] == EdgeEntities.NONE) {
            high--;
        }
    }

    /** True for a cell of a far tier, not a part of one, that the viewer needs: {@link Cover}. */
    public boolean needs(long cellId) {
        return reach != null && reach.isCovered(cellId, this);
    }

    /**
     * True when a part of a far channel's cell is within the viewer's reach: of a channel that it
     * needs, only those parts are for its client.
     */
    public boolean reaches(long channelId) {
        return reach != null && reach.isNear(channelId, this, sensorMetres);
    }
}
