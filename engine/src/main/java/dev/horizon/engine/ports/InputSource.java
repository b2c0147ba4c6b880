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

    /** Takes one input; the buffer is valid during the call. */
    @FunctionalInterface
    interface InputHandler {
        /** One message, header included. Returns false to leave it for the next poll. */
        boolean onInput(DirectBuffer buffer, int offset, int length);
    }
}
