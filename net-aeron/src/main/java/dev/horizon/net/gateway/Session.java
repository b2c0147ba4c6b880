package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.net.edge.Edge;
import dev.horizon.net.edge.Viewer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
    private static final byte[] NO_BYTES = {};

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
    Viewer viewer;

    /** Where its inputs go. */
    final Route route;

    /** The node by which it sees; its shapes and tick are for any thread. */
    volatile Side side;

    /** What waits for its client. */
    final Outbox outbox;

    /** Channels of which its client has anything. */
    final FarChannels far = new FarChannels();

    /** Whole tiers that it observes. */
    long[] observed = NOTHING;

    /** Where it stands in the list of all. */
    int place;

    /** Its number among those who see by the same node. */
    int onlooker = Onlookers.NOBODY;

    State state = State.OPENING;
    long resumeNonce;

    /** How it asks a node to take it. */
    InputMessages.Opening asks = InputMessages.Opening.NEW;

    /** The whole tier that it observes, or -1. */
    int observedTier = -1;

    /** Only follows channels for another session. */
    private boolean isScout;

    long deadlineNanos;
    boolean opened;

    /**
     * Home of the node where its player begins, if they own nothing; 0 for the one that is asked.
     */
    long begins;

    /** The node took it, at least once. */
    boolean wasWelcomed;

    /** It began at another gateway; whether it goes on here, the node has to say. */
    boolean isFromElsewhere;

    /** Nodes that were asked for it and don't know it: a bit each. */
    int unknownAt;

    /** Number of the last message of the client that a tick read. */
    int readSequence;

    /** Events wait for the end of the round. */
    boolean dirty;

    long focusEntity;

    /** What its client speaks. */
    private int protocolVersion = AUDIENCES_SINCE;

    private volatile @Nullable Connection connection;

    Session(
            long id,
            String player,
            Side side,
            Viewer viewer,
            Outbox outbox,
            Function<Session, byte[]> opening) {
        this.id = id;
        this.side = side;
        route = new Route(side, () -> opening.apply(this));
        this.player = player;
        this.playerId = Profile.playerId(player);
        this.viewer = viewer;
        this.outbox = outbox;
    }

    /** What follows, at another node, the channels that a session will need there. */
    static Session scout(Session of, Edge edge, GatewayConfig config) {
        Outbox nothing = new Outbox(config.queues());
        nothing.close();
        Session scout =
                new Session(
                        ~of.id, of.player, of.side, edge.join(~of.id), nothing, nobody -> NO_BYTES);
        scout.isScout = true;
        return scout;
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
        return !isScout
                && (ChannelId.level(channelId) == 0 || protocolVersion >= GLANCES_SINCE)
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
        suit();
    }

    /** It sees by another node from now on, and its client holds nothing of what that says. */
    void see(Viewer fresh) {
        viewer = fresh;
        suit();
        outbox.dropFrames();
    }

    private void suit() {
        viewer.lean(protocolVersion >= GLANCES_SINCE);
        viewer.steering(protocolVersion >= FLIGHTS_SINCE);
    }

    void detach() {
        connection = null;
        outbox.close();
    }

    /** Between two nodes its client goes on by what it has. */
    boolean isShown() {
        return state == State.PLAYING && !route.isUnderway();
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
