package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.status.CountersReader;

/**
 * A recording of another node's tape while that is being made, at the same positions. The recorded
 * position may be read by any thread.
 */
public final class TapeCopy implements RecordedTape, AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EmbeddedDriver driver;
    private final CountersReader counters;
    private final String endpoint;
    private long subscriptionId;
    private volatile int counterId;
    private final long recordingId;
    private volatile long lastRecorded;
    private boolean isStopped;

    private TapeCopy(EmbeddedDriver driver, String endpoint, long subscriptionId, int counterId) {
        this.driver = driver;
        this.endpoint = endpoint;
        this.subscriptionId = subscriptionId;
        this.counterId = counterId;
        counters = driver.aeron().countersReader();
        recordingId = RecordingPos.getRecordingId(counters, counterId);
        lastRecorded = counters.getCounterValue(counterId);
    }

    /**
     * Records what arrives.
     *
     * @param endpoint host:port of this machine
     * @param session the Aeron session of the tape
     * @throws HorizonException HZ-STB-006 when it doesn't arrive
     */
    public static TapeCopy start(EmbeddedDriver driver, String endpoint, int session) {
        long subscriptionId =
                driver.archive()
                        .startRecording(
                                channel(endpoint, session),
                                ArchiveTickLog.STREAM_ID,
                                SourceLocation.REMOTE,
                                true);
        int counterId = awaitCounter(driver, session);
        if (counterId == CountersReader.NULL_COUNTER_ID) {
            driver.archive().tryStopRecording(subscriptionId);
            throw new HorizonException(
                    "HZ-STB-006",
                    "the tape of the node doesn't arrive at "
                            + endpoint
                            + ": set standby.host to an address of this machine that the node"
                            + " reaches, and standby.port to three free UDP ports");
        }
        return new TapeCopy(driver, endpoint, subscriptionId, counterId);
    }

    /**
     * Goes on where it broke off.
     *
     * @param session the Aeron session of the tape from there on
     * @return false when it doesn't arrive
     */
    public synchronized boolean resume(int session) {
        if (isStopped) {
            return false;
        }
        driver.archive().tryStopRecording(subscriptionId);
        lastRecorded = Math.max(lastRecorded, driver.archive().getStopPosition(recordingId));
        long resumed =
                driver.archive()
                        .extendRecording(
                                recordingId,
                                channel(endpoint, session),
                                ArchiveTickLog.STREAM_ID,
                                SourceLocation.REMOTE,
                                true);
        subscriptionId = resumed;
        int found = awaitCounter(driver, session);
        if (found == CountersReader.NULL_COUNTER_ID) {
            driver.archive().tryStopRecording(resumed);
            return false;
        }
        counterId = found;
        return true;
    }

    private static String channel(String endpoint, int session) {
        return "aeron:udp?alias=tape-copy|endpoint=" + endpoint + "|session-id=" + session;
    }

    private static int awaitCounter(EmbeddedDriver driver, int session) {
        CountersReader counters = driver.aeron().countersReader();
        long archiveId = driver.archive().archiveId();
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        int found = RecordingPos.findCounterIdBySession(counters, session, archiveId);
        while (found == CountersReader.NULL_COUNTER_ID && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = RecordingPos.findCounterIdBySession(counters, session, archiveId);
        }
        return found;
    }

    /**
     * The positions that a copy begins with so that its segments are those of the other.
     *
     * @param position that has to be in it
     */
    public static long startFor(long position) {
        return position & -(long) EmbeddedDriver.SEGMENT_LENGTH_BYTES;
    }

    /** Lays a snapshot of the other's beside the copy, as one of it. */
    public Snapshot adopt(Snapshot other) {
        SnapshotFile file = SnapshotFile.of(driver.dataDirectory(), recordingId, other.tick());
        Snapshot.write(
                file,
                other.header(),
                other.setup(),
                new Snapshots.Taken(
                        other.tick(),
                        other.position(),
                        other.hash(),
                        other.entities(),
                        other.world().capacity(),
                        other.state(),
                        new byte[0],
                        sink -> sink.take(other.world(), 0, other.world().capacity())));
        return file.load();
    }

    /** The position behind what is recorded, once it broke off. */
    public synchronized long settle() {
        if (!isRecording()) {
            lastRecorded = Math.max(lastRecorded, driver.archive().getStopPosition(recordingId));
        }
        return recordedPosition();
    }

    /** The copy as it lies on the disk. */
    public TapeFile file() {
        Path data = driver.dataDirectory();
        return TapeFile.of(data, recordingId);
    }

    @Override
    public long recordingId() {
        return recordingId;
    }

    @Override
    public long recordedPosition() {
        int at = counterId;
        long value = counters.getCounterValue(at);
        // That of a recording that goes on from elsewhere appears with the value 0.
        if (RecordingPos.isActive(counters, at, recordingId) && value > lastRecorded) {
            lastRecorded = value;
        }
        return lastRecorded;
    }

    @Override
    public boolean isRecording() {
        return RecordingPos.isActive(counters, counterId, recordingId);
    }

    /** Records no more; what was recorded stays, and its end is final. */
    public synchronized void stop() {
        if (isStopped) {
            return;
        }
        isStopped = true;
        driver.archive().tryStopRecording(subscriptionId);
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (isRecording() && System.nanoTime() < deadline) {
            recordedPosition();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        lastRecorded = Math.max(lastRecorded, driver.archive().getStopPosition(recordingId));
    }

    @Override
    public void close() {
        stop();
    }
}
