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

    private final Edge edge;
    private final ByteBufAllocator allocator;
    private final Subscriptions subscriptions;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final List<ByteBuf> parts = new ArrayList<>();
    private final List<ByteBuf> small = new ArrayList<>();

    /** Bytes of those that are small. */
    private int copied;

    // Of this round: counted once for all.
    private long messages;
    private long bytes;
    private long nearBytes;
    private long quiet;
    private int leftOut;

    /** Of the last round. */
    private long told;

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

    /**
     * Gathers for all sessions; what the node said until now is old then.
     *
     * @return false when a client still had the last to take
     */
    boolean gather(List<Session> sessions) {
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            Connection connection = session.connection();
            if (connection == null || !session.isShown()) {
                continue;
            }
            if (connection.canTake()) {
                serve(session, connection);
            } else {
                leftOut++;
            }
        }
        edge.endRound();
        metrics.messagesOut.add(messages);
        metrics.bytesOut.add(bytes);
        metrics.nearBytesOut.add(nearBytes);
        metrics.nothingNew.add(quiet);
        metrics.leftOut.add(leftOut);
        boolean isAll = leftOut == 0;
        told = messages + quiet;
        messages = 0;
        bytes = 0;
        nearBytes = 0;
        quiet = 0;
        leftOut = 0;
        return isAll;
    }

    /** Clients that the last round told of its tick, of which something was new or not. */
    long told() {
        return told;
    }

    /** The node is heard for the first time: this is how it cuts its world. */
    void channels(ChannelConfig channels) {
        edge.channels(channels);
    }

    /** Lets clients hold less at CLOSE while the node is overloaded. */
    void tighten(boolean isTight) {
        edge.tighten(isTight);
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
            quiet++;
            return;
        }
        messages++;
        nearBytes += near;
        int most = WireFrame.HEADER_MAX + length;
        if (parts.isEmpty() && !session.outbox.hasTexts() && most <= Round.MESSAGE_BYTES_MAX) {
            Round round = flushing.round(connection, most);
            write(session, round.messages(), near, length);
            round.add(connection);
        } else {
            ByteBuf head = allocator.directBuffer(WireFrame.HEADER_MAX + near + copied);
            write(session, head, near, length);
            parts.addFirst(head);
            flushing.send(session, connection, parts);
        }
    }

    /** Writes a message but for those of its parts that aren't copied. */
    private void write(Session session, ByteBuf out, int near, int length) {
        int start = out.writerIndex();
        WireFrame.header(out, WireFrame.BINARY, length);
        int header = out.writerIndex() - start;
        out.writeBytes(edge.bundle(), 0, near);
        for (int i = 0; i < small.size(); i++) {
            ByteBuf entry = small.get(i);
            out.writeBytes(entry, entry.readerIndex(), entry.readableBytes());
            entry.release();
        }
        small.clear();
        edge.spend(session.viewer, header);
        bytes += header + length;
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
