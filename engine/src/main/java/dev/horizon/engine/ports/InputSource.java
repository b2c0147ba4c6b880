package dev.horizon.engine.ports;

import org.agrona.DirectBuffer;

/**
 * Recorded inputs waiting for a tick: messages of the tick-log schema, each with its header. Polled
 * by the tick thread; never waits, locks or allocates.
 */
public interface InputSource {
    /**
     * Hands over waiting inputs in order.
     *
     * @param limit the most inputs to hand over
     * @return inputs handed over
     */
    int poll(InputHandler handler, int limit);

    /**
     * Takes what has arrived into a buffer of the source's own, for the next poll: called between
     * ticks, so that a sender's window doesn't close while the tick waits for its time.
     *
     * @return true when it is to be called again within milliseconds
     */
    default boolean prefetch() {
        return false;
    }

    /** Takes one input; the buffer is valid during the call. */
    @FunctionalInterface
    interface InputHandler {
        /** One message, header included. Returns false to leave it for the next poll. */
        boolean onInput(DirectBuffer buffer, int offset, int length);
    }
}
