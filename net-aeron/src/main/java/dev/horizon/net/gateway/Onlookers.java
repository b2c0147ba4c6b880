package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.Viewer;
import dev.horizon.net.gateway.Following.Watched;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Who sees by one node, and who of them watches a far channel. Agent thread. */
final class Onlookers {
    /** The number of who is none. */
    static final int NOBODY = -1;

    private static final int FIRST = 64;

    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();

    /** By their numbers, which are small; null for a number that nobody has. */
    private @Nullable Session[] numbered = new Session[FIRST];

    /** Numbers that nobody has, the last to be given first. */
    private int[] free = new int[0];

    private int freeCount;

    void add(Session session) {
        sessions.put(session.viewer.sessionId(), session);
        if (freeCount == 0) {
            grow();
        }
        session.onlooker = free[--freeCount];
        numbered[session.onlooker] = session;
    }

    private void grow() {
        int from = free.length;
        int to = Math.max(FIRST, from + from / 2);
        numbered = Arrays.copyOf(numbered, to);
        free = new int[to];
        for (int number = to - 1; number >= from; number--) {
            free[freeCount++] = number;
        }
    }

    /** It watches nothing any more. */
    void remove(Session session) {
        if (sessions.remove(session.viewer.sessionId()) != null) {
            numbered[session.onlooker] = null;
            free[freeCount++] = session.onlooker;
            session.onlooker = NOBODY;
        }
    }

    int count() {
        return sessions.size();
    }

    /** Who has a number. */
    Session of(int number) {
        return Objects.requireNonNull(numbered[number]);
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
                        watched.watch(session, this);
                    }
                }
            }
        }
        return watched.watchers();
    }
}
