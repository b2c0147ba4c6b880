package dev.horizon.net.edge;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gathers what is new to one client into its bundle, within its bytes. Rows that don't fit are not
 * sent; their entity comes later with all that changed since.
 */
final class Gatherer {
    /** A longer View would not fit the bundle's 16 bits of length. */
    /** Of a client's bytes, what the far tiers get even while the near ones want all. */
    private static final double FAR_SHARE = 0.25;

    private static final int VIEW_BYTES_MAX = 56_000;

    /** Of one client and tick, where nothing else limits it. */
    private static final int BUNDLE_BYTES_MAX = 1 << 20;

    private static final int CALM_SECONDS = 5;

    private static final int FOCUS = 0;
    private static final int CLOSE = 1;

    /** What the client shows at another tier than it holds it. */
    private static final int CHANGED = 2;

    private static final int MEDIUM = 3;

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final EdgeStripped stripped;
    private final EdgeConfig config;
    private final ViewWriter writer;
    private int[] pending = new int[256];
    private int[] sizes = new int[256];
    private int pendingCount;
    private int pendingBytes;
    private long rowsWritten;
    private int round;
    private long tick;

    Gatherer(EdgeCache cache, EdgeConfig config, ViewWriter writer) {
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.parts = cache.parts;
        this.stripped = cache.stripped;
        this.config = config;
        this.writer = writer;
    }

    /** Entities with rows written so far. */
    long rowsWritten() {
        return rowsWritten;
    }

    /** True when something that the viewer holds is no longer received at its tier. */
    boolean lacks(Viewer viewer) {
        if (tracks.droppedRound() <= viewer.round) {
            return false;
        }
        int[] numbers = viewer.entity;
        for (int handle = 0; handle < viewer.high; handle++) {
            int entity = numbers[handle];
            if (entity != EdgeEntities.NONE
                    && (viewer.state[handle] & Viewer.LEAVING) == 0
                    && (entities.incarnation[entity] != viewer.mark[handle]
                            || !tracks.isHeld(EdgeTracks.of(entity, viewer.tier(handle))))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the viewer's Views of this round into the bundle.
     *
     * @return false when there is nothing to say
     */
    boolean gather(Viewer viewer, long now) {
        tick = now;
        round = tracks.round();
        refill(viewer);
        collect(viewer);
        boolean due =
                viewer.fresh
                        || viewer.leaving > 0
                        || viewer.inputSequence != viewer.sentInputSequence
                        || now - viewer.sentTick >= tracks.tickHz();
        if (pendingCount == 0 && !due) {
            viewer.round = round;
            return false;
        }
        writer.begin();
        if (viewer.leaving > 0) {
            leave(viewer);
        }
        int overhead = ViewWriter.EMPTY_BYTES + 2 * ViewWriter.KIND_BYTES;
        double room = config.bytesPerSecond() == 0 ? BUNDLE_BYTES_MAX : viewer.tokens;
        room = Math.min(room, BUNDLE_BYTES_MAX);
        if (pendingBytes + overhead <= room) {
            for (int i = 0; i < pendingCount; i++) {
                write(viewer, pending[i]);
            }
        } else {
            writeFitting(viewer, room - overhead);
        }
        if (writer.bytes() > ViewWriter.EMPTY_BYTES || writer.bundleLength() == 0) {
            writer.finish(tick, viewer.inputSequence, viewer.fresh);
        }
        viewer.fresh = false;
        viewer.sentInputSequence = viewer.inputSequence;
        viewer.sentTick = now;
        viewer.round = round;
        return true;
    }

    /** Counts bytes of a message against the viewer's. */
    void spend(Viewer viewer, int bytes) {
        if (config.bytesPerSecond() > 0) {
            viewer.tokens -= bytes;
        }
    }

    /**
     * Takes the bytes of a far frame: from the far tiers' share, which may run into debt for one
     * frame, so that a frame of any length gets its turn; else from what is left over.
     *
     * @return false when it has to wait
     */
    boolean takeFar(Viewer viewer, int bytes) {
        if (config.bytesPerSecond() == 0) {
            return true;
        }
        if (viewer.farTokens > 0) {
            viewer.farTokens -= bytes;
            return true;
        }
        if (viewer.tokens >= bytes || viewer.tokens >= config.bytesPerSecond()) {
            viewer.tokens -= bytes;
            return true;
        }
        return false;
    }

    private void refill(Viewer viewer) {
        int rate = config.bytesPerSecond();
        if (rate == 0) {
            return;
        }
        int tickHz = tracks.tickHz();
        if (viewer.tokensTick == Long.MIN_VALUE) {
            viewer.tokens = rate;
            viewer.farTokens = rate * FAR_SHARE;
            viewer.secondTick = tick;
        } else {
            long ticks = Math.max(0, tick - viewer.tokensTick);
            double earned = (double) rate * ticks / tickHz;
            double far = Math.min(earned * FAR_SHARE, rate * FAR_SHARE - viewer.farTokens);
            viewer.farTokens += far;
            viewer.tokens = Math.min(rate, viewer.tokens + earned - far);
        }
        viewer.tokensTick = tick;
        if (tick - viewer.secondTick >= tickHz) {
            viewer.secondTick = tick;
            adjust(viewer);
        }
    }

    /** The close limit follows a second with or without refusals. */
    private void adjust(Viewer viewer) {
        if (viewer.refused) {
            viewer.refused = false;
            viewer.calmSeconds = 0;
            viewer.closeLimit = Math.max(config.closeMin(), viewer.closeLimit - 1);
        } else if (++viewer.calmSeconds >= CALM_SECONDS) {
            viewer.calmSeconds = 0;
            viewer.closeLimit = Math.min(config.closeMax(), viewer.closeLimit + 1);
        }
    }

    private void collect(Viewer viewer) {
        pendingCount = 0;
        pendingBytes = 0;
        int[] numbers = viewer.entity;
        byte[] states = viewer.state;
        int[] missed = viewer.missed;
        int[] changed = tracks.changedRound;
        int high = viewer.high;
        int seen = viewer.round;
        if (pending.length < high) {
            pending = Arrays.copyOf(pending, high * 2);
            sizes = Arrays.copyOf(sizes, high * 2);
        }
        for (int handle = 0; handle < high; handle++) {
            int entity = numbers[handle];
            int state = states[handle];
            if (entity == EdgeEntities.NONE || (state & Viewer.LEAVING) != 0) {
                continue;
            }
            if ((state & Viewer.TOLD) != 0
                    && missed[handle] == 0
                    && changed[EdgeTracks.of(entity, state & 3)] <= seen) {
                continue;
            }
            int size = size(viewer, handle);
            if (size > 0) {
                sizes[pendingCount] = size;
                pending[pendingCount++] = handle;
                pendingBytes += size;
            }
        }
    }

    private void leave(Viewer viewer) {
        for (int handle = viewer.high - 1; handle >= 0 && viewer.leaving > 0; handle--) {
            if (viewer.isUsed(handle) && (viewer.state[handle] & Viewer.LEAVING) != 0) {
                writer.left(handle, entities.isGone(viewer.entity[handle], viewer.mark[handle]));
                viewer.left(handle);
            }
        }
    }

    private void writeFitting(Viewer viewer, double room) {
        double left = room;
        boolean wrote = false;
        boolean full = viewer.tokens >= config.bytesPerSecond();
        int start = 0;
        while (start < pendingCount && pending[start] < viewer.cursor) {
            start++;
        }
        viewer.cursor = 0;
        for (int order = FOCUS; order <= MEDIUM; order++) {
            for (int i = 0; i < pendingCount; i++) {
                int at = start + i < pendingCount ? start + i : start + i - pendingCount;
                int handle = pending[at];
                if (order(viewer, handle) != order) {
                    continue;
                }
                if (sizes[at] <= left || (!wrote && full)) {
                    write(viewer, handle);
                    left -= sizes[at];
                    wrote = true;
                } else {
                    refuse(viewer, handle);
                }
            }
        }
    }

    private static int order(Viewer viewer, int handle) {
        int state = viewer.state[handle];
        if ((state & Viewer.FOCUS) != 0) {
            return FOCUS;
        }
        if ((state & 3) == Viewer.CLOSE) {
            return CLOSE;
        }
        return (state & (Viewer.KNOWN | Viewer.TOLD)) == Viewer.KNOWN ? CHANGED : MEDIUM;
    }

    private void refuse(Viewer viewer, int handle) {
        viewer.refused = true;
        if (viewer.missed[handle] == 0) {
            viewer.missed[handle] = viewer.round;
        }
        if (viewer.cursor == 0) {
            viewer.cursor = handle;
        }
    }

    /** Round until which the client has all of a handle. */
    private static int since(Viewer viewer, int handle) {
        int missed = viewer.missed[handle];
        return missed == 0 ? viewer.round : missed;
    }

    private boolean isWhole(Viewer viewer, int handle, int track, int since) {
        return (viewer.state[handle] & Viewer.TOLD) == 0
                || tracks.renewedRound[track] > since
                || (tracks.strippedRound[track] > since && since != round - 1);
    }

    /** Bytes of all rows that a handle calls for; 0 for none. */
    private int size(Viewer viewer, int handle) {
        int track = EdgeTracks.of(viewer.entity[handle], viewer.tier(handle));
        int since = since(viewer, handle);
        boolean whole = isWhole(viewer, handle, track, since);
        int size = whole ? ViewWriter.ENTERED_BYTES : 0;
        if (tracks.isPlaced(track) && (whole || tracks.placeRound[track] > since)) {
            size += placeBytes(track, whole, since);
        }
        if (tracks.isTurned(track) && (whole || tracks.turnRound[track] > since)) {
            size +=
                    isNow(tracks.turnTick[track])
                            ? ViewWriter.TURNED_BYTES
                            : ViewWriter.FACED_BYTES;
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (whole || parts.changedRound[cell] > since) {
                size += 2 + parts.rowBytes[parts.kindOf[cell]];
            }
        }
        if (!whole && tracks.strippedRound[track] > since) {
            size += ViewWriter.STRIPPED_BYTES;
        }
        if (size == 0) {
            viewer.missed[handle] = 0;
        }
        return size;
    }

    private int placeBytes(int track, boolean whole, int since) {
        return switch (placeKind(track, whole, since)) {
            case EdgeTracks.NUDGED -> ViewWriter.NUDGED_BYTES;
            case EdgeTracks.KICKED -> ViewWriter.KICKED_BYTES;
            default -> ViewWriter.PLACED_BYTES;
        };
    }

    /** A correction is copied to who holds what it corrects, at the tick at which it is true. */
    private byte placeKind(int track, boolean whole, int since) {
        return !whole && since == round - 1 && isNow(tracks.placeTick[track])
                ? tracks.kind[track]
                : EdgeTracks.WHOLE;
    }

    private boolean isNow(long rowTick) {
        return rowTick == tick;
    }

    private void write(Viewer viewer, int handle) {
        if (writer.bytes() > VIEW_BYTES_MAX) {
            writer.finish(tick, viewer.inputSequence, viewer.fresh);
            viewer.fresh = false;
        }
        rowsWritten++;
        int entity = viewer.entity[handle];
        int track = EdgeTracks.of(entity, viewer.tier(handle));
        int since = since(viewer, handle);
        boolean whole = isWhole(viewer, handle, track, since);
        if (whole) {
            enter(viewer, handle, entity, track);
        }
        if (tracks.isPlaced(track) && (whole || tracks.placeRound[track] > since)) {
            switch (placeKind(track, whole, since)) {
                case EdgeTracks.NUDGED -> writer.nudged(handle, track);
                case EdgeTracks.KICKED -> writer.kicked(handle, track);
                default -> writer.placed(handle, track, tick);
            }
        }
        if (tracks.isTurned(track) && (whole || tracks.turnRound[track] > since)) {
            if (isNow(tracks.turnTick[track])) {
                writer.turned(handle, track);
            } else {
                writer.faced(handle, track, tick);
            }
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (whole || parts.changedRound[cell] > since) {
                writer.component(handle, cell);
            }
        }
        if (!whole && tracks.strippedRound[track] > since) {
            strip(handle, track);
        }
        viewer.state[handle] |= Viewer.TOLD | Viewer.KNOWN;
        viewer.missed[handle] = 0;
    }

    private void enter(Viewer viewer, int handle, int entity, int track) {
        EdgeChannel owner = Objects.requireNonNull(tracks.owner[track]);
        writer.entered(
                handle,
                viewer.tier(handle),
                entities.sizeClass[entity],
                entities.radius[entity],
                entities.id[entity],
                entities.parentId[entity],
                owner.placeExponent,
                owner.velocityExponent,
                owner.accelerationExponent);
    }

    private void strip(int handle, int track) {
        for (int i = 0; i < stripped.count(round); i++) {
            if (stripped.track(i) == track) {
                writer.stripped(handle, stripped.componentId(i));
            }
        }
    }
}
