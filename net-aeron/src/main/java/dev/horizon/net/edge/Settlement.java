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

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final Reach reach;
    private final Candidates all;

    private final Verdicts verdicts;

    /** What is wanted, riders behind their carriers. */
    private int[] wanted = new int[256];

    private int wantedCount;
    private double x;
    private double y;
    private double z;

    Settlement(EdgeCache cache, Reach reach, Candidates all, Verdicts verdicts) {
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.reach = reach;
        this.all = all;
        this.verdicts = verdicts;
    }

    /** Nothing is wanted yet; finds what the viewer holds. */
    void begin(Viewer viewer) {
        wantedCount = 0;
        for (int handle = 0; handle < viewer.high; handle++) {
            int entity = viewer.entity[handle];
            if (entity != EdgeEntities.NONE
                    && entities.incarnation[entity] == viewer.mark[handle]) {
                verdicts.hold(entity, handle);
            }
        }
    }

    /** The tier at which the viewer holds an entity, or {@link Viewer#NOWHERE}. */
    int heldTier(Viewer viewer, int entity) {
        int handle = verdicts.handle(entity);
        return handle >= 0 && viewer.isHeld(handle) ? viewer.tier(handle) : NOWHERE;
    }

    /** One of the candidates, at the tier chosen for it, and what rides in it. */
    void want(Viewer viewer, int i) {
        int entity = all.entity[i];
        int tier = all.tier[i];
        double distance = all.distance[i];
        boolean isFocus = all.order[i] != Candidates.UNFOCUSED;
        want(entity, tier, all.reason[i], distance, isFocus);
        if (Riders.mayBeSeen(viewer, all.riders[i])) {
            wantRiders(viewer, entity, tier, distance, Riders.DEPTH_MAX);
        }
    }

    private void want(int entity, int tier, int reason, double distance, boolean isFocus) {
        verdicts.want(entity, tier, reason, distance, isFocus);
        if (wantedCount == wanted.length) {
            wanted = Arrays.copyOf(wanted, wantedCount * 2);
        }
        wanted[wantedCount++] = entity;
    }

    private void wantRiders(Viewer viewer, int carrier, int tier, double distance, int depth) {
        for (int rider = entities.firstRider[carrier];
                rider != EdgeEntities.NONE;
                rider = entities.nextRider[rider]) {
            if (verdicts.isWanted(rider) || tracks.placedTier(rider) >= 0) {
                continue;
            }
            if (tracks.isHeldFor(viewer, EdgeTracks.of(rider, tier))) {
                want(rider, tier, Reason.CARRIER.ordinal(), distance, false);
            }
            if (depth > 1) {
                wantRiders(viewer, rider, tier, distance, depth - 1);
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
            if (entity == EdgeEntities.NONE) {
                continue;
            }
            if (verdicts.handle(entity) != handle) {
                if (viewer.isHeld(handle)) {
                    // Its number is its own until another entity takes it.
                    boolean known = entities.incarnation[entity] == viewer.mark[handle] + 1;
                    long id = known ? entities.id[entity] : 0;
                    leave(viewer, handle, tick, Reason.GONE, Double.NaN, id);
                }
                continue;
            }
            boolean isWanted = verdicts.isWanted(entity);
            if (!viewer.isHeld(handle)) {
                if (isWanted) {
                    viewer.stay(handle, verdicts.tier(entity));
                    note(viewer, entity, tick, NOWHERE);
                }
            } else if (!isWanted) {
                leave(
                        viewer,
                        handle,
                        tick,
                        reasonToLeave(viewer, entity),
                        distanceOf(entity, tick),
                        entities.id[entity]);
            } else if (viewer.tier(handle) != verdicts.tier(entity)) {
                note(viewer, entity, tick, viewer.tier(handle));
                viewer.shift(handle, verdicts.tier(entity));
            }
            if (isWanted) {
                focusBit(viewer, handle, entity);
            }
        }
        for (int i = 0; i < wantedCount; i++) {
            enter(viewer, wanted[i], tick);
        }
    }

    private void enter(Viewer viewer, int entity, long tick) {
        if (verdicts.handle(entity) >= 0) {
            return;
        }
        int handle = viewer.enter(entity, entities.incarnation[entity], verdicts.tier(entity));
        if (handle >= 0) {
            verdicts.hold(entity, handle);
            focusBit(viewer, handle, entity);
            note(viewer, entity, tick, NOWHERE);
        }
    }

    private void focusBit(Viewer viewer, int handle, int entity) {
        int state = viewer.state[handle] & ~Viewer.FOCUS;
        viewer.state[handle] = (byte) (verdicts.isFocus(entity) ? state | Viewer.FOCUS : state);
    }

    private void note(Viewer viewer, int entity, long tick, int from) {
        viewer.decisions.add(
                tick,
                entities.id[entity],
                from,
                verdicts.tier(entity),
                verdicts.reason(entity),
                verdicts.distance(entity));
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
