package dev.horizon.net.gateway;

import dev.horizon.engine.events.DisconnectReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
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
    private static final byte[] NO_PROFILE = {};

    private final GatewayConfig config;
    private final Tickets tickets;
    private final NodeLink node;
    private final PlayerProfiles profiles;
    private final Executor lookups;
    private final CommandQueue commands;
    private final Interests interests;
    private final GatewayMetrics metrics;
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    private final Map<String, Session> byPlayer = new HashMap<>();
    private final ArrayDeque<byte[]> outbound = new ArrayDeque<>();
    private final UnsafeBuffer outboundBuffer = new UnsafeBuffer();

    SessionDesk(
            GatewayConfig config,
            Tickets tickets,
            NodeLink node,
            PlayerProfiles profiles,
            Executor lookups,
            CommandQueue commands,
            Interests interests,
            GatewayMetrics metrics) {
        this.config = config;
        this.tickets = tickets;
        this.node = node;
        this.profiles = profiles;
        this.lookups = lookups;
        this.commands = commands;
        this.interests = interests;
        this.metrics = metrics;
    }

    @Nullable Session find(long sessionId) {
        return byId.get(sessionId);
    }

    /** The sessions; a copy, so that the caller may end them. */
    List<Session> all() {
        return new ArrayList<>(byId.values());
    }

    int count() {
        return byId.size();
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
        Session session = new Session(id, player, new SessionQueue(config.queues()));
        session.resumeNonce = tickets.nonce();
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection, new SessionQueue(config.queues()));
        byId.put(id, session);
        byPlayer.put(player, session);
        lookups.execute(() -> commands.end(new Commands.ProfileFound(session, profile(player))));
    }

    /** Null when it can't be read: who plays on without it would have it overwritten. */
    private byte @Nullable [] profile(String player) {
        try {
            return profiles.find(player);
        } catch (RuntimeException e) {
            LOG.error("the profile of {} can't be read: they are not let in", player, e);
            return null;
        }
    }

    private void resume(Connection connection, Ticket ticket, long nowNanos) {
        Session session = byId.get(ticket.sessionId());
        if (session == null
                || session.state == Session.State.OPENING
                || session.resumeNonce != ticket.nonce()) {
            connection.refuse(
                    Refusal.closing(
                            Refusal.RESUME_USED,
                            "the session is over or the resume ticket was used: log in again"));
            return;
        }
        Connection former = session.connection();
        if (former != null) {
            interests.release(session);
            former.refuse(
                    Refusal.closing(Refusal.REPLACED, "the session went on in another connection"));
        }
        session.resumeNonce = tickets.nonce();
        session.state = Session.State.OPENING;
        session.deadlineNanos = nowNanos + welcomeNanos();
        session.attach(connection, new SessionQueue(config.queues()));
        send(
                InputMessages.opened(
                        session,
                        config.gatewayId(),
                        true,
                        connection.address().getHostAddress(),
                        NO_PROFILE));
    }

    void profileFound(Session session, byte @Nullable [] profile) {
        Connection connection = session.connection();
        if (session.state != Session.State.OPENING || connection == null) {
            return;
        }
        if (profile == null) {
            forget(
                    session,
                    Refusal.closing(
                            Refusal.PROFILE_UNREADABLE,
                            "what you own can't be read now, and is kept as it is: try again"
                                    + " later, or ask an operator to look at the log"));
            return;
        }
        session.opened = true;
        send(
                InputMessages.opened(
                        session,
                        config.gatewayId(),
                        false,
                        connection.address().getHostAddress(),
                        profile));
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
        if (!session.opened) {
            end(session, DisconnectReason.CONNECTION_LOST, null);
            return;
        }
        session.state = Session.State.DETACHED;
        session.deadlineNanos =
                nowNanos + TimeUnit.MILLISECONDS.toNanos(config.timeouts().resumeGraceMillis());
        interests.release(session);
        session.detach();
    }

    /** Ends a session; with a refusal, its client is told. */
    void end(Session session, DisconnectReason reason, @Nullable Refusal refusal) {
        if (session.state == Session.State.CLOSED) {
            return;
        }
        if (session.opened) {
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
        byId.remove(session.id());
        byPlayer.remove(session.player(), session);
        interests.release(session);
        Connection connection = session.connection();
        if (connection != null && refusal != null) {
            connection.refuse(refusal);
            connection.eventLoop().execute(session::detach);
        } else {
            session.detach();
        }
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
                            Refusal.closing(
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
                long slowNanos = TimeUnit.MILLISECONDS.toNanos(config.timeouts().slowMillis());
                if (session.queue().isStuck(nowNanos, slowNanos)) {
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

    private long welcomeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(config.timeouts().welcomeMillis());
    }
}
