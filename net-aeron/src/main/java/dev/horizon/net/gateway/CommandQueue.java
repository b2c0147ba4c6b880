package dev.horizon.net.gateway;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/** Commands for the agent. What a client asks may find it full; what ends a connection may not. */
final class CommandQueue {
    private final ManyToOneConcurrentArrayQueue<Commands> fromClients;
    private final ConcurrentLinkedQueue<Commands> endings = new ConcurrentLinkedQueue<>();

    CommandQueue(int capacity) {
        fromClients = new ManyToOneConcurrentArrayQueue<>(capacity);
    }

    /** False when full: the client is told that the server is busy. */
    boolean offer(Commands command) {
        return fromClients.offer(command);
    }

    /** False when half full: who plays goes before who would like to. */
    boolean offerHello(Commands command) {
        return 2 * fromClients.size() < fromClients.capacity() && fromClients.offer(command);
    }

    /** For what happens at most a few times per connection, and so is bounded by them. */
    void end(Commands command) {
        endings.add(command);
    }

    /** Of clients' commands that wait; any thread. */
    int size() {
        return fromClients.size();
    }

    @Nullable Commands poll() {
        Commands next = endings.poll();
        return next != null ? next : fromClients.poll();
    }
}
