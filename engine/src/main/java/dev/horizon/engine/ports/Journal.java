package dev.horizon.engine.ports;

import org.agrona.DirectBuffer;

/**
 * An append-only record of small messages that survives {@code kill -9}: the truth of player
 * profiles. Written by one thread, which is never the tick's.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends a record and waits until it can't be lost.
     *
     * @return the position behind it
     */
    long append(DirectBuffer buffer, int offset, int length);

    /** The position behind the last record. */
    long position();

    /** Replays all records from a position (0 for the beginning) to the end, in order. */
    void replay(long fromPosition, RecordHandler handler);

    @Override
    void close();

    /** Takes one record. */
    @FunctionalInterface
    interface RecordHandler {
        /**
         * One record.
         *
         * @param position behind the record
         */
        void onRecord(long position, DirectBuffer buffer, int offset, int length);
    }
}
