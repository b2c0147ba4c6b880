package dev.horizon.engine.ports;

import org.agrona.DirectBuffer;

/** Where released messages to sessions go. Called by the tick thread; never waits. */
public interface SessionSink {
    /**
     * Sends one message of the session schema, header included, to the gateways.
     *
     * @return false when it could not be taken: offer again later, in order
     */
    boolean offer(DirectBuffer buffer, int offset, int length);
}
