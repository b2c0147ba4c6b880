package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.net.edge.Viewer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One player's session as the gateway sees it. The agent's thread owns what isn't said otherwise.
 */
final class Session {
    /** Where a session stands. */
    enum State {
        /** The profile or the node's welcome is awaited. */
        OPENING,
        /** Welcomed, with a connection. */
        PLAYING,
        /** The connection is lost; may be resumed. */
        DETACHED,
        /** Over. */
        CLOSED
    }

    private static final long[] NOTHING = {};

    /** Clients before it read Views alone, and know no cells that are parts of others. */
    private static final int GLANCES_SINCE = 2;

    /** Clients before it know no channels of audiences. */
    private static final int AUDIENCES_SINCE = 3;

    /** The first version of the protocol whose clients know steered flight. */
    private static final int FLIGHTS_SINCE = 3;

    private final long id;
    private final String player;
    private final long playerId;
    private final AtomicInteger inputSequence = new AtomicInteger();

    /** What it holds near. */
    final Viewer viewer;

    /** What waits for its client. */
    final Outbox outbox;

    /** Channels of which its client has anything. */
    final FarChannels far = new FarChannels();

    /** Whole tiers that it observes. */
    long[] observed = NOTHING;

    /** Where it stands in the list of all. */
    int place;

    State state = State.OPENING;
    long resumeNonce;
    long deadlineNanos;
    boolean opened;

    /** The node took it, at least once. */
    boolean wasWelcomed;

    /** It began at another gateway; whether it goes on here, the node has to say. */
    boolean isFromElsewhere;

    /** The node is asked to take it again, after it was away. */
    boolean isReattaching;

    /** Number of the last message of the client that a tick read. */
    int readSequence;

    /** Events wait for the end of the round. */
    boolean dirty;

    long focusEntity;

    /** What its client speaks. */
    private int protocolVersion = AUDIENCES_SINCE;

    private volatile @Nullable Connection connection;

    Session(long id, String player, Viewer viewer, Outbox outbox) {
        this.id = id;
        this.player = player;
        this.playerId = Profile.playerId(player);
        this.viewer = viewer;
        this.outbox = outbox;
    }

    long id() {
        return id;
    }

    String player() {
        return player;
    }

    long playerId() {
        return playerId;
    }

    /** Any thread. */
    @Nullable Connection connection() {
        return connection;
    }

    /** Number of the last message of the client; any thread. */
    AtomicInteger inputSequence() {
        return inputSequence;
    }

    /** False for a far channel of a kind that its client, an older one, would misread. */
    boolean reads(long channelId) {
        return (ChannelId.level(channelId) == 0 || protocolVersion >= GLANCES_SINCE)
                && (ChannelId.audience(channelId) == 0 || protocolVersion >= AUDIENCES_SINCE);
    }

    /** True for what its client doesn't get, since it holds all of it near. */
    boolean isSilent(long channelId) {
        return viewer.isSilent(channelId) && !observes(ChannelId.wholeOf(channelId));
    }

    void attach(Connection newConnection) {
        outbox.drop();
        outbox.open();
        connection = newConnection;
        newConnection.owner = this;
        protocolVersion = newConnection.protocolVersion();
        viewer.lean(protocolVersion >= GLANCES_SINCE);
        viewer.steering(protocolVersion >= FLIGHTS_SINCE);
    }

    void detach() {
        connection = null;
        outbox.close();
    }

    /** True while the session may be another gateway's: then it isn't ours to end. */
    boolean isUnsure() {
        return isFromElsewhere && state == State.OPENING;
    }

    /** True when it observes the whole tier. */
    boolean observes(long wholeTierId) {
        for (long each : observed) {
            if (each == wholeTierId) {
                return true;
            }
        }
        return false;
    }

    void observe(long wholeTierId) {
        observed = Arrays.copyOf(observed, observed.length + 1);
        observed[observed.length - 1] = wholeTierId;
    }

    void unobserve(long wholeTierId) {
        long[] rest = Arrays.stream(observed).filter(each -> each != wholeTierId).toArray();
        observed = rest.length == 0 ? NOTHING : rest;
    }

    @Override
    public String toString() {
        return player + "/" + Long.toHexString(id);
    }
}
