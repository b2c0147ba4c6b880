package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop is to write: messages one behind the other in one buffer, from which they go
 * to the sockets, and longer ones as buffers of their own. The agent's while it is filled, then the
 * loop's until all is written, then anybody's.
 */
final class Round implements Runnable {
    /** Longer messages are buffers of their own. */
    static final int MESSAGE_BYTES_MAX = 16 << 10;

    /**
     * The loop begins to write when so much, or for so many, is there, while the agent goes on: few
     * enough for both to work at the same time, enough that waking the loop costs nothing.
     */
    private static final int BYTES = 64 << 10;

    private static final int CONNECTIONS_MAX = 256;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuf messages = Unpooled.wrappedBuffer(memory).clear();
    private final List<Connection> connections = new ArrayList<>(CONNECTIONS_MAX);
    private final List<ByteBuf @Nullable []> buffers = new ArrayList<>(CONNECTIONS_MAX);
    private final Queue<Round> done;
    private int[] ends = new int[CONNECTIONS_MAX];

    /** An empty round, that goes to {@code done} each time it was written. */
    Round(Queue<Round> done) {
        this.done = done;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** True when a message of at most so many bytes finds room. */
    boolean hasRoom(int bytes) {
        return messages.writableBytes() >= bytes && connections.size() < CONNECTIONS_MAX;
    }

    /** Where the next message is written; {@link #add(Connection)} says for whom it was. */
    ByteBuf messages() {
        return messages;
    }

    /** What was written since the last message is one to this connection. */
    void add(Connection connection) {
        add(connection, null);
    }

    /** Adds buffers of their own, all or parts of messages, and takes over their references. */
    void add(Connection connection, ByteBuf @Nullable [] own) {
        if (connections.size() == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[connections.size()] = messages.writerIndex();
        connections.add(connection);
        buffers.add(own);
        connection.handed();
    }

    @Override
    public void run() {
        int from = 0;
        for (int i = 0; i < connections.size(); i++) {
            ByteBuf[] own = buffers.get(i);
            if (own == null) {
                connections.get(i).take(memory, from, ends[i]);
            } else {
                connections.get(i).take(own);
            }
            from = ends[i];
        }
        connections.clear();
        buffers.clear();
        messages.clear();
        done.add(this);
    }
}
