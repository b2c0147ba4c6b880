package dev.horizon.net.gateway;

import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens, resumes, replaces and ends sessions, and tells their nodes of it. A node hears of a
 * session's opening before its first input, and nothing after its end. Agent thread.
 */
final class SessionDesk {
    /** Of some twenty checks a second: a few thousand players a second, not all at once. */
    private static final int DRAINED_PER_CHECK = 200;

    private final GatewayConfig config;
    private final Tickets tickets;
    private final List<Side> sides;
    private final Beginnings beginnings;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    private final Map<String, Session> byPlayer = new HashMap<>();
    private final Comebacks comebacks;
    private boolean isDraining;

    SessionDesk(
            GatewayConfig config,
            Tickets tickets,
            List<Side> sides,
            Flushing flushing,
            Comebacks comebacks,
            GatewayMetrics metrics) {
        this.config = config;
        this.comebacks = comebacks;
        this.tickets = tickets;
        this.sides = sides;
        this.flushing = flushing;
        this.metrics = metrics;
        beginnings = new Beginnings(sides);
    }

    /** When those who are refused had better come back. */
    Comebacks comebacks() {
        return comebacks;
    }

    @Nullable Session find(long sessionId) {
        return byId.get(sessionId);
    }

    /** The session of a player, or null. */
    @Nullable Session find(String player) {
        return byPlayer.get(player);
    }

    int count() {
        return byId.size();
    }

    /** Sends the nodes what they have not taken yet; false while one takes no more. */
    boolean drain() {
        boolean isAll = true;
        for (int i = 0; i < sides.size(); i++) {
            isAll &= sides.get(i).drain();
        }
        return isAll;
    }

    /** A checked hello: a new session, or going on with one. */
    void hello(Connection connection, String player, @Nullable Ticket resume, long nowNanos) {
        if (!connection.isOpen()) {
            return;
        }
        Session known = resume == null ? null : byId.get(resume.sessionId());
        Side side = known == null ? anySide(resume != null) : known.side;
        Refusal refusal = refusal(side, nowNanos);
        if (refusal != null) {
            connection.refuse(refusal);
            return;
        }
        if (resume != null) {
            resume(connection, resume, known, side, nowNanos);
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
        Session session = begin(id, player, side);
        session.resumeNonce = tickets.nonce();
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection);
        session.opened = true;
        session.begins = beginnings.of(session.playerId());
        session.route.open();
    }

    private byte[] opening(Session session) {
        Connection connection = session.connection();
        String address = connection == null ? "" : connection.address().getHostAddress();
        return InputMessages.opened(
                session, config.gatewayId(), session.asks, session.resumeNonce, address);
    }

    /**
     * Who is asked first: for players the first node, which knows where those are who have been
     * here; for a session of another gateway any that is there.
     */
    private Side anySide(boolean isResumed) {
        for (int i = 0; isResumed && i < sides.size(); i++) {
            if (sides.get(i).isThere()) {
                return sides.get(i);
            }
        }
        return sides.getFirst();
    }

    /** The node decides: it knows the session, and whether the ticket was used. */
    private void resume(
            Connection connection,
            Ticket ticket,
            @Nullable Session known,
            Side side,
            long nowNanos) {
        if (known != null
                && (known.state == Session.State.OPENING || known.resumeNonce != ticket.nonce())) {
            connection.refuse(
                    Refusal.closing(
                            Refusal.RESUME_USED,
                            "the session is over or the resume ticket was used: log in again"));
            return;
        }
        Session session = known == null ? fromElsewhere(ticket, side) : known;
        Connection former = session.connection();
        if (former != null) {
            session.side.release(session);
            former.refuse(
                    Refusal.closing(Refusal.REPLACED, "the session went on in another connection"));
        }
        session.state = Session.State.OPENING;
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection);
        session.asks = InputMessages.Opening.RESUMED;
        if (!session.route.isUnderway()) {
            session.route.open();
        }
    }

    private Session fromElsewhere(Ticket ticket, Side side) {
        Session session = begin(ticket.sessionId(), ticket.player(), side);
        session.resumeNonce = ticket.nonce();
        session.isFromElsewhere = true;
        return session;
    }

    private Session begin(long id, String player, Side side) {
        Session session =
                new Session(
                        id,
                        player,
                        side,
                        side.edge.join(id),
                        new Outbox(config.queues()),
                        this::opening);
        side.add(session);
        byId.put(id, session);
        byPlayer.put(player, session);
        return session;
    }

    /** True for this gateway's own number, and for none. */
    boolean isHere(long gatewayId) {
        return gatewayId == 0
                || gatewayId == SessionWelcomeDecoder.gatewayIdNullValue()
                || (int) gatewayId == config.gatewayId();
    }

    /** Why nobody is let in now, or null. */
    private @Nullable Refusal refusal(Side side, long nowNanos) {
        if (isDraining) {
            return Refusal.closing(
                    Refusal.DRAINING,
                    "this gateway takes no more players: connect to another, or again in a moment");
        }
        if (side.node.epoch() == 0) {
            return Refusal.later(
                    Refusal.NODE_AWAY,
                    "the star system's node is away: try again in a moment; sessions wait for it",
                    comebacks.drawMillis(nowNanos));
        }
        return null;
    }

    /** Tells the clients that their sessions wait. */
    void nodeAway(Side side) {
        for (Session session : byId.values()) {
            if (session.route.node() == side
                    && session.connection() != null
                    && session.state == Session.State.PLAYING) {
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
        int left = isDraining ? DRAINED_PER_CHECK : 0;
        for (Side side : sides) {
            for (; left > 0 && !side.sessions().isEmpty(); left--) {
                forget(
                        side.sessions().getLast(),
                        Refusal.closing(
                                Refusal.DRAINED,
                                "this gateway is being taken down: go on at another with the resume"
                                        + " ticket"));
            }
        }
    }

    /** True once nobody is left and the nodes have taken all that they said. */
    boolean isDrained() {
        return isDraining && byId.isEmpty() && sides.stream().allMatch(Side::hasSaidAll);
    }

    /** Another gateway has the session now: the node knows. */
    void wentElsewhere(Session session) {
        forget(
                session,
                Refusal.closing(Refusal.REPLACED, "the session went on at another gateway"));
    }

    /** The node is there anew: it is told of the sessions that it had. */
    void reattach(Side side) {
        for (Session session : byId.values()) {
            if (session.opened && session.state != Session.State.OPENING) {
                session.route.back(side);
            }
        }
    }

    void input(Session session, byte[] message) {
        if (session.state != Session.State.PLAYING && session.state != Session.State.DETACHED) {
            return;
        }
        Connection connection = session.connection();
        if (!session.route.input(message) && connection != null) {
            connection.refuse(
                    Refusal.of(Refusal.BUSY, "your node takes nothing at this moment: try again"));
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
        session.side.release(session);
        session.detach();
    }

    /** Ends a session; with a refusal, its client is told. */
    void end(Session session, DisconnectReason reason, @Nullable Refusal refusal) {
        if (session.state == Session.State.CLOSED) {
            return;
        }
        if (session.opened && !session.isUnsure()) {
            byte[] closed = InputMessages.closed(session.id(), reason.ordinal());
            sideOf(session).sendLater(closed);
        }
        forget(session, refusal);
    }

    /** Of the node that has it, which isn't the one that it sees by while it is between two. */
    private Side sideOf(Session session) {
        for (Side side : sides) {
            if (side == session.route.node()) {
                return side;
            }
        }
        return session.side;
    }

    /** The node ended it by itself. */
    void endedByNode(Session session, Refusal refusal) {
        forget(session, refusal);
    }

    private void forget(Session session, @Nullable Refusal refusal) {
        session.state = Session.State.CLOSED;
        byId.remove(session.id());
        byPlayer.remove(session.player(), session);
        session.side.release(session);
        session.side.remove(session);
        Connection connection = session.connection();
        if (connection != null && refusal != null) {
            flushing.farewell(session, connection);
            connection.refuse(refusal);
        }
        session.detach();
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
                                    "the node didn't take the session in time: try again",
                                    comebacks.drawMillis(nowNanos)));
                }
            }
            case DETACHED -> {
                if (over) {
                    end(session, DisconnectReason.CONNECTION_LOST, null);
                }
            }
            case PLAYING -> {
                Connection connection = session.connection();
                if (session.route.isUnderway() && !session.route.node().isThere()) {
                    session.deadlineNanos = nowNanos + Handover.UNDERWAY_NANOS;
                } else if (session.route.isUnderway() && over) {
                    end(
                            session,
                            DisconnectReason.TIMED_OUT,
                            Refusal.later(
                                    Refusal.NODE_SILENT,
                                    "your ship didn't come to the node that it left for: try"
                                            + " again",
                                    comebacks.drawMillis(nowNanos)));
                } else if (connection != null && connection.stalledNanos(nowNanos) > slowNanos()) {
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

    private long slowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(config.timeouts().slowMillis());
    }

    private long welcomeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(config.timeouts().welcomeMillis());
    }
}
