package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Turns what a viewer is to hold near into what it holds: handles taken, kept and freed, riders
 * with their carriers, and a note of each decision. One for all viewers, one evaluation at a time.
 */
final class Settlement {
    private static final int CLOSE = Viewer.CLOSE;
    private static final int MEDIUM = Viewer.MEDIUM;
    private static final byte NOWHERE = Viewer.NOWHERE;
    private static final Reason[] REASONS = Reason.values();

    /** Riders of riders of riders. */
    private static final int RIDERS_DEPTH_MAX = 8;

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final Reach reach;
    private final Candidates all;

    // By entity, valid where its stamp is that of this evaluation.
    private int stamp;
    private int[] heldStamp = new int[0];
    private int[] heldHandle = new int[0];
    private int[] wantStamp = new int[0];
    private byte[] wantTier = new byte[0];
    private byte[] wantReason = new byte[0];
    private float[] wantDistance = new float[0];
    private byte[] wantFocus = new byte[0];

    private double x;
    private double y;
    private double z;

    Settlement(EdgeCache cache, Reach reach, Candidates all) {
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.reach = reach;
        this.all = all;
    }

    /** Nothing is wanted yet; finds what the viewer holds. */
    void begin(Viewer viewer) {
        stamp++;
        int capacity = entities.capacity();
        if (heldStamp.length < capacity) {
            heldStamp = Arrays.copyOf(heldStamp, capacity);
            heldHandle = Arrays.copyOf(heldHandle, capacity);
            wantStamp = Arrays.copyOf(wantStamp, capacity);
            wantTier = Arrays.copyOf(wantTier, capacity);
            wantReason = Arrays.copyOf(wantReason, capacity);
            wantDistance = Arrays.copyOf(wantDistance, capacity);
            wantFocus = Arrays.copyOf(wantFocus, capacity);
        }
        for (int handle = 0; handle < viewer.high; handle++) {
            int entity = viewer.entity[handle];
            if (entity != EdgeEntities.NONE
                    && entities.incarnation[entity] == viewer.mark[handle]) {
                heldStamp[entity] = stamp;
                heldHandle[entity] = handle;
            }
        }
    }

    /** The tier at which the viewer holds an entity, or {@link Viewer#NOWHERE}. */
    int heldTier(Viewer viewer, int entity) {
        if (heldStamp[entity] != stamp) {
            return NOWHERE;
        }
        int handle = heldHandle[entity];
        return viewer.isHeld(handle) ? viewer.tier(handle) : NOWHERE;
    }

    /** One of the candidates, at the tier chosen for it, and what rides in it. */
    void want(Viewer viewer, int i) {
        int entity = all.entity[i];
        want(entity, all.tier[i], all.reason[i], all.distance[i]);
        wantFocus[entity] = (byte) (all.order[i] == Candidates.UNFOCUSED ? 0 : 1);
        riders(viewer, entity, all.tier[i], all.distance[i], RIDERS_DEPTH_MAX);
    }

    private void want(int entity, int tier, int reason, double distance) {
        wantStamp[entity] = stamp;
        wantTier[entity] = (byte) tier;
        wantReason[entity] = (byte) reason;
        wantDistance[entity] = (float) distance;
        wantFocus[entity] = 0;
    }

    private void riders(Viewer viewer, int carrier, int tier, double distance, int depth) {
        for (int rider = entities.firstRider[carrier];
                rider != EdgeEntities.NONE;
                rider = entities.nextRider[rider]) {
            if (wantStamp[rider] == stamp || tracks.placedTier(rider) >= 0) {
                continue;
            }
            if (tracks.isHeldFor(viewer, EdgeTracks.of(rider, tier))) {
                want(rider, tier, Reason.CARRIER.ordinal(), distance);
            }
            if (depth > 1) {
                riders(viewer, rider, tier, distance, depth - 1);
            }
        }
    }

    /** Makes the viewer at a place hold what is wanted, and remembers what changed. */
    void settle(Viewer viewer, long tick, double fromX, double fromY, double fromZ) {
        x = fromX;
        y = fromY;
        z = fromZ;
        for (int handle = 0; handle < viewer.high; handle++) {
            int entity = viewer.entity[handle];
            if (entity == EdgeEntities.NONE || heldHandleOf(viewer, handle) != handle) {
                if (entity != EdgeEntities.NONE && viewer.isHeld(handle)) {
                    // Its number is its own until another entity takes it.
                    boolean known = entities.incarnation[entity] == viewer.mark[handle] + 1;
                    long id = known ? entities.id[entity] : 0;
                    leave(viewer, handle, tick, Reason.GONE, Double.NaN, id);
                }
                continue;
            }
            boolean wanted = wantStamp[entity] == stamp;
            if (!viewer.isHeld(handle)) {
                if (wanted) {
                    viewer.stay(handle, wantTier[entity]);
                    note(viewer, entity, tick, NOWHERE);
                }
            } else if (!wanted) {
                leave(
                        viewer,
                        handle,
                        tick,
                        reasonToLeave(viewer, entity),
                        distanceOf(entity, tick),
                        entities.id[entity]);
            } else if (viewer.tier(handle) != wantTier[entity]) {
                note(viewer, entity, tick, viewer.tier(handle));
                viewer.shift(handle, wantTier[entity]);
            }
            if (wanted) {
                focusBit(viewer, handle, entity);
            }
        }
        for (int i = 0; i < all.count; i++) {
            if (all.tier[i] != NOWHERE) {
                enter(viewer, all.entity[i], tick);
                enterRiders(viewer, all.entity[i], tick, RIDERS_DEPTH_MAX);
            }
        }
    }

    private int heldHandleOf(Viewer viewer, int handle) {
        int entity = viewer.entity[handle];
        return entities.incarnation[entity] == viewer.mark[handle] && heldStamp[entity] == stamp
                ? heldHandle[entity]
                : EdgeEntities.NONE;
    }

    private void enterRiders(Viewer viewer, int carrier, long tick, int depth) {
        for (int rider = entities.firstRider[carrier];
                rider != EdgeEntities.NONE;
                rider = entities.nextRider[rider]) {
            if (wantStamp[rider] == stamp && wantReason[rider] == Reason.CARRIER.ordinal()) {
                enter(viewer, rider, tick);
            }
            if (depth > 1 && tracks.placedTier(rider) < 0) {
                enterRiders(viewer, rider, tick, depth - 1);
            }
        }
    }

    private void enter(Viewer viewer, int entity, long tick) {
        if (heldStamp[entity] == stamp) {
            return;
        }
        int handle = viewer.enter(entity, entities.incarnation[entity], wantTier[entity]);
        if (handle >= 0) {
            heldStamp[entity] = stamp;
            heldHandle[entity] = handle;
            focusBit(viewer, handle, entity);
            note(viewer, entity, tick, NOWHERE);
        }
    }

    private void focusBit(Viewer viewer, int handle, int entity) {
        int state = viewer.state[handle] & ~Viewer.FOCUS;
        viewer.state[handle] = (byte) (wantFocus[entity] == 0 ? state : state | Viewer.FOCUS);
    }

    private void note(Viewer viewer, int entity, long tick, int from) {
        viewer.decisions.add(
                tick,
                entities.id[entity],
                from,
                wantTier[entity],
                REASONS[wantReason[entity]],
                wantDistance[entity]);
    }

    private void leave(
            Viewer viewer, int handle, long tick, Reason reason, double distance, long id) {
        if (id != 0) {
            viewer.decisions.add(tick, id, viewer.tier(handle), NOWHERE, reason, distance);
        }
        viewer.leave(handle);
    }

    private Reason reasonToLeave(Viewer viewer, int entity) {
        for (int i = 0; i < all.count; i++) {
            if (all.entity[i] == entity) {
                return REASONS[all.reason[i]];
            }
        }
        int track = EdgeTracks.of(entity, CLOSE);
        if (tracks.isVeiledFrom(viewer, entity)) {
            return Reason.AUDIENCE;
        }
        if (tracks.placedTier(entity) < 0) {
            return Reason.CARRIER;
        }
        if (!tracks.isHeld(track) && !tracks.isHeld(track + 1)) {
            return Reason.GONE;
        }
        double radius = reach.radius[Reach.kind(entities.sizeClass[entity], MEDIUM)];
        return tracks.squaredDistance(entity, x, y, z) <= radius * radius
                ? Reason.SENSOR_RANGE
                : Reason.RANGE;
    }

    private double distanceOf(int entity, long tick) {
        if (!tracks.publish(entity, tick)) {
            return Double.NaN;
        }
        return Math.sqrt(tracks.squaredDistance(entity, x, y, z));
    }
}
