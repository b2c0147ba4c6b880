package dev.horizon.net.edge;

import java.util.Objects;

/**
 * Decides which rows of an entity a client needs, and in which form: what it holds exactly is
 * corrected, else it comes whole; lean where the client reads Glances and the row fits one.
 */
final class NearRows {
    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final EdgeStripped stripped;
    private final ViewWriter view;
    private final GlanceWriter glance;
    private final Rounding rounding;
    private int round;
    private long tick;
    private boolean isLean;
    private boolean isShort;
    private boolean needsView;

    NearRows(EdgeCache cache, ViewWriter view, GlanceWriter glance) {
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.parts = cache.parts;
        this.stripped = cache.stripped;
        this.view = view;
        this.glance = glance;
        this.rounding = new Rounding(tracks);
    }

    /** Another client's rows follow, of this tick. */
    void begin(Viewer viewer, long now, boolean isShortOfBytes) {
        round = tracks.round();
        tick = now;
        isLean = viewer.isLean;
        isShort = isShortOfBytes;
        needsView = false;
    }

    /** True when a row since {@link #begin} goes into a View. */
    boolean needsView() {
        return needsView;
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
    int size(Viewer viewer, int handle) {
        int track = EdgeTracks.of(viewer.entity[handle], viewer.tier(handle));
        int since = since(viewer, handle);
        boolean whole = isWhole(viewer, handle, track, since);
        // Who enters comes whole in one message, but for a client that is short of bytes.
        boolean lean = isLean && GlanceWriter.canName(handle) && (!whole || isShort);
        int size = whole ? ViewWriter.ENTERED_BYTES : 0;
        boolean inView = whole || !lean;
        if (tracks.isPlaced(track) && (whole || tracks.placeRound[track] > since)) {
            int bytes = placeBytes(viewer, handle, track, whole, since, lean);
            inView |= bytes == ViewWriter.PLACED_BYTES;
            size += bytes;
        }
        if (tracks.isTurned(track) && (whole || tracks.turnRound[track] > since)) {
            int bytes = turnBytes(track, lean);
            inView |= bytes == ViewWriter.FACED_BYTES;
            size += bytes;
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (whole || parts.changedRound[cell] > since) {
                size += 2 + parts.rowBytes[parts.kindOf[cell]];
            }
        }
        if (!whole && tracks.strippedRound[track] > since) {
            size += ViewWriter.STRIPPED_BYTES;
            inView = true;
        }
        if (size == 0) {
            viewer.missed[handle] = 0;
        } else {
            needsView |= inView;
        }
        return size;
    }

    private int placeBytes(
            Viewer viewer, int handle, int track, boolean whole, int since, boolean lean) {
        return switch (placeKind(viewer, handle, track, whole, since)) {
            case EdgeTracks.NUDGED -> lean ? GlanceWriter.NUDGED_BYTES : ViewWriter.NUDGED_BYTES;
            case EdgeTracks.KICKED -> lean ? GlanceWriter.KICKED_BYTES : ViewWriter.KICKED_BYTES;
            default ->
                    lean && canSettle(viewer, track)
                            ? GlanceWriter.SETTLED_BYTES
                            : ViewWriter.PLACED_BYTES;
        };
    }

    private int turnBytes(int track, boolean lean) {
        if (lean && canTurn(track)) {
            return GlanceWriter.TURNED_BYTES;
        }
        return isNow(tracks.turnTick[track]) ? ViewWriter.TURNED_BYTES : ViewWriter.FACED_BYTES;
    }

    /** A correction is copied to who holds what it corrects, at the tick at which it is true. */
    private byte placeKind(Viewer viewer, int handle, int track, boolean whole, int since) {
        return !whole
                        && since == round - 1
                        && isNow(tracks.placeTick[track])
                        && (viewer.state[handle] & Viewer.ROUGH) == 0
                ? tracks.kind[track]
                : EdgeTracks.WHOLE;
    }

    /** True where a rounded track does: it is exact, or there are few bytes. */
    private boolean canSettle(Viewer viewer, int track) {
        EdgeChannel owner = Objects.requireNonNull(tracks.owner[track]);
        return rounding.place(track, tick, owner, viewer)
                && (rounding.isExact() || isRoughEnough(track));
    }

    /** What is near is worth its bytes: later corrections are cheap then. */
    private boolean isRoughEnough(int track) {
        return isShort && track % EdgeTracks.TIERS != Viewer.CLOSE;
    }

    private boolean canTurn(int track) {
        return rounding.turn(track, tick)
                && (isNow(tracks.turnTick[track]) || rounding.isSteady() || isRoughEnough(track));
    }

    private boolean isNow(long rowTick) {
        return rowTick == tick;
    }

    /** Writes all rows that a handle calls for. */
    void write(Viewer viewer, int handle) {
        int entity = viewer.entity[handle];
        int track = EdgeTracks.of(entity, viewer.tier(handle));
        int since = since(viewer, handle);
        boolean whole = isWhole(viewer, handle, track, since);
        // Who enters comes whole in one message, but for a client that is short of bytes.
        boolean lean = isLean && GlanceWriter.canName(handle) && (!whole || isShort);
        if (whole) {
            enter(viewer, handle, entity, track);
        }
        if (tracks.isPlaced(track) && (whole || tracks.placeRound[track] > since)) {
            place(viewer, handle, track, placeKind(viewer, handle, track, whole, since), lean);
        }
        if (tracks.isTurned(track) && (whole || tracks.turnRound[track] > since)) {
            turn(handle, track, lean);
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (whole || parts.changedRound[cell] > since) {
                if (!lean || !glance.component(handle, cell)) {
                    view.component(handle, cell);
                }
            }
        }
        if (!whole && tracks.strippedRound[track] > since) {
            strip(handle, track);
        }
        viewer.state[handle] |= Viewer.TOLD | Viewer.KNOWN;
        viewer.missed[handle] = 0;
    }

    private void place(Viewer viewer, int handle, int track, byte kind, boolean lean) {
        if (kind != EdgeTracks.WHOLE) {
            if (lean && glance.corrected(handle, track)) {
                return;
            }
            if (kind == EdgeTracks.NUDGED) {
                view.nudged(handle, track);
            } else {
                view.kicked(handle, track);
            }
        } else if (lean && canSettle(viewer, track)) {
            glance.settled(handle, rounding.steps, rounding.pull());
            viewer.rough(handle, !rounding.isExact());
        } else {
            view.placed(handle, track, tick);
            viewer.rough(handle, false);
        }
    }

    private void turn(int handle, int track, boolean lean) {
        if (lean && canTurn(track)) {
            glance.turned(handle, rounding.attitude(), rounding.spin());
        } else if (isNow(tracks.turnTick[track])) {
            view.turned(handle, track);
        } else {
            view.faced(handle, track, tick);
        }
    }

    private void enter(Viewer viewer, int handle, int entity, int track) {
        EdgeChannel owner = Objects.requireNonNull(tracks.owner[track]);
        view.entered(
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
                view.stripped(handle, stripped.componentId(i));
            }
        }
    }
}
