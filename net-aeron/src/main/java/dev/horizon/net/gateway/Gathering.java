package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.edge.Edge;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends each client one message per tick: what is new near it, and the frames of its far channels.
 * Who takes nothing gets nothing gathered. Agent thread.
 */
final class Gathering {
    private final Edge edge;
    private final ByteBufAllocator allocator;
    private final Subscriptions subscriptions;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final List<ByteBuf> parts = new ArrayList<>();

    Gathering(
            Edge edge,
            ByteBufAllocator allocator,
            Subscriptions subscriptions,
            Flushing flushing,
            GatewayMetrics metrics) {
        this.edge = edge;
        this.allocator = allocator;
        this.subscriptions = subscriptions;
        this.flushing = flushing;
        this.metrics = metrics;
    }

    /** Gathers for all sessions; what the node said until now is old then. */
    void gather(Iterable<Session> sessions) {
        for (Session session : sessions) {
            Connection connection = session.connection();
            if (connection != null
                    && session.state == Session.State.PLAYING
                    && connection.canTake()) {
                serve(session, connection);
            }
        }
        edge.endRound();
    }

    /** Answers why a session's client did or didn't hold an entity. */
    void why(@Nullable Session session, Commands.Ask ask) {
        if (session == null) {
            ask.answer()
                    .completeExceptionally(
                            new HorizonException(
                                    Refusal.NO_SESSION,
                                    "no session of "
                                            + ask.player()
                                            + " is at this gateway: check the name, and whether"
                                            + " they play"));
        } else {
            ask.answer().complete(edge.why(session.viewer, ask.entityId(), ask.tick()));
        }
    }

    private void serve(Session session, Connection connection) {
        session.viewer.acknowledged(session.readSequence);
        if (subscriptions.hasRoom()) {
            edge.follow(session.viewer);
        }
        int near = edge.gather(session.viewer);
        edge.spend(session.viewer, near);
        parts.clear();
        int length = near;
        Outbox outbox = session.outbox;
        for (int next = outbox.nextBytes(); next > 0; next = outbox.nextBytes()) {
            if (!edge.takeFar(session.viewer, next)) {
                break;
            }
            // A duplicate, since a partial write moves the reader index.
            parts.add(outbox.takeFrame().duplicate());
            length += next;
        }
        if (length == 0) {
            return;
        }
        ByteBuf head = allocator.directBuffer(WireFrame.HEADER_MAX + near);
        WireFrame.header(head, WireFrame.BINARY, length);
        head.writeBytes(edge.bundle(), 0, near);
        parts.addFirst(head);
        int header = head.readableBytes() - near;
        edge.spend(session.viewer, header);
        int bytes = header + length;
        metrics.messagesOut.increment();
        metrics.bytesOut.add(bytes);
        flushing.send(session, connection, parts);
    }
}
