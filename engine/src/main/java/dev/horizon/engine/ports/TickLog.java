package dev.horizon.engine.ports;

import org.agrona.DirectBuffer;

/** The write-ahead log of ticks. Called by the tick thread; never waits for a disk. */
public interface TickLog extends AutoCloseable {
    /**
     * Offers one message of the tick-log schema, header included.
     *
     * @return the log position behind it, or a negative number when the log can't take it now:
     *     offer again later
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /** The position up to which {@code kill -9} of this process can lose nothing. */
    long recordedPosition();

    @Override
    void close();
}
