package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.profiles.Profile;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.LongHashSet;
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

    private final long id;
    private final String player;
    private final long playerId;
    private final AtomicBoolean flushPending = new AtomicBoolean();
    private final AtomicInteger inputSequence = new AtomicInteger();

    /** Channels that its place needs, and whole tiers that it observes. */
    final LongHashSet near = new LongHashSet();

    final LongHashSet observed = new LongHashSet();

    /** Channels of which the client has everything; others are sent nothing but a keyframe. */
    final LongHashSet whole = new LongHashSet();

    /** Channels of which the client has anything: told to forget it when they come no more. */
    final LongHashSet known = new LongHashSet();

    /** Channels whose frames found no room; asked for again when there is. */
    final LongHashSet starved = new LongHashSet();

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

    boolean dirty;

    long focusEntity;
    boolean hasPlace;
    double x;
    double y;
    double z;
    long plannedAtNanos;
    double slackMetres;
    double plannedX = Double.NaN;
    double plannedY;
    double plannedZ;

    private volatile @Nullable Connection connection;
    private volatile SessionQueue queue;

    Session(long id, String player, SessionQueue queue) {
        this.id = id;
        this.player = player;
        this.playerId = Profile.playerId(player);
        this.queue = queue;
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

    /** Any thread. */
    SessionQueue queue() {
        return queue;
    }

    /** Number of the last message of the client; any thread. */
    AtomicInteger inputSequence() {
        return inputSequence;
    }

    /** True once until the next flush; any thread. */
    AtomicBoolean flushPending() {
        return flushPending;
    }

    void attach(Connection newConnection, SessionQueue newQueue) {
        queue.close();
        queue = newQueue;
        connection = newConnection;
        newConnection.owner = this;
    }

    void detach() {
        connection = null;
        queue.close();
    }

    /** True while the session may be another gateway's: then it isn't ours to end. */
    boolean isUnsure() {
        return isFromElsewhere && state == State.OPENING;
    }

    /** True when a frame of the channel is for this session. */
    boolean watches(long channelId) {
        return near.contains(channelId) || observed.contains(ChannelId.wholeOf(channelId));
    }

    @Override
    public String toString() {
        return player + "/" + Long.toHexString(id);
    }
}
