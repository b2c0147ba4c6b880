package dev.horizon.net.streams;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.DirectBuffer;

/** A gateway's end of its node's messages to sessions. Polled by one thread, and never paused. */
public final class SessionSubscriber implements AutoCloseable {
    private final Subscription subscription;
    private final FragmentHandler assembler;

    public SessionSubscriber(Aeron aeron, StreamAddresses addresses, MessageHandler handler) {
        subscription = aeron.addSubscription(addresses.sessionsIn(), addresses.sessionStream());
        assembler =
                new FragmentAssembler((buffer, offset, length, header) ->
                        handler.onMessage(buffer, offset, length));
    }

    /**
     * Hands over waiting messages of the session schema; never waits.
     *
     * @return what was handled, 0 when nothing waited
     */
    public int poll(int limit) {
        return subscription.poll(assembler, limit);
    }

    /** True when the node's stream has arrived. */
    public boolean isConnected() {
        return subscription.isConnected();
    }

    @Override
    public void close() {
        subscription.close();
    }

    /** Takes one message, header included; the buffer is valid during the call. */
    @FunctionalInterface
    public interface MessageHandler {
        /** One message of the session schema. */
        void onMessage(DirectBuffer buffer, int offset, int length);
    }
}
