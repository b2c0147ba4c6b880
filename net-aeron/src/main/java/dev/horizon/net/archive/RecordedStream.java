package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * A local stream and its recording. Written by one thread; the recorded position may be read by
 * any.
 */
final class RecordedStream implements AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** A term turns in one step; a second attempt can meet it only if terms are absurdly small. */
    private static final int OFFER_ATTEMPTS_MAX = 3;

    private final ExclusivePublication publication;
    private final CountersReader counters;
    private final int counterId;
    private final long recordingId;
    private volatile long lastRecorded;

    private RecordedStream(
            ExclusivePublication publication, CountersReader counters, int counterId) {
        this.publication = publication;
        this.counters = counters;
        this.counterId = counterId;
        this.recordingId = RecordingPos.getRecordingId(counters, counterId);
        this.lastRecorded = publication.position();
    }

    /** Starts a new recording whose first position is given, a multiple of the term length. */
    static RecordedStream start(
            EmbeddedDriver driver,
            String alias,
            int streamId,
            int termLengthBytes,
            long startPosition) {
        ChannelUriStringBuilder uri = uri(alias, termLengthBytes);
        if (startPosition > 0) {
            uri.initialPosition(startPosition, 0, termLengthBytes);
        }
        ExclusivePublication publication =
                driver.aeron().addExclusivePublication(uri.build(), streamId);
        try {
            driver.archive()
                    .startRecording(
                            uri.sessionId(publication.sessionId()).build(),
                            streamId,
                            SourceLocation.LOCAL,
                            true);
        } catch (ArchiveException e) {
            publication.close();
            throw new HorizonException(
                    "HZ-TAPE-002",
                    "The Archive doesn't record "
                            + alias
                            + ": "
                            + e.getMessage()
                            + ". It wants 128 MB free on the disk of the data folder.",
                    e);
        }
        return connected(driver, publication, alias);
    }

    /** Goes on where a recording ended. */
    static RecordedStream extend(
            EmbeddedDriver driver, String alias, Recording recording, long endPosition) {
        ChannelUriStringBuilder uri =
                uri(alias, recording.termLengthBytes())
                        .mtu(recording.mtuBytes())
                        .initialPosition(
                                endPosition,
                                recording.initialTermId(),
                                recording.termLengthBytes());
        ExclusivePublication publication =
                driver.aeron().addExclusivePublication(uri.build(), recording.streamId());
        driver.archive()
                .extendRecording(
                        recording.id(),
                        uri.sessionId(publication.sessionId()).build(),
                        recording.streamId(),
                        SourceLocation.LOCAL,
                        true);
        return connected(driver, publication, alias);
    }

    private static ChannelUriStringBuilder uri(String alias, int termLengthBytes) {
        return new ChannelUriStringBuilder().media("ipc").alias(alias).termLength(termLengthBytes);
    }

    private static RecordedStream connected(
            EmbeddedDriver driver, ExclusivePublication publication, String alias) {
        CountersReader counters = driver.aeron().countersReader();
        long archiveId = driver.archive().archiveId();
        boolean connected =
                await(() ->
                        publication.isConnected() && isCounted(publication, counters, archiveId));
        if (!connected) {
            publication.close();
            throw new HorizonException(
                    "HZ-TAPE-002",
                    "The Archive did not start to record "
                            + alias
                            + " within 10 s. See the log for what it reports: usually its disk is"
                            + " full or very slow.");
        }
        return new RecordedStream(
                publication,
                counters,
                RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archiveId));
    }

    /** A counter appears with the value 0, also that of a recording that goes on from elsewhere. */
    private static boolean isCounted(
            ExclusivePublication publication, CountersReader counters, long archiveId) {
        int counterId =
                RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archiveId);
        return counterId != CountersReader.NULL_COUNTER_ID
                && counters.getCounterValue(counterId) >= publication.position();
    }

    private static boolean await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TIMEOUT_NANOS) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** The position behind the message, or a negative number when it can't be taken now. */
    long offer(DirectBuffer buffer, int offset, int length) {
        long position = Publication.ADMIN_ACTION;
        for (int i = 0; i < OFFER_ATTEMPTS_MAX && position == Publication.ADMIN_ACTION; i++) {
            position = publication.offer(buffer, offset, length);
        }
        return position;
    }

    /** Offers until taken; false when that took too long. */
    boolean awaitOffer(DirectBuffer buffer, int offset, int length) {
        return await(() -> offer(buffer, offset, length) > 0);
    }

    /** Waits until all that was offered is recorded; false when that took too long. */
    boolean awaitRecorded() {
        long position = publication.position();
        return await(() -> recordedPosition() >= position);
    }

    /**
     * The position up to which the recording is with the operating system. Stands still once the
     * Archive gave the recording up, for then its counter may count for another.
     */
    long recordedPosition() {
        long value = counters.getCounterValue(counterId);
        if (RecordingPos.isActive(counters, counterId, recordingId)) {
            lastRecorded = value;
        }
        return lastRecorded;
    }

    /** False when the Archive gave the recording up, usually for want of room on its disk. */
    boolean isRecording() {
        return RecordingPos.isActive(counters, counterId, recordingId);
    }

    long position() {
        return publication.position();
    }

    long recordingId() {
        return recordingId;
    }

    int messageLengthMax() {
        return publication.maxMessageLength();
    }

    /** Waits for what is on its way, and ends the recording. */
    @Override
    public void close() {
        if (!publication.isClosed()) {
            if (isRecording()) {
                awaitRecorded();
            }
            publication.close();
        }
    }

    /** Ends the recording and deletes it; false when the Archive still holds it. */
    static boolean purge(AeronArchive archive, long recordingId) {
        archive.tryStopRecordingByIdentity(recordingId);
        return await(() -> {
            try {
                archive.purgeRecording(recordingId);
                return true;
            } catch (ArchiveException e) {
                if (e.errorCode() == io.aeron.archive.client.ArchiveException.ACTIVE_RECORDING) {
                    return false;
                }
                throw e;
            }
        });
    }
}
