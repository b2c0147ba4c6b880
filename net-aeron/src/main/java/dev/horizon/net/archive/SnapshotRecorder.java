package dev.horizon.net.archive;

import dev.horizon.engine.schedule.Niceness;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a loop's snapshots beside its tape, on a thread of its own, and prunes the tape: snapshots
 * beyond the bounds go, oldest first, and with them the segments before the oldest that stays. The
 * two youngest always stay, for one may turn out to be damaged.
 */
public final class SnapshotRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRecorder.class);

    private static final int KEPT_MIN = 2;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_MILLIS_MAX = 10_000;

    /** Times as long as a piece took to write. */
    private static final int RESTS = 3;

    private static final long REST_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(20);

    private final EmbeddedDriver driver;
    private final RecordedTape tape;
    private final TapeHeader header;
    private final byte[] setup;
    private final TickLogConfig config;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private @Nullable Thread thread;
    private long workingSinceNanos;
    private long thinnedTo = Long.MIN_VALUE;
    private boolean isSpared;
    private volatile boolean isClosing;
    private volatile long written;
    private volatile long failed;
    private volatile long lastTick;
    private volatile long lastBytes;
    private volatile long lastLiveBytes;

    private record Kept(SnapshotFile file, long position, long bytes) {}

    /**
     * Prepares.
     *
     * @param setup what the tape says of its node, until plugins change
     */
    public SnapshotRecorder(
            EmbeddedDriver driver,
            RecordedTape tape,
            TapeHeader header,
            byte[] setup,
            TickLogConfig config) {
        this.driver = driver;
        this.tape = tape;
        this.header = header;
        this.setup = setup.clone();
        this.config = config;
    }

    /** Begins with a loop's snapshots; once. */
    public SnapshotRecorder start(Snapshots of) {
        Thread begun = Niceness.threads("snapshots").newThread(() -> run(of));
        thread = begun;
        begun.start();
        return this;
    }

    /** Snapshots written since the start. */
    public long written() {
        return written;
    }

    /** Snapshots that could not be written. */
    public long failed() {
        return failed;
    }

    /** The tick of the last one written, 0 before the first. */
    public long lastTick() {
        return lastTick;
    }

    /** Bytes of the last one. */
    public long lastBytes() {
        return lastBytes;
    }

    /** Bytes of rows and ids in the last one. */
    public long lastLiveBytes() {
        return lastLiveBytes;
    }

    /** Knows of a snapshot that is there already, older than all others; before {@link #start}. */
    public void keep(Snapshot snapshot) {
        SnapshotFile file =
                SnapshotFile.of(driver.dataDirectory(), tape.recordingId(), snapshot.tick());
        kept.addLast(new Kept(file, snapshot.position(), file.bytes()));
    }

    /** Writes a snapshot at once, on the calling thread, before {@link #start}. */
    public void write(Snapshots.Taken taken) {
        write(taken, () -> {});
    }

    private void write(Snapshots.Taken taken, Runnable rest) {
        SnapshotFile file =
                SnapshotFile.of(driver.dataDirectory(), tape.recordingId(), taken.tick());
        byte[] now = taken.setup().length == 0 ? setup : taken.setup();
        Snapshot.write(file, header, now, taken, rest);
        kept.addLast(new Kept(file, taken.position(), file.bytes()));
        lastBytes = file.bytes();
        lastLiveBytes = taken.liveBytes();
        lastTick = taken.tick();
        written++;
    }

    /** Writes for a quarter of the time, for ticks want all processors; the last one at once. */
    private void rest() {
        long worked = System.nanoTime() - workingSinceNanos;
        if (!isClosing) {
            LockSupport.parkNanos(this, Math.min(RESTS * worked, REST_NANOS_MAX));
        }
        workingSinceNanos = System.nanoTime();
    }

    private void run(Snapshots snapshots) {
        while (!isClosing) {
            if (!snapshots.work(this::record)) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
        // What the tick thread took as its last stands ready by now.
        snapshots.work(this::record);
    }

    /**
     * Waits for the tick's inputs to be on the tape: what a snapshot holds has to be there, too.
     */
    private void record(Snapshots.Taken taken) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS_MAX);
        while (tape.recordedPosition() < taken.position()) {
            if (!tape.isRecording() || System.nanoTime() > deadline) {
                failed++;
                LOG.warn(
                        "HZ-TAPE-014: no snapshot of tick {}, whose inputs aren't recorded",
                        taken.tick());
                return;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        try {
            workingSinceNanos = System.nanoTime();
            write(taken, this::rest);
            prune(taken.tick());
        } catch (UncheckedIOException | ArchiveException e) {
            failed++;
            LOG.error(
                    "HZ-TAPE-014: the snapshot of tick {} can't be written; the node goes on, and"
                            + " starts from an older one if it has to",
                    taken.tick(),
                    e);
        }
    }

    /** Of old snapshots every second goes; the oldest stays, where the tape may begin. */
    private void thin(long before) {
        Iterator<Kept> all = kept.iterator();
        boolean isYoung = false;
        while (all.hasNext() && !isYoung) {
            Kept one = all.next();
            isYoung = one.file().tick() >= before;
            if (!isYoung && one.file().tick() > thinnedTo) {
                thinnedTo = one.file().tick();
                isSpared = !isSpared || one == kept.getFirst();
                if (!isSpared) {
                    one.file().delete();
                    all.remove();
                }
            }
        }
    }

    private void prune(long tick) {
        thin(tick - config.denseSeconds() * header.tickHz());
        long oldest = tick - config.keepSeconds() * header.tickHz();
        boolean isPruned = false;
        while (kept.size() > KEPT_MIN
                && (kept.getFirst().file().tick() < oldest || bytes() > config.keepBytes())) {
            kept.removeFirst().file().delete();
            isPruned = true;
        }
        if (isPruned) {
            long from =
                    AeronArchive.segmentFileBasePosition(
                            0,
                            kept.getFirst().position(),
                            config.termLengthBytes(),
                            EmbeddedDriver.SEGMENT_LENGTH_BYTES);
            if (from > driver.archive().getStartPosition(tape.recordingId())) {
                driver.archive().purgeSegments(tape.recordingId(), from);
            }
        }
    }

    /** Of the tape, from the oldest snapshot on, and of all snapshots. */
    private long bytes() {
        long sum = tape.recordedPosition() - kept.getFirst().position();
        for (Kept one : kept) {
            sum += one.bytes();
        }
        return sum;
    }

    /** Writes what was taken, and ends. */
    @Override
    public void close() throws InterruptedException {
        isClosing = true;
        Thread begun = thread;
        if (begun != null) {
            begun.join(LAST_MILLIS_MAX);
        }
    }
}
