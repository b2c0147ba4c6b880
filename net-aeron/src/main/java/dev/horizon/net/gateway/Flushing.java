package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hands what sessions are to be sent to the event loops: one task per event loop and round, one
 * flush per connection. Agent thread.
 */
final class Flushing {
    private final ByteBufAllocator allocator;
    private final Map<EventLoop, Round> rounds = new HashMap<>();
    private final Queue<Round> written = new ConcurrentLinkedQueue<>();
    private final List<Session> dirty = new ArrayList<>();
    private final List<ByteBuf> parts = new ArrayList<>();

    Flushing(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Queues an event for a client; false when its queue is full. */
    boolean text(Session session, byte[] json) {
        return shared(session, encode(json));
    }

    /** Queues an encoded event and takes over one reference; false when the queue is full. */
    boolean shared(Session session, ByteBuf wire) {
        if (!session.dirty) {
            session.dirty = true;
            dirty.add(session);
        }
        return session.outbox.addText(wire);
    }

    /** An encoded text message with one reference. */
    ByteBuf encode(byte[] json) {
        return WireFrame.of(allocator, WireFrame.TEXT, json);
    }

    /** Hands on what waits for those whose sockets take it, and the round to the event loops. */
    int flush() {
        int waiting = 0;
        int flushed = 0;
        for (int i = 0; i < dirty.size(); i++) {
            Session session = dirty.get(i);
            Connection connection = session.connection();
            if (connection == null || !session.outbox.hasTexts()) {
                session.dirty = false;
            } else if (connection.canTake()) {
                session.dirty = false;
                send(session, connection, List.of());
                flushed++;
            } else {
                dirty.set(waiting++, session);
            }
        }
        dirty.subList(waiting, dirty.size()).clear();
        handOver();
        return flushed;
    }

    /** Hands what was sent so far to the event loops. */
    private void handOver() {
        for (Map.Entry<EventLoop, Round> each : rounds.entrySet()) {
            if (!each.getValue().isEmpty()) {
                each.getKey().execute(each.getValue());
                each.setValue(fresh());
            }
        }
    }

    private Round fresh() {
        Round again = written.poll();
        return again == null ? new Round(written) : again;
    }

    /** Hands over all events of a session now, whether or not its socket takes them. */
    void farewell(Session session, Connection connection) {
        if (session.outbox.hasTexts()) {
            send(session, connection, List.of());
        }
        handOver();
    }

    /** A round in which a message of at most {@link Round#MESSAGE_BYTES_MAX} finds room. */
    Round round(Connection connection, int bytes) {
        Round round = rounds.get(connection.eventLoop());
        if (round == null || !round.hasRoom(bytes)) {
            if (round != null) {
                connection.eventLoop().execute(round);
            }
            round = fresh();
            rounds.put(connection.eventLoop(), round);
        }
        return round;
    }

    /**
     * Sends a session's events and then these, in one write; takes over their references. What is
     * short is copied: a buffer for each of many events costs the loop more than all their bytes.
     */
    void send(Session session, Connection connection, List<ByteBuf> then) {
        session.outbox.takeTexts(parts);
        parts.addAll(then);
        int bytes = 0;
        for (int i = 0; i < parts.size(); i++) {
            bytes += parts.get(i).readableBytes();
        }
        if (bytes > Round.MESSAGE_BYTES_MAX) {
            round(connection, 0).add(connection, parts.toArray(new ByteBuf[0]));
        } else if (!parts.isEmpty()) {
            Round round = round(connection, bytes);
            for (int i = 0; i < parts.size(); i++) {
                ByteBuf part = parts.get(i);
                round.messages().writeBytes(part, part.readerIndex(), part.readableBytes());
                part.release();
            }
            round.add(connection);
        }
        parts.clear();
    }
}
