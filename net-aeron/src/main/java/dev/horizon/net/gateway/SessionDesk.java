package dev.horizon.net.gateway;

import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.net.edge.Edge;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, resumes, replaces and ends sessions, and tells the node of it. The node hears of a
 * session's opening before its first input, and nothing after its end. Agent thread.
 */
final class SessionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDesk.class);

    /** Of some twenty checks a second: a few thousand players a second, not all at once. */
    private static final int DRAINED_PER_CHECK = 200;

    private final GatewayConfig config;
    private final Tickets tickets;
    private final NodeLink node;
    private final FanOut fanOut;
    private final Edge edge;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    private final List<Session> all = new ArrayList<>();
    private final Map<String, Session> byPlayer = new HashMap<>();
    private final ArrayDeque<byte[]> outbound = new ArrayDeque<>();
    private final UnsafeBuffer outboundBuffer = new UnsafeBuffer();
    private boolean isDraining;

    SessionDesk(
            GatewayConfig config,
            Tickets tickets,
            NodeLink node,
            FanOut fanOut,
            Edge edge,
            Flushing flushing,
            GatewayMetrics metrics) {
        this.config = config;
        this.tickets = tickets;
        this.node = node;
        this.fanOut = fanOut;
        this.edge = edge;
        this.flushing = flushing;
        this.metrics = metrics;
    }

    @Nullable Session find(long sessionId) {
        return byId.get(sessionId);
    }

    /**
     * The sessions, in no particular order. One that ends leaves its place to the last, so that who
     * goes from the last to the first meets all.
     */
    List<Session> all() {
        return all;
    }

    /**
     * Puts who are near each other side by side in {@link #all}: what one is told of lies in the
     * processor's cache for the next.
     */
    void sort() {
        all.sort(Comparator.comparingLong(session -> session.viewer.neighbourhood()));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).place = i;
        }
    }

    /** The session of a player, or null. */
    @Nullable Session find(String player) {
        return byPlayer.get(player);
    }

    int count() {
        return all.size();
    }

    /** Sends the node what it has not taken yet; false while it takes no more. */
    boolean drain() {
        for (byte[] next = outbound.peek(); next != null; next = outbound.peek()) {
            outboundBuffer.wrap(next);
            if (!node.offerInput(outboundBuffer, 0, next.length)) {
                return false;
            }
            outbound.remove();
        }
        return true;
    }

    /** A checked hello: a new session, or going on with one. */
    void hello(Connection connection, String player, @Nullable Ticket resume, long nowNanos) {
        if (!connection.isOpen()) {
            return;
        }
        Refusal refusal = refusal();
        if (refusal != null) {
            connection.refuse(refusal);
            return;
        }
        if (resume != null) {
            resume(connection, resume, nowNanos);
            return;
        }
        Session former = byPlayer.get(player);
        if (former != null) {
            end(
                    former,
                    DisconnectReason.REPLACED,
                    Refusal.closing(
                            Refusal.REPLACED, "you logged in again from another connection"));
        }
        long id = tickets.nonce() >>> 1;
        Session session = new Session(id, player, edge.join(id), new Outbox(config.queues()));
        fanOut.join(session);
        session.resumeNonce = tickets.nonce();
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection);
        add(session);
        session.opened = true;
        send(opened(session, connection, InputMessages.Opening.NEW, session.resumeNonce));
    }

    private byte[] opened(
            Session session, Connection connection, InputMessages.Opening opening, long nonce) {
        return InputMessages.opened(
                session, config.gatewayId(), opening, nonce, connection.address().getHostAddress());
    }

    /** The node decides: it knows the session, and whether the ticket was used. */
    private void resume(Connection connection, Ticket ticket, long nowNanos) {
        Session known = byId.get(ticket.sessionId());
        if (known != null
                && (known.state == Session.State.OPENING || known.resumeNonce != ticket.nonce())) {
            connection.refuse(
                    Refusal.closing(
                            Refusal.RESUME_USED,
                            "the session is over or the resume ticket was used: log in again"));
            return;
        }
        Session session = known == null ? fromElsewhere(ticket) : known;
        Connection former = session.connection();
        if (former != null) {
            release(session);
            former.refuse(
                    Refusal.closing(Refusal.REPLACED, "the session went on in another connection"));
        }
        session.state = Session.State.OPENING;
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection);
        send(opened(session, connection, InputMessages.Opening.RESUMED, ticket.nonce()));
    }

    private Session fromElsewhere(Ticket ticket) {
        long id = ticket.sessionId();
        Session session =
                new Session(id, ticket.player(), edge.join(id), new Outbox(config.queues()));
        fanOut.join(session);
        session.isFromElsewhere = true;
        add(session);
        return session;
    }

    private void add(Session session) {
        session.place = all.size();
        all.add(session);
        byId.put(session.id(), session);
        byPlayer.put(session.player(), session);
    }

    private void remove(Session session) {
        Session last = all.removeLast();
        if (last != session) {
            last.place = session.place;
            all.set(last.place, last);
        }
        byId.remove(session.id());
        byPlayer.remove(session.player(), session);
    }

    /** True for this gateway's own number, and for none. */
    boolean isHere(long gatewayId) {
        return gatewayId == 0
                || gatewayId == SessionWelcomeDecoder.gatewayIdNullValue()
                || (int) gatewayId == config.gatewayId();
    }

    /** Why nobody is let in now, or null. */
    private @Nullable Refusal refusal() {
        if (isDraining) {
            return Refusal.closing(
                    Refusal.DRAINING,
                    "this gateway takes no more players: connect to another, or again in a moment");
        }
        if (node.epoch() == 0) {
            return Refusal.later(
                    Refusal.NODE_AWAY,
                    "the star system's node is away: try again in a moment; sessions wait for it");
        }
        return null;
    }

    /** Tells the clients that their sessions wait. */
    void nodeAway() {
        for (Session session : all) {
            if (session.connection() != null && session.state == Session.State.PLAYING) {
                flushing.text(session, Answers.waiting());
            }
        }
    }

    /** From now on nobody is let in, and who is in is sent elsewhere by and by. */
    void beginDrain() {
        isDraining = true;
    }

    /** Sends some players elsewhere: their sessions stay with the node, to be gone on with. */
    void drainSome() {
        for (int left = DRAINED_PER_CHECK; isDraining && left > 0 && !all.isEmpty(); left--) {
            forget(
                    all.getLast(),
                    Refusal.closing(
                            Refusal.DRAINED,
                            "this gateway is being taken down: go on at another with the resume"
                                    + " ticket"));
        }
    }

    /** True once nobody is left and the node has taken all that they said. */
    boolean isDrained() {
        return isDraining && all.isEmpty() && outbound.isEmpty();
    }

    /** Another gateway has the session now: the node knows. */
    void wentElsewhere(Session session) {
        forget(
                session,
                Refusal.closing(Refusal.REPLACED, "the session went on at another gateway"));
    }

    /** The node is there anew: it is told of the sessions that it had, before what else waits. */
    void reattach() {
        for (Session session : all) {
            if (session.opened && session.state != Session.State.OPENING) {
                session.isReattaching = true;
                Connection connection = session.connection();
                String address = connection == null ? "" : connection.address().getHostAddress();
                outbound.addFirst(
                        InputMessages.opened(
                                session,
                                config.gatewayId(),
                                InputMessages.Opening.REATTACHED,
                                session.resumeNonce,
                                address));
            }
        }
    }

    void input(Session session, byte[] message) {
        if (session.state == Session.State.PLAYING || session.state == Session.State.DETACHED) {
            send(message);
        }
    }

    /** The connection is gone: the session waits for its client, where it had begun. */
    void lost(Connection connection, long nowNanos) {
        Session session = connection.owner;
        if (session == null
                || session.connection() != connection
                || session.state == Session.State.CLOSED) {
            return;
        }
        if (!session.wasWelcomed) {
            end(session, DisconnectReason.CONNECTION_LOST, null);
            return;
        }
        session.state = Session.State.DETACHED;
        session.deadlineNanos =
                nowNanos + TimeUnit.MILLISECONDS.toNanos(config.timeouts().resumeGraceMillis());
        release(session);
        session.detach();
    }

    /** Ends a session; with a refusal, its client is told. */
    void end(Session session, DisconnectReason reason, @Nullable Refusal refusal) {
        if (session.state == Session.State.CLOSED) {
            return;
        }
        if (session.opened && !session.isUnsure()) {
            send(InputMessages.closed(session.id(), reason.ordinal()));
        }
        forget(session, refusal);
    }

    /** The node ended it by itself. */
    void endedByNode(Session session, Refusal refusal) {
        forget(session, refusal);
    }

    private void forget(Session session, @Nullable Refusal refusal) {
        session.state = Session.State.CLOSED;
        remove(session);
        release(session);
        fanOut.end(session);
        Connection connection = session.connection();
        if (connection != null && refusal != null) {
            flushing.farewell(session, connection);
            connection.refuse(refusal);
        }
        session.detach();
    }

    /** It has no connection now: it needs no channels. */
    private void release(Session session) {
        edge.leave(session.viewer);
        fanOut.leave(session);
    }

    /** What has waited too long, or reads too slowly, ends. */
    void check(Session session, long nowNanos) {
        boolean over = nowNanos - session.deadlineNanos > 0;
        switch (session.state) {
            case OPENING -> {
                if (over) {
                    end(
                            session,
                            DisconnectReason.TIMED_OUT,
                            Refusal.later(
                                    Refusal.NODE_SILENT,
                                    "the node didn't take the session in time: try again"));
                }
            }
            case DETACHED -> {
                if (over) {
                    end(session, DisconnectReason.CONNECTION_LOST, null);
                }
            }
            case PLAYING -> {
                Connection connection = session.connection();
                if (connection != null && connection.stalledNanos(nowNanos) > slowNanos()) {
                    tooSlow(session);
                }
            }
            case CLOSED -> {}
        }
    }

    void tooSlow(Session session) {
        end(
                session,
                DisconnectReason.TOO_SLOW,
                Refusal.closing(
                        Refusal.TOO_SLOW,
                        "you read more slowly than messages come: check the connection"));
    }

    private void send(byte[] message) {
        if (message.length > node.inputLengthMax()) {
            metrics.faults.increment();
            LOG.error("an input of {} bytes is more than the node's stream takes", message.length);
        } else {
            outbound.add(message);
        }
    }

    private long slowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(config.timeouts().slowMillis());
    }

    private long welcomeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(config.timeouts().welcomeMillis());
    }
}
