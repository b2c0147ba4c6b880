package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands what sessions are to be sent to the event loops: one task per event loop and round, one
 * flush per connection. Agent thread.
 */
final class Flushing {
    private final ByteBufAllocator allocator;
    private final Map<EventLoop, Round> rounds = new HashMap<>();
    private final List<Session> dirty = new ArrayList<>();
    private final List<ByteBuf> parts = new ArrayList<>();

    /** What one event loop is to write: by connection, a buffer or an array of them. */
    private static final class Round implements Runnable {
        private final List<Connection> connections = new ArrayList<>();
        private final List<Object> buffers = new ArrayList<>();

        @Override
        public void run() {
            for (int i = 0; i < connections.size(); i++) {
                if (buffers.get(i) instanceof ByteBuf one) {
                    connections.get(i).take(one);
                } else {
                    connections.get(i).take((ByteBuf[]) buffers.get(i));
                }
            }
        }
    }

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
                send(session, connection, null);
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
    void handOver() {
        if (!rounds.isEmpty()) {
            rounds.forEach(EventLoop::execute);
            rounds.clear();
        }
    }

    /** Hands over all events of a session now, whether or not its socket takes them. */
    void farewell(Session session, Connection connection) {
        if (session.outbox.hasTexts()) {
            send(session, connection, null);
        }
        handOver();
    }

    /** Sends a session's events and then these, in one write; takes over their references. */
    void send(Session session, Connection connection, @Nullable List<ByteBuf> then) {
        if (then != null && then.size() == 1 && !session.outbox.hasTexts()) {
            hand(connection, then.getFirst());
            return;
        }
        parts.clear();
        session.outbox.takeTexts(parts);
        if (then != null) {
            parts.addAll(then);
        }
        if (!parts.isEmpty()) {
            hand(connection, parts.size() == 1 ? parts.getFirst() : parts.toArray(new ByteBuf[0]));
            parts.clear();
        }
    }

    private void hand(Connection connection, Object buffers) {
        connection.handed();
        Round round = rounds.computeIfAbsent(connection.eventLoop(), loop -> new Round());
        round.connections.add(connection);
        round.buffers.add(buffers);
    }
}
