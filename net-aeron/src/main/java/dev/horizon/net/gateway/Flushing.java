package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Puts messages into sessions' queues and, once a round, tells the event loops whose queues to
 * write: one task per event loop, one flush per connection. Agent thread.
 */
final class Flushing {
    private final ByteBufAllocator allocator;
    private final Map<EventLoop, List<Session>> rounds = new HashMap<>();
    private final List<Session> dirty = new ArrayList<>();

    Flushing(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Something waits in the session's queue. */
    void wants(Session session) {
        if (!session.dirty) {
            session.dirty = true;
            dirty.add(session);
        }
    }

    /** Queues an event for a client; false when its queue is full. */
    boolean text(Session session, byte[] json) {
        return shared(session, WireFrame.of(allocator, WireFrame.TEXT, json));
    }

    /** Queues a binary message that isn't a frame; false when the queue is full. */
    boolean binary(Session session, DirectBuffer buffer, int length) {
        return shared(session, WireFrame.binary(allocator, buffer, 0, length));
    }

    /** Queues an encoded event and takes over one reference; false when the queue is full. */
    boolean shared(Session session, ByteBuf wire) {
        wants(session);
        return session.queue().addText(wire);
    }

    /** An encoded text message with one reference. */
    ByteBuf encode(byte[] json) {
        return WireFrame.of(allocator, WireFrame.TEXT, json);
    }

    /** Hands the round to the event loops. */
    int flush() {
        int sessions = dirty.size();
        for (int i = 0; i < sessions; i++) {
            Session session = dirty.get(i);
            session.dirty = false;
            Connection connection = session.connection();
            if (connection != null && session.flushPending().compareAndSet(false, true)) {
                rounds.computeIfAbsent(connection.eventLoop(), loop -> new ArrayList<>())
                        .add(session);
            }
        }
        dirty.clear();
        rounds.forEach(Flushing::hand);
        rounds.clear();
        return sessions;
    }

    private static void hand(EventLoop loop, List<Session> sessions) {
        loop.execute(() -> {
            for (Session session : sessions) {
                session.flushPending().set(false);
                Connection connection = session.connection();
                if (connection != null) {
                    connection.drain(session);
                }
            }
        });
    }
}
