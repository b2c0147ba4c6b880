package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.world.Tier;
import java.util.ArrayList;
import java.util.List;

/** Who is shown all of a size class and tier, beside what is near. Agent thread. */
final class Observing {
    private static final Tier[] TIERS = Tier.values();

    private final FanOut fanOut;
    private final Following following;
    private final Subscriptions subscriptions;
    private final List<List<Session>> observers = new ArrayList<>();

    Observing(FanOut fanOut, Following following, Subscriptions subscriptions) {
        this.fanOut = fanOut;
        this.following = following;
        this.subscriptions = subscriptions;
        for (int kind = 0; kind < Following.KINDS; kind++) {
            observers.add(new ArrayList<>());
        }
    }

    /** Sessions that observe all of a channel's size class and tier. */
    List<Session> observers(long channelId) {
        return observers.get(Following.kind(channelId));
    }

    /** Begins to show all of one tier; -1 ends it. */
    void observe(Session session, int tier) {
        long[] before = session.observed.clone();
        if (tier >= 0) {
            for (long id : InterestRules.wholeSystem(TIERS[tier])) {
                if (!session.observes(id)) {
                    begin(session, id);
                }
            }
        }
        for (long id : before) {
            if (tier < 0 || ChannelId.tier(id).ordinal() != tier) {
                end(session, id, true);
            }
        }
    }

    /** The session has no client now. */
    void leave(Session session) {
        for (long tierId : session.observed.clone()) {
            end(session, tierId, false);
        }
    }

    private void begin(Session session, long tierId) {
        session.observe(tierId);
        List<Session> all = observers(tierId);
        all.add(session);
        if (all.size() == 1) {
            following.observe(tierId);
        } else {
            subscriptions.requestAll(tierId);
        }
    }

    private void end(Session session, long tierId, boolean tell) {
        session.unobserve(tierId);
        List<Session> all = observers(tierId);
        all.remove(session);
        for (long channelId : session.far.ids()) {
            if (ChannelId.wholeOf(channelId) == tierId && !fanOut.isFor(session, channelId)) {
                if (tell) {
                    fanOut.letForget(session, channelId);
                } else {
                    session.far.remove(channelId);
                }
            }
        }
        if (all.isEmpty()) {
            following.unobserve(tierId);
        }
    }
}
