package dev.horizon.net.edge;

import dev.horizon.engine.channels.Flight;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private boolean flightsKnown;

    // Of the handle that was selected last.
    private int track;
    private int since;
    private boolean whole;
    private boolean lean;
    private boolean shifts;
    private @Nullable Flight flight;

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
        flightsKnown = viewer.knowsFlights();
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

    /** Finds out what a handle calls for, before {@link #size} or {@link #write} do it. */
    private void select(Viewer viewer, int handle) {
        int entity = viewer.entity[handle];
        track = EdgeTracks.of(entity, viewer.tier(handle));
        since = since(viewer, handle);
        whole = isWhole(viewer, handle, track, since);
        flight = flightsKnown ? tracks.flights.of[track] : null;
        // Who enters comes whole in one message, but for a client that is short of bytes, or reads
        // all of a flight in few.
        lean = isLean && GlanceWriter.canName(handle) && (!whole || isShort || flightsKnown);
        shifts = whole && canShift(viewer, handle);
    }

    /**
     * True where the client holds all of an entity at the other near tier: what is the same of it
     * need not come again.
     */
    private boolean canShift(Viewer viewer, int handle) {
        int other = otherTrack();
        return (viewer.state[handle] & Viewer.SHIFTED) != 0
                && lean
                && flight != null
                && tracks.isHeld(other)
                && tracks.renewedRound[track] <= since
                && tracks.renewedRound[other] <= since
                && tracks.strippedRound[other] <= since
                && rounding.flight(flight, tick, owner(), viewer);
    }

    private int otherTrack() {
        return track ^ Viewer.CLOSE ^ Viewer.MEDIUM;
    }

    private EdgeChannel owner() {
        return Objects.requireNonNull(tracks.owner[track]);
    }

    /** Bytes of all rows that a handle calls for; 0 for none. */
    int size(Viewer viewer, int handle) {
        select(viewer, handle);
        int size = shifts ? GlanceWriter.SHIFTED_BYTES : whole ? ViewWriter.ENTERED_BYTES : 0;
        boolean inView = (whole && !shifts) || !lean;
        if (flight != null) {
            int bytes = isFlightDue() ? flightBytes(viewer, flight) : 0;
            inView |= bytes == ViewWriter.STEERED_BYTES || bytes == ViewWriter.FLOWN_BYTES;
            size += bytes;
        } else {
            if (isPlaceDue()) {
                int bytes = placeBytes(viewer, handle);
                inView |= bytes == ViewWriter.PLACED_BYTES;
                size += bytes;
            }
            if (isTurnDue()) {
                int bytes = turnBytes(track, lean);
                inView |= bytes == ViewWriter.FACED_BYTES;
                size += bytes;
            }
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (isDue(cell)) {
                size +=
                        canPatch(cell)
                                ? Patches.size(parts, cell, isNew(cell))
                                : 2 + parts.rowBytes[parts.kindOf[cell]];
            }
        }
        if (shifts) {
            size += GlanceWriter.STRIPPED_BYTES * stripOther(handle, false);
        } else if (!whole && tracks.strippedRound[track] > since) {
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

    private boolean isFlightDue() {
        return whole || tracks.flights.round[track] > since;
    }

    private boolean isPlaceDue() {
        return tracks.isPlaced(track) && (whole || tracks.placeRound[track] > since);
    }

    private boolean isTurnDue() {
        return tracks.isTurned(track) && (whole || tracks.turnRound[track] > since);
    }

    /** True when the client needs a component's row. */
    private boolean isDue(int cell) {
        if (!shifts) {
            return whole || parts.changedRound[cell] > since;
        }
        int other = parts.find(otherTrack(), parts.kindOf[cell]);
        return other == EdgeParts.NONE
                || parts.changedRound[other] > since
                || !parts.isSame(cell, other);
    }

    /** Components that the tier at which the client held the entity has more, told if wanted. */
    private int stripOther(int handle, boolean tells) {
        int count = 0;
        for (int cell = parts.first(otherTrack());
                cell != EdgeParts.NONE;
                cell = parts.next[cell]) {
            if (parts.find(track, parts.kindOf[cell]) == EdgeParts.NONE) {
                count++;
                if (tells) {
                    glance.stripped(handle, parts.componentId[parts.kindOf[cell]]);
                }
            }
        }
        return count;
    }

    /** True where the client holds the row as it was before this round, or none. */
    private boolean canPatch(int cell) {
        return lean
                && flightsKnown
                && (isNew(cell) || (!whole && since == round - 1 && !isRenewed(cell)));
    }

    /** True for a component that the client holds no row of. */
    private boolean isNew(int cell) {
        return whole && (!shifts || parts.find(otherTrack(), parts.kindOf[cell]) == EdgeParts.NONE);
    }

    /**
     * True for a row that wasn't there before its round: a client may hold one from before that.
     */
    private boolean isRenewed(int cell) {
        return parts.changedBytes[cell] == EdgeParts.ALL_BYTES;
    }

    private int flightBytes(Viewer viewer, Flight flies) {
        if (isSteered(flies)) {
            int bytes =
                    lean
                            ? GlanceWriter.steeredBytes(
                                    tracks.correction, track * EdgeTracks.CORRECTION_BYTES)
                            : 0;
            return bytes == 0 ? ViewWriter.STEERED_BYTES : bytes;
        }
        return lean && rounding.flight(flies, tick, owner(), viewer)
                ? GlanceWriter.FLOWN_BYTES
                : ViewWriter.FLOWN_BYTES;
    }

    /** New controls are copied to who holds the flight that they steer. */
    private boolean isSteered(Flight flies) {
        return !whole
                && since == round - 1
                && tracks.kind[track] == EdgeTracks.STEERED
                && isNow(flies.tick());
    }

    private int placeBytes(Viewer viewer, int handle) {
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
                        && tracks.kind[track] != EdgeTracks.STEERED
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
        select(viewer, handle);
        if (shifts) {
            glance.shifted(handle, viewer.tier(handle), owner());
            stripOther(handle, true);
        } else if (whole) {
            enter(viewer, handle, viewer.entity[handle], track);
        }
        if (flight != null) {
            if (isFlightDue()) {
                fly(viewer, handle, flight);
            }
        } else {
            if (isPlaceDue()) {
                place(viewer, handle, track, placeKind(viewer, handle, track, whole, since), lean);
            }
            if (isTurnDue()) {
                turn(handle, track, lean);
            }
        }
        for (int cell = parts.first(track); cell != EdgeParts.NONE; cell = parts.next[cell]) {
            if (isDue(cell)
                    && !(canPatch(cell) && glance.patched(handle, cell, isNew(cell)))
                    && !(lean && glance.component(handle, cell))) {
                view.component(handle, cell);
            }
        }
        if (!whole && tracks.strippedRound[track] > since) {
            strip(handle, track);
        }
        viewer.state[handle] =
                (byte) (viewer.state[handle] & ~Viewer.SHIFTED | Viewer.TOLD | Viewer.KNOWN);
        viewer.missed[handle] = 0;
    }

    private void fly(Viewer viewer, int handle, Flight flies) {
        if (isSteered(flies)) {
            int at = track * EdgeTracks.CORRECTION_BYTES;
            if (lean && GlanceWriter.steeredBytes(tracks.correction, at) > 0) {
                glance.steered(handle, track);
            } else {
                view.steered(handle, track);
            }
        } else if (lean && rounding.flight(flies, tick, owner(), viewer)) {
            glance.flown(handle, flies, (int) (tick - flies.tick()), rounding.steps);
        } else {
            view.flown(handle, flies, tick);
        }
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
