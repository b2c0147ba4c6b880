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

    /** The position before the first record: it grows when records are rewritten. */
    default long startPosition() {
        return 0;
    }

    /** Bytes of the longest record that can be appended. */
    default int recordLengthMax() {
        return Integer.MAX_VALUE;
    }

    /**
     * Replaces all records by those of a source, in one step: a kill at any instant leaves the old
     * ones or the new ones. Positions go on growing. Called by the thread that appends.
     *
     * @return false when this journal can't, and nothing has changed
     */
    default boolean rewrite(RecordSource source) {
        return false;
    }

    @Override
    void close();

    /** Gives the records that replace all others. */
    @FunctionalInterface
    interface RecordSource {
        /** Appends all of them, in order. */
        void writeTo(RecordSink sink);
    }

    /** Takes records that replace others. */
    @FunctionalInterface
    interface RecordSink {
        /**
         * One record; it is safe once all are.
         *
         * @return the position behind it
         */
        long append(DirectBuffer buffer, int offset, int length);
    }

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
