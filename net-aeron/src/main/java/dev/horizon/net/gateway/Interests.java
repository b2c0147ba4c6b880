package dev.horizon.net.gateway;

import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.world.Tier;
import org.agrona.collections.LongHashSet;

/** Keeps each session's channels in step with its place. Agent thread. */
final class Interests {
    private static final Tier[] TIERS = Tier.values();

    /** Nobody is planned for more often than this, however close to a border they are. */
    private static final long PERIOD_NANOS = 100_000_000L;

    /** Except those who jump: the hysteresis of the smallest cell, metres. */
    private static final double STEP_METRES = 100;

    private final InterestPlan plan;
    private final FanOut fanOut;
    private final Subscriptions subscriptions;
    private final LongHashSet wanted = new LongHashSet();
    private final LongHashSet dropped = new LongHashSet();

    Interests(InterestPlan plan, FanOut fanOut, Subscriptions subscriptions) {
        this.plan = plan;
        this.fanOut = fanOut;
        this.subscriptions = subscriptions;
    }

    /** Plans anew where the session's place calls for it. */
    void follow(Session session, long nowNanos) {
        if (!session.hasPlace || !subscriptions.hasRoom()) {
            return;
        }
        double dx = session.x - session.plannedX;
        double dy = session.y - session.plannedY;
        double dz = session.z - session.plannedZ;
        double moved = dx * dx + dy * dy + dz * dz;
        if (moved <= session.slackMetres * session.slackMetres) {
            return;
        }
        // Not a number before the first plan, and so neither small nor large.
        boolean due = nowNanos - session.plannedAtNanos > PERIOD_NANOS;
        if (!(moved <= STEP_METRES * STEP_METRES) || due) {
            session.plannedAtNanos = nowNanos;
            session.plannedX = session.x;
            session.plannedY = session.y;
            session.plannedZ = session.z;
            replan(session);
        }
    }

    private void replan(Session session) {
        wanted.clear();
        session.slackMetres = plan.collect(session.x, session.y, session.z, session.near, wanted);
        dropped.clear();
        session.near.forEachLong(channelId -> {
            if (!wanted.contains(channelId)) {
                dropped.add(channelId);
            }
        });
        dropped.forEachLong(channelId -> {
            session.near.remove(channelId);
            fanOut.unwatch(session, channelId, true);
        });
        wanted.forEachLong(channelId -> {
            if (session.near.add(channelId)) {
                fanOut.watch(session, channelId);
            }
        });
    }

    /** Begins to show all of one tier, beside what is near; -1 ends it. */
    void observe(Session session, int tier) {
        dropped.clear();
        session.observed.forEachLong(dropped::add);
        session.observed.clear();
        if (tier >= 0) {
            for (long channelId : InterestRules.wholeSystem(TIERS[tier])) {
                session.observed.add(channelId);
                if (!dropped.remove(channelId)) {
                    fanOut.watch(session, channelId);
                }
            }
        }
        dropped.forEachLong(channelId -> fanOut.unwatch(session, channelId, true));
    }

    /** Ends all of it: the session has no connection now. */
    void release(Session session) {
        dropped.clear();
        session.near.forEachLong(dropped::add);
        session.observed.forEachLong(dropped::add);
        session.near.clear();
        session.observed.clear();
        dropped.forEachLong(channelId -> fanOut.unwatch(session, channelId, false));
        session.whole.clear();
        session.known.clear();
        session.starved.clear();
        session.plannedX = Double.NaN;
    }
}
