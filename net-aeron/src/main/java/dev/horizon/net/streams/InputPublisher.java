package dev.horizon.net.streams;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import org.agrona.DirectBuffer;

/** A gateway's way to its node: recorded inputs of the tick-log schema. One thread offers. */
public final class InputPublisher implements AutoCloseable {
    private final ExclusivePublication publication;

    public InputPublisher(Aeron aeron, StreamAddresses addresses) {
        // Exclusive, so not the one of a link that is going: that counts as connected while only
        // the
        // node's former life was, and loses what it is given.
        publication = aeron.addExclusivePublication(addresses.inputs(), addresses.inputStream());
    }

    /**
     * Sends one message, header included; never waits.
     *
     * @return false when the node lags by the stream's window, is away, or the message is too large
     */
    public boolean offer(DirectBuffer buffer, int offset, int length) {
        return length <= publication.maxMessageLength()
                && Offers.offer(publication, buffer, offset, length) > 0;
    }

    /** Bytes of the largest input that the stream takes. */
    public int inputLengthMax() {
        return publication.maxMessageLength();
    }

    /** True when the node listens. */
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public void close() {
        publication.close();
    }
}
