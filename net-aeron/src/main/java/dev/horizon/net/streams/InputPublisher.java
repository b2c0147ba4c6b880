package dev.horizon.net.streams;

import io.aeron.Aeron;
import io.aeron.Publication;
import org.agrona.DirectBuffer;

/** A gateway's way to its node: recorded inputs of the tick-log schema. Any thread may offer. */
public final class InputPublisher implements AutoCloseable {
    private final Publication publication;

    public InputPublisher(Aeron aeron, StreamAddresses addresses) {
        publication = aeron.addPublication(addresses.inputs(), addresses.inputStream());
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
