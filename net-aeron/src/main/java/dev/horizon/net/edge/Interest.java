package dev.horizon.net.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a viewer holds near: the rule of {@code docs/replication.md}, "What a client
 * holds". Its cost depends on what is near, not on the size of the world.
 */
final class Interest {
    private static final int CLOSE = Viewer.CLOSE;
    private static final int MEDIUM = Viewer.MEDIUM;
    private static final byte NOWHERE = Viewer.NOWHERE;

    private static final double ROUNDING = 1e-9;
    private static final Reason[] REASONS = Reason.values();

    private final EdgeCache cache;
    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final Reach reach;
    private final EdgeConfig config;
    private final Candidates all;
    private final Riders riders;
    private final Settlement settlement;
    private final Surroundings surroundings;

    private final Verdicts verdicts = new Verdicts();
    private boolean isTight;
    private long visits;
    private double x;
    private double y;
    private double z;

    Interest(EdgeCache cache, Reach reach, EdgeConfig config) {
        this.cache = cache;
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.reach = reach;
        this.config = config;
        this.all = new Candidates(cache.entities);
        this.riders = new Riders(cache.entities, cache.tracks);
        this.settlement = new Settlement(cache, reach, all, verdicts);
        this.surroundings = new Surroundings(cache, reach);
    }

    /** Lets viewers hold no more at CLOSE than they would at least, or as much as they may. */
    void tighten(boolean tight) {
        isTight = tight;
    }

    /** Entities that were looked at so far. */
    long visits() {
        return visits;
    }

    /** Finds where a viewer is; false where nobody knows. */
    boolean place(Viewer viewer, long tick) {
        int own = viewer.ownEntity == 0 ? EdgeEntities.NONE : own(viewer);
        if (own != EdgeEntities.NONE && tracks.publish(own, tick)) {
            x = tracks.x(own);
            y = tracks.y(own);
            z = tracks.z(own);
        } else {
            x = viewer.x;
            y = viewer.y;
            z = viewer.z;
        }
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }

    private int own(Viewer viewer) {
        int number = viewer.ownNumber;
        if (!entities.isNumberOf(number, viewer.ownEntity)) {
            number = entities.find(viewer.ownEntity);
            viewer.ownNumber = number;
        }
        return number;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double z() {
        return z;
    }

    /** Lets a viewer hold what the rule says at this tick; {@link #place} first. */
    void evaluate(Viewer viewer, long tick, boolean placed) {
        begin(viewer);
        if (placed) {
            collect(viewer, tick);
            chooseClose(viewer);
            chooseMedium();
            for (int i = 0; i < all.count; i++) {
                if (all.tier[i] != NOWHERE) {
                    settlement.want(viewer, i);
                }
            }
        }
        settlement.settle(viewer, tick, x, y, z);
    }

    /**
     * Why an entity would be held as it is, if it were decided now; null for one that isn't even a
     * candidate. Changes nothing; {@link #place} first.
     */
    @Nullable Reason explain(Viewer viewer, int entity, long tick) {
        begin(viewer);
        collect(viewer, tick);
        chooseClose(viewer);
        chooseMedium();
        for (int i = 0; i < all.count; i++) {
            if (all.entity[i] == entity) {
                return REASONS[all.reason[i]];
            }
        }
        return null;
    }

    private void begin(Viewer viewer) {
        all.clear();
        verdicts.begin(entities.capacity());
        settlement.begin(viewer);
    }

    private void collect(Viewer viewer, long tick) {
        int order = 0;
        if (viewer.ownEntity != 0) {
            focus(viewer, viewer.ownEntity, (byte) order++, tick);
        }
        for (long id : viewer.focus) {
            focus(viewer, id, (byte) order++, tick);
        }
        for (int kind = 0; kind < Reach.KINDS; kind++) {
            if (kind % EdgeTracks.TIERS <= MEDIUM && !cache.isEmpty(kind)) {
                Around around = surroundings.of(kind, x, y, z);
                double within = reach.cells(kind, viewer.sensorMetres);
                for (int i = 0; i < around.count; i++) {
                    if (around.distance(i, x, y, z) <= within && around.channel[i].held > 0) {
                        collect(viewer, around.channel[i], tick);
                    }
                }
            }
        }
        collectVeiled(viewer, tick);
    }

    /** Of an audience there are few channels: all that are near count. */
    private void collectVeiled(Viewer viewer, long tick) {
        for (int audience : viewer.audiences) {
            List<EdgeChannel> channels = cache.audiences.of(audience);
            for (int i = 0; i < channels.size(); i++) {
                EdgeChannel channel = channels.get(i);
                if (channel.tier <= MEDIUM
                        && channel.held > 0
                        && reach.rules.distance(channel.id, x, y, z)
                                <= reach.cells(channel.kind, viewer.sensorMetres)) {
                    collect(viewer, channel, tick);
                }
            }
        }
    }

    private void collect(Viewer viewer, EdgeChannel channel, long tick) {
        Roster near = channel.roster;
        if (near == null) {
            near = new Roster();
            channel.roster = near;
        }
        near.list(channel, tracks, riders, tick, cache.changes());
        int[] entity = near.entity;
        double[] place = near.place;
        // Farther than this nothing is eligible at the channel's tier; a little is for rounding.
        double most = reach.radius(channel.kind, viewer.sensorMetres) * reach.keep * (1 + ROUNDING);
        double mostSquared = most * most;
        visits += near.count;
        for (int i = 0; i < near.count; i++) {
            double dx = place[i * Roster.PLACE] - x;
            double dy = place[i * Roster.PLACE + 1] - y;
            double dz = place[i * Roster.PLACE + 2] - z;
            double squared = dx * dx + dy * dy + dz * dz;
            if (squared <= mostSquared) {
                verdicts.receive(entity[i], channel.tier);
                if (!verdicts.isSeen(entity[i])) {
                    consider(viewer, entity[i], Candidates.UNFOCUSED, squared, near.riders[i]);
                }
            }
        }
    }

    private void focus(Viewer viewer, long id, byte order, long tick) {
        int entity = entities.find(id);
        if (entity != EdgeEntities.NONE
                && !verdicts.isSeen(entity)
                && !tracks.isVeiledFrom(viewer, entity)) {
            for (int tier = CLOSE; tier <= MEDIUM; tier++) {
                int track = EdgeTracks.of(entity, tier);
                if (tracks.isHeldFor(viewer, track)) {
                    verdicts.receive(entity, tier);
                }
            }
            if (tracks.publish(entity, tick)) {
                double squared = tracks.squaredDistance(entity, x, y, z);
                consider(viewer, entity, order, squared, riders.audience(entity));
            } else {
                verdicts.see(entity);
            }
        }
    }

    private void consider(Viewer viewer, int entity, byte order, double squaredMetres, int aboard) {
        verdicts.see(entity);
        double distance = Math.sqrt(squaredMetres);
        int held = settlement.heldTier(viewer, entity);
        int eligible = NOWHERE;
        int sizeClass = entities.sizeClass[entity];
        if (order != Candidates.UNFOCUSED
                || isInReach(sizeClass, CLOSE, viewer, distance, held == CLOSE)) {
            eligible = CLOSE;
        } else if (isInReach(sizeClass, MEDIUM, viewer, distance, held <= MEDIUM)) {
            eligible = MEDIUM;
        }
        if (eligible != NOWHERE) {
            int at = all.add(entity, order, distance);
            all.riders[at] = aboard;
            all.eligible[at] = (byte) eligible;
            all.held[at] = (byte) held;
            all.reason[at] = (byte) Reason.RANGE.ordinal();
        }
    }

    private boolean isInReach(
            int sizeClass, int tier, Viewer viewer, double distance, boolean held) {
        double radius = reach.radius(Reach.kind(sizeClass, tier), viewer.sensorMetres);
        return distance <= (held ? radius * reach.keep : radius);
    }

    private void chooseClose(Viewer viewer) {
        int offered = 0;
        for (int i = 0; i < all.count; i++) {
            if (all.eligible[i] == CLOSE && isReceived(i, CLOSE)) {
                double weight = all.held[i] == CLOSE ? reach.favour : 1;
                all.offer(offered++, i, all.distance[i] * weight);
            }
        }
        int limit = isTight ? config.closeMin() : viewer.closeLimit;
        int most = Math.min(offered, limit);
        all.choose(offered, most);
        for (int at = 0; at < offered; at++) {
            int i = all.chosen(at);
            if (at < most) {
                all.tier[i] = CLOSE;
                Reason reason = all.order[i] == Candidates.UNFOCUSED ? Reason.RANGE : Reason.FOCUS;
                all.reason[i] = (byte) reason.ordinal();
            } else {
                all.reason[i] = (byte) Reason.CLOSE_BUDGET.ordinal();
            }
        }
    }

    private void chooseMedium() {
        int offered = 0;
        for (int i = 0; i < all.count; i++) {
            if (all.tier[i] == NOWHERE && all.eligible[i] <= MEDIUM) {
                if (isReceived(i, MEDIUM)) {
                    double weight = all.held[i] <= MEDIUM ? reach.favour : 1;
                    all.offer(offered++, i, all.distance[i] * weight);
                }
                if (all.eligible[i] == CLOSE && !isReceived(i, CLOSE) || !isReceived(i, MEDIUM)) {
                    all.reason[i] = (byte) Reason.LOSS.ordinal();
                }
            }
        }
        int most = Math.min(offered, config.mediumMax());
        all.choose(offered, most);
        for (int at = 0; at < offered; at++) {
            int i = all.chosen(at);
            if (at < most) {
                all.tier[i] = MEDIUM;
            } else {
                all.reason[i] = (byte) Reason.MEDIUM_BUDGET.ordinal();
            }
        }
    }

    private boolean isReceived(int i, int tier) {
        return verdicts.isReceived(all.entity[i], tier);
    }
}
