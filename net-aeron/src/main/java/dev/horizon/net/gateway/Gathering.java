package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
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
    /** Shorter entries are copied: one buffer and one plain write cost less than a reference. */
    private static final int COPIED_BYTES_MAX = 1_024;

    /** Sessions after which the event loops may begin to write: while the rest is gathered for. */
    private static final int SESSIONS_PER_HANDOVER = 512;

    private final Edge edge;
    private final ByteBufAllocator allocator;
    private final Subscriptions subscriptions;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final List<ByteBuf> parts = new ArrayList<>();
    private final List<ByteBuf> small = new ArrayList<>();

    /** Bytes of those that are small. */
    private int copied;

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
        int gathered = 0;
        for (Session session : sessions) {
            Connection connection = session.connection();
            if (connection != null
                    && session.state == Session.State.PLAYING
                    && connection.canTake()) {
                serve(session, connection);
                if (++gathered % SESSIONS_PER_HANDOVER == 0) {
                    flushing.handOver();
                }
            }
        }
        edge.endRound();
    }

    /** The node is heard for the first time: this is how it cuts its world. */
    void channels(ChannelConfig channels) {
        edge.channels(channels);
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
        int length = near + takeFar(session);
        if (length == 0) {
            metrics.nothingNew.increment();
            return;
        }
        ByteBuf head = allocator.directBuffer(WireFrame.HEADER_MAX + near + copied);
        WireFrame.header(head, WireFrame.BINARY, length);
        int header = head.readableBytes();
        head.writeBytes(edge.bundle(), 0, near);
        for (int i = 0; i < small.size(); i++) {
            ByteBuf entry = small.get(i);
            head.writeBytes(entry, entry.readerIndex(), entry.readableBytes());
            entry.release();
        }
        small.clear();
        parts.addFirst(head);
        edge.spend(session.viewer, header);
        int bytes = header + length;
        metrics.messagesOut.increment();
        metrics.bytesOut.add(bytes);
        flushing.send(session, connection, parts);
    }

    /** Takes the entries that wait, as far as the client's bytes go; returns how many bytes. */
    private int takeFar(Session session) {
        parts.clear();
        copied = 0;
        int length = 0;
        Outbox outbox = session.outbox;
        for (int next = outbox.nextBytes(); next > 0; next = outbox.nextBytes()) {
            if (!edge.takeFar(session.viewer, next)) {
                break;
            }
            ByteBuf entry = outbox.takeFrame();
            length += next;
            // In order: behind a long one all are referred to.
            if (next <= COPIED_BYTES_MAX && parts.isEmpty()) {
                small.add(entry);
                copied += next;
            } else {
                // A duplicate, since a partial write moves the reader index.
                parts.add(entry.duplicate());
            }
        }
        return length;
    }
}
