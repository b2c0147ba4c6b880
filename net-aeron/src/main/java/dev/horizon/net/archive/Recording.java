package dev.horizon.net.archive;

import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.RecordingDescriptorConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Archive's catalogue says about one recording.
 *
 * @param endPosition where it ended, or {@link AeronArchive#NULL_POSITION} while it goes on
 */
record Recording(
        long id,
        long startPosition,
        long endPosition,
        long startedAtEpochMillis,
        int streamId,
        int sessionId,
        int initialTermId,
        int termLengthBytes,
        int mtuBytes) {
    /** Recordings listed at once; retention keeps far fewer. */
    private static final int LISTED_MAX = 4_096;

    /**
     * Its own tapes are recorded from shared memory, those of a node that it was the standby of
     * from elsewhere.
     */
    private static final String ANY_CHANNEL = "aeron:";

    /** All recordings of a stream, oldest first. */
    static List<Recording> ofStream(EmbeddedDriver driver, int streamId) {
        List<Recording> found = new ArrayList<>();
        driver.archive()
                .listRecordingsForUri(0, LISTED_MAX, ANY_CHANNEL, streamId, consumer(found));
        return found;
    }

    /** One recording, or null when the catalogue doesn't know it. */
    static @Nullable Recording byId(EmbeddedDriver driver, long id) {
        List<Recording> found = new ArrayList<>();
        driver.archive().listRecording(id, consumer(found));
        return found.isEmpty() ? null : found.getFirst();
    }

    private static RecordingDescriptorConsumer consumer(List<Recording> into) {
        return (controlSessionId,
                correlationId,
                recordingId,
                startTimestamp,
                stopTimestamp,
                startPosition,
                stopPosition,
                initialTermId,
                segmentFileLength,
                termBufferLength,
                mtuLength,
                sessionId,
                streamId,
                strippedChannel,
                originalChannel,
                sourceIdentity) ->
                into.add(
                        new Recording(
                                recordingId,
                                startPosition,
                                stopPosition,
                                startTimestamp,
                                streamId,
                                sessionId,
                                initialTermId,
                                termBufferLength,
                                mtuLength));
    }

    /** The end, or for one that goes on what is recorded by now. */
    long endPositionNow(EmbeddedDriver driver) {
        return endPosition == AeronArchive.NULL_POSITION
                ? driver.archive().getMaxRecordedPosition(id)
                : endPosition;
    }
}
