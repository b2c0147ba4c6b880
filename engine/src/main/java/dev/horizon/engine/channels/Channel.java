package dev.horizon.engine.channels;

import org.jspecify.annotations.Nullable;

/**
 * One channel that holds an entity or has a subscriber; reused for others when it is neither. Its
 * roots, seats and free seats are lists threaded through {@link Members} and {@link Seats}.
 */
final class Channel {
    /** A tick long before the first. */
    static final long NEVER = Long.MIN_VALUE / 2;

    private static final int DOUBLINGS_MAX = 2;

    long id;
    int tier;
    int sizeClass;
    float edge;

    /** Metres that a member may be outside of the cell. */
    double margin;

    int level;

    /** Who alone hears of it; 0 for all. */
    int audience;

    /** The cell of level 0 that it is part of; itself at level 0. */
    Channel base = this;

    /** The cell that it is a part of, and the list of those that are parts of it. */
    @Nullable Channel parent;

    @Nullable Channel firstPart;
    @Nullable Channel nextPart;
    @Nullable Channel previousPart;

    /** Members are in the parts, not in the cell itself. */
    boolean split;

    /** Roots in its parts and theirs. */
    int below;

    /** Since when they are few enough to merge; NEVER while they aren't. */
    long thinSinceTick;

    /** In the list of cells to split or merge. */
    boolean recut;

    @Nullable Channel nextRecut;

    /** When it comes due: see {@link DueTimes}. */
    int phase;

    /** Index in the array of all channels. */
    int index;

    /** Gateways that subscribed to this very cell, which is of level 0, and so to all its parts. */
    int watchers;

    int roots;
    int firstRoot;
    long emptySinceTick;

    /** True while someone is subscribed: only then it has seats. */
    boolean live;

    int firstSeat;
    int firstActive;

    /** Seats in the list of those to look at. */
    int active;

    int firstFree;
    int slots;

    /** Number of the last frame. */
    int sequence;

    /** Number of the last frame that is known to be out. */
    int releasedSequence;

    boolean keyframeWanted;
    long keyframeTick;

    /** How often its wait has doubled, by refusals since its stream last took something. */
    private int doublings;

    /** Nothing is cut for it before this tick, since its stream refused a frame. */
    private long chokedUntil;

    /** First frame of the last keyframe, and the last frame that stripped a component. */
    int keyframeSequence;

    int strippedSequence;

    /** Of what receivers hold: see {@link ChannelChecksum}; good while it is sure what they do. */
    int checksum;

    boolean isSummed;

    /** Rows and bytes that it sent. */
    long rows;

    long bytes;

    /** When it was looked at by {@link BusyChannels}, and what there was. */
    long seenTick;

    long seenRows;
    long seenBytes;

    /** It has to tell at once of someone who may no longer be seen. */
    boolean hides;

    /** In the list of channels to encode at the next tick, due or not. */
    boolean urgent;

    @Nullable Channel nextUrgent;

    /** In the list of channels with something to look at, of its tier and phase. */
    boolean scheduled;

    @Nullable Channel nextDue;
    @Nullable Channel previousDue;

    /** Where its stream's beacons have it, while it is live. */
    @Nullable StreamChannels stream;

    int streamIndex;

    void open(long newId, float newEdge, double newMargin) {
        id = newId;
        level = ChannelId.level(newId);
        audience = ChannelId.audience(newId);
        hides = false;
        base = this;
        parent = null;
        firstPart = null;
        nextPart = null;
        previousPart = null;
        split = false;
        below = 0;
        thinSinceTick = NEVER;
        margin = newMargin;
        tier = ChannelId.tier(newId).ordinal();
        sizeClass = ChannelId.sizeClass(newId).ordinal();
        edge = newEdge;
        watchers = 0;
        roots = 0;
        firstRoot = Members.NONE;
        live = false;
        firstSeat = Seats.NONE;
        firstActive = Seats.NONE;
        active = 0;
        firstFree = Seats.NONE;
        slots = 0;
        sequence = 0;
        releasedSequence = 0;
        keyframeWanted = false;
        keyframeTick = NEVER;
        doublings = 0;
        chokedUntil = NEVER;
        keyframeSequence = 0;
        strippedSequence = 0;
        checksum = 0;
        isSummed = false;
        rows = 0;
        bytes = 0;
        seenTick = 0;
        seenRows = 0;
        seenBytes = 0;
    }

    /** Becomes a part of a cell. */
    void join(Channel whole) {
        parent = whole;
        base = whole.base;
        nextPart = whole.firstPart;
        previousPart = null;
        if (nextPart != null) {
            nextPart.previousPart = this;
        }
        whole.firstPart = this;
    }

    /** Is no part any more. */
    void part() {
        Channel whole = parent;
        if (whole == null) {
            return;
        }
        if (previousPart == null) {
            whole.firstPart = nextPart;
        } else {
            previousPart.nextPart = nextPart;
        }
        if (nextPart != null) {
            nextPart.previousPart = previousPart;
        }
        parent = null;
    }

    /** Its stream took what it said up to this number. */
    void taken(int upTo) {
        releasedSequence = upTo;
        doublings = 0;
    }

    /**
     * Its stream refused a frame: nothing is cut for it for a while, longer each time, and not for
     * as long as for others. Who lags behind doesn't catch up on what is cut anew each tick.
     */
    void refused(long tick, int leastTicks) {
        int wait = leastTicks << doublings;
        doublings = Math.min(DOUBLINGS_MAX, doublings + 1);
        chokedUntil = tick + wait + index % wait;
    }

    boolean isChoked(long tick) {
        return tick < chokedUntil;
    }

    /** Tells beacons the checksum, or that there is none for now. */
    void showChecksum() {
        if (stream != null) {
            int sum = isSummed ? ChannelChecksum.spoken(checksum) : ChannelChecksum.NONE;
            stream.checksum(streamIndex, sum);
        }
    }

    /** Sets the number of the last frame, for the channel and for beacons. */
    void sequence(int number) {
        sequence = number;
        if (stream != null) {
            stream.sequence(streamIndex, number);
        }
    }
}
