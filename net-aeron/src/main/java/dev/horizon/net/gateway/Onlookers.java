package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.Viewer;
import dev.horizon.net.gateway.Following.Watched;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Who sees by one node, and who of them watches a far channel. Agent thread. */
final class Onlookers {
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();

    void add(Session session) {
        sessions.put(session.viewer.sessionId(), session);
    }

    void remove(Session session) {
        sessions.remove(session.viewer.sessionId());
    }

    @Nullable Session of(Viewer viewer) {
        return sessions.get(viewer.sessionId());
    }

    /**
     * Sessions whose clients get a channel's frames. Looked for when something is heard of a cell
     * for the first time: of the hundreds that a player needs most are empty, and to list who needs
     * those would take as much memory as all else that is known of the player.
     */
    List<Session> watchers(long channelId, Watched watched) {
        if (!watched.isKnown()) {
            watched.know();
            long cell = ChannelId.base(channelId);
            if (ChannelId.tier(cell).ordinal() > Tier.MEDIUM.ordinal()) {
                for (Session session : sessions.values()) {
                    if (session.viewer.needs(cell)) {
                        watched.watch(session);
                    }
                }
            }
        }
        return watched.watchers();
    }
}
