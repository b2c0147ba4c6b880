package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;

/**
 * What a gateway serves its clients: feed {@link #cache} with frames, let each client's {@link
 * Viewer} {@link #follow} the tick, {@link #gather} what is new to it, and {@link #endRound} after
 * the last. One thread's alone; allocates nothing in steady state.
 */
public final class Edge {
    private final EdgeCache cache;
    private final EdgeConfig config;
    private final Cells cells;
    private final Bundle bundle = new Bundle();
    private final Allowance allowance;
    private Reach reach;
    private Interest interest;
    private Cover cover;
    private Silence silence;
    private final Gatherer gatherer;
    private boolean isTight;
    private long evaluations;

    /**
     * An edge without clients.
     *
     * @param cache is fed with frames by the caller
     * @param channels the node's
     * @param cells is told what channels clients need
     */
    public Edge(EdgeCache cache, ChannelConfig channels, EdgeConfig config, Cells cells) {
        this.cache = cache;
        this.config = config;
        this.cells = cells;
        allowance = new Allowance(config);
        reach = new Reach(channels);
        interest = new Interest(cache, reach, config);
        cover = new Cover(cache, reach, cells);
        silence = new Silence(cache, reach, cells);
        gatherer = new Gatherer(cache, bundle, allowance);
    }

    /**
     * Learns how the node cuts its world: of a gateway that began before it heard its node. Only
     * while nobody has joined.
     */
    public void channels(ChannelConfig channels) {
        reach = new Reach(channels);
        interest = new Interest(cache, reach, config);
        interest.tighten(isTight);
        cover = new Cover(cache, reach, cells);
        silence = new Silence(cache, reach, cells);
    }

    /** What is known of the world. */
    public EdgeCache cache() {
        return cache;
    }

    /**
     * Lets clients hold no more at CLOSE than they would at least, or as much as their bytes allow
     * again: for a node that is overloaded.
     */
    public void tighten(boolean tight) {
        isTight = tight;
        interest.tighten(isTight);
    }

    /** A client that holds nothing yet. */
    public Viewer join(long sessionId) {
        Viewer viewer = new Viewer(sessionId, config);
        viewer.reach = reach;
        return viewer;
    }

    /** From now on a viewer sees from where one of another edge does, and as far. */
    public void seeLike(Viewer viewer, Viewer other) {
        boolean isPlaced = !Double.isNaN(other.seenX);
        viewer.focus(
                other.ownEntity,
                isPlaced ? other.seenX : other.x,
                isPlaced ? other.seenY : other.y,
                isPlaced ? other.seenZ : other.z,
                other.sensorMetres,
                other.focus,
                other.focus.length);
        viewer.audiences(other.audiences, other.audiences.length);
    }

    /** The client is gone, or has no connection: it needs no channels. */
    public void leave(Viewer viewer) {
        cover.leave(viewer);
        viewer.restart();
    }

    /** Works out anew what a viewer holds, where this tick calls for it. */
    public void follow(Viewer viewer) {
        long tick = cache.tick();
        settle(viewer, tick);
        if (tick != viewer.silenceTick && silence.isDue(viewer, tick)) {
            viewer.silenceTick = tick;
            silence.update(viewer, tick);
        }
    }

    private void settle(Viewer viewer, long tick) {
        boolean placed = interest.place(viewer, tick);
        boolean due =
                tick != viewer.seenTick
                        && Math.floorMod(tick + viewer.sessionId, config.interestTicks()) == 0;
        boolean overdue = tick - viewer.seenTick >= config.interestTicks();
        if (!due
                && !viewer.stirred
                && !overdue
                && !hasJumped(viewer, placed)
                && !gatherer.lacks(viewer)) {
            return;
        }
        evaluations++;
        if (placed) {
            cover.follow(viewer, interest.x(), interest.y(), interest.z());
        } else {
            cover.follow(viewer, Double.NaN, Double.NaN, Double.NaN);
        }
        cover.focus(viewer, tick);
        interest.evaluate(viewer, tick, placed);
        viewer.stirred = false;
        viewer.seenTick = tick;
        viewer.seenX = placed ? interest.x() : Double.NaN;
        viewer.seenY = interest.y();
        viewer.seenZ = interest.z();
    }

    private boolean hasJumped(Viewer viewer, boolean placed) {
        if (!placed) {
            return !Double.isNaN(viewer.seenX);
        }
        double dx = interest.x() - viewer.seenX;
        double dy = interest.y() - viewer.seenY;
        double dz = interest.z() - viewer.seenZ;
        return !(dx * dx + dy * dy + dz * dz <= reach.jumpMetres * reach.jumpMetres);
    }

    /**
     * Gathers what is new to a viewer since it was gathered for last: View messages, each behind
     * its length of 16 bits, in {@link #bundle}.
     *
     * @return their bytes; 0 when there is nothing to say
     */
    public int gather(Viewer viewer) {
        return gatherer.gather(viewer, cache.tick()) ? bundle.length : 0;
    }

    /** Holds what {@link #gather} wrote, from the start; valid until the next call. */
    public byte[] bundle() {
        return bundle.bytes;
    }

    /** A message of this length went to the viewer's client: the View and all that was with it. */
    public void spend(Viewer viewer, int bytes) {
        allowance.spend(viewer, bytes);
    }

    /** Takes the bytes of a far frame out of the viewer's; false when it has to wait. */
    public boolean takeFar(Viewer viewer, int bytes) {
        return allowance.takeFar(viewer, bytes);
    }

    /** All viewers have been gathered for. */
    public void endRound() {
        cache.endRound();
    }

    /** Times that a viewer's near set was worked out. */
    public long evaluations() {
        return evaluations;
    }

    /** Entities that were looked at for that. */
    public long visits() {
        return interest.visits();
    }

    /** Entities of which rows were written. */
    public long rowsWritten() {
        return gatherer.rowsWritten();
    }

    /** Why a viewer held or didn't hold an entity at a tick, as far as is remembered. */
    public Why why(Viewer viewer, long entityId, long tick) {
        int entity = cache.entities.find(entityId);
        double sensor = viewer.sensorMetres;
        int sizeClass = entity == EdgeEntities.NONE ? 0 : cache.entities.sizeClass[entity];
        int at = viewer.decisions.find(entityId, tick);
        int handle = handle(viewer, entity);
        boolean late = handle >= 0 && viewer.missed[handle] != 0 && tick >= cache.tick();
        if (at >= 0) {
            int tier = viewer.decisions.to(at);
            return new Why(
                    viewer.decisions.tick(at),
                    tierName(tier),
                    channel(entity, tier),
                    viewer.decisions.distance(at),
                    limit(sizeClass, tier, sensor),
                    late ? Reason.BYTES : viewer.decisions.reason(at),
                    true);
        }
        int tier = handle < 0 ? Viewer.NOWHERE : viewer.tier(handle);
        double distance = distance(viewer, entity);
        Reason reason = late ? Reason.BYTES : reason(viewer, entity, distance);
        return new Why(
                cache.tick(),
                tierName(tier),
                channel(entity, tier),
                distance,
                limit(sizeClass, tier, sensor),
                reason,
                false);
    }

    /** Of what no decision is remembered: as it would be decided now. */
    private Reason reason(Viewer viewer, int entity, double distance) {
        if (entity == EdgeEntities.NONE) {
            return Reason.RANGE;
        }
        if (cache.tracks.isVeiledFrom(viewer, entity)) {
            return Reason.AUDIENCE;
        }
        if (Double.isNaN(distance)) {
            return Reason.CARRIER;
        }
        Reason decided = interest.explain(viewer, entity, cache.tick());
        if (decided != null) {
            return decided;
        }
        int kind = Reach.kind(cache.entities.sizeClass[entity], Viewer.MEDIUM);
        if (distance <= reach.radius(kind, viewer.sensorMetres)) {
            // It is near enough, but no near channel tells of it.
            return Reason.LOSS;
        }
        return distance <= reach.radius[kind] ? Reason.SENSOR_RANGE : Reason.RANGE;
    }

    private double distance(Viewer viewer, int entity) {
        long tick = cache.tick();
        if (entity == EdgeEntities.NONE
                || !interest.place(viewer, tick)
                || !cache.tracks.publish(entity, tick)) {
            return Double.NaN;
        }
        return Math.sqrt(
                cache.tracks.squaredDistance(entity, interest.x(), interest.y(), interest.z()));
    }

    private int handle(Viewer viewer, int entity) {
        for (int handle = 0; entity >= 0 && handle < viewer.high; handle++) {
            if (viewer.entity[handle] == entity
                    && viewer.isHeld(handle)
                    && viewer.mark[handle] == cache.entities.incarnation[entity]) {
                return handle;
            }
        }
        return EdgeEntities.NONE;
    }

    /** What bounds the tier; for what isn't near, the farthest near tier. */
    private double limit(int sizeClass, int tier, double sensorMetres) {
        int nearer = tier == Viewer.NOWHERE ? Viewer.MEDIUM : tier;
        return reach.radius(Reach.kind(sizeClass, nearer), sensorMetres);
    }

    private String channel(int entity, int tier) {
        if (entity == EdgeEntities.NONE || tier == Viewer.NOWHERE) {
            return "";
        }
        EdgeChannel owner = cache.tracks.owner[EdgeTracks.of(entity, tier)];
        return owner == null ? "" : ChannelId.text(owner.id);
    }

    private static String tierName(int tier) {
        return tier == Viewer.NOWHERE ? Why.NOT_NEAR : Reach.TIERS[tier].name();
    }
}
