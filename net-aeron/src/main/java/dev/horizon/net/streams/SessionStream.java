package dev.horizon.net.streams;

import dev.horizon.engine.ports.SessionSink;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * The node's messages to its gateways, each of which picks those of its own sessions. Offered to by
 * the tick thread.
 */
public final class SessionStream implements SessionSink, AutoCloseable {
    private final ExclusivePublication publication;
    private final AtomicLong unheard = new AtomicLong();

    public SessionStream(Aeron aeron, StreamAddresses addresses) {
        publication =
                aeron.addExclusivePublication(addresses.sessions(), addresses.sessionStream());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without any gateway there is no session either: the message counts as taken.
     */
    @Override
    public boolean offer(DirectBuffer buffer, int offset, int length) {
        long position = Offers.offer(publication, buffer, offset, length);
        if (position == Publication.NOT_CONNECTED) {
            unheard.lazySet(unheard.getPlain() + 1);
            return true;
        }
        return position > 0;
    }

    /** Bytes of the largest message that the stream takes. */
    public int messageLengthMax() {
        return publication.maxMessageLength();
    }

    /** Messages dropped because no gateway was there. */
    public long unheard() {
        return unheard.get();
    }

    /** True when some gateway listens. */
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public void close() {
        publication.close();
    }
}
