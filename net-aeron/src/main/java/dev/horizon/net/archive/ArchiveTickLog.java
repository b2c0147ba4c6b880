package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TapeSetupEncoder;
import dev.horizon.schemas.ticklog.TapeStartEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The tape of one run: a recording of its own, with {@code TapeStart} first. Offered to by the tick
 * thread, which neither waits nor allocates; any thread may read the recorded position.
 */
public final class ArchiveTickLog implements TickLog, RecordedTape {
    /** Away from the streams of the Archive itself, which are 10, 20 and 30 on the same channel. */
    public static final int STREAM_ID = 110;

    static final int FORMAT_VERSION = 3;

    private final RecordedStream stream;

    private ArchiveTickLog(RecordedStream stream) {
        this.stream = stream;
    }

    /** Deletes what exceeds the configured bounds, and starts a tape. */
    public static ArchiveTickLog open(
            EmbeddedDriver driver, TickLogConfig config, TapeHeader header) {
        deleteOldTapes(driver, config);
        RecordedStream stream =
                RecordedStream.start(driver, "tick-log", STREAM_ID, config.termLengthBytes(), 0);
        ArchiveTickLog log = new ArchiveTickLog(stream);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = encode(header, buffer);
        if (!stream.awaitOffer(buffer, 0, length) || !stream.awaitRecorded()) {
            stream.close();
            throw new HorizonException(
                    "HZ-TAPE-002",
                    "The Archive did not record the start of the tape within 10 s. See the log for"
                            + " what it reports: usually its disk is full or very slow.");
        }
        return log;
    }

    /**
     * Writes what a replay needs to make the same world; once, before the first tick, on the thread
     * that opened the tape.
     *
     * @param setup JSON; opaque here
     */
    public void describe(byte[] setup) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TapeSetupEncoder encoder = new TapeSetupEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .putSetup(setup, 0, setup.length);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        if (length > stream.messageLengthMax() || !stream.awaitOffer(buffer, 0, length)) {
            throw new HorizonException(
                    "HZ-TAPE-002",
                    "The tape did not take the " + length + " bytes that describe its node.");
        }
    }

    static int encode(TapeHeader header, ExpandableArrayBuffer buffer) {
        TapeStartEncoder start = new TapeStartEncoder();
        start.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .formatVersion(FORMAT_VERSION)
                .seed(header.seed())
                .firstTick(header.firstTick())
                .tickHz(header.tickHz())
                .starSystem(header.starSystem())
                .build(header.build());
        return MessageHeaderEncoder.ENCODED_LENGTH + start.encodedLength();
    }

    private static void deleteOldTapes(EmbeddedDriver driver, TickLogConfig config) {
        Map<Long, List<SnapshotFile>> snapshots =
                SnapshotFile.list(driver.dataDirectory()).stream()
                        .collect(Collectors.groupingBy(SnapshotFile::tapeId, Collectors.toList()));
        List<Recording> tapes = Recording.ofStream(driver, STREAM_ID);
        int kept = 0;
        long keptBytes = 0;
        for (Recording tape : tapes.reversed()) {
            List<SnapshotFile> taken = snapshots.getOrDefault(tape.id(), List.of());
            keptBytes += tape.endPositionNow(driver) - tape.startPosition();
            keptBytes += taken.stream().mapToLong(SnapshotFile::bytes).sum();
            kept++;
            boolean last = kept == 1;
            if (!last && (kept >= config.keepTapes() || keptBytes > config.keepBytes())) {
                taken.forEach(SnapshotFile::delete);
                RecordedStream.purge(driver.archive(), tape.id());
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws HorizonException HZ-TAPE-001 when the message is longer than {@link
     *     #messageLengthMax()}: it would never be taken
     */
    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (length > stream.messageLengthMax()) {
            throw new HorizonException(
                    "HZ-TAPE-001",
                    "A tick's record has "
                            + length
                            + " bytes, and the tape takes "
                            + stream.messageLengthMax()
                            + ". Raise tick-log.term-length-bytes, or lower the bound of inputs per"
                            + " tick.");
        }
        return stream.offer(buffer, offset, length);
    }

    @Override
    public long recordedPosition() {
        return stream.recordedPosition();
    }

    /** Bytes of the largest message that the tape takes. */
    public int messageLengthMax() {
        return stream.messageLengthMax();
    }

    /** False when the Archive gave up, usually because its disk is full: the node must pause. */
    @Override
    public boolean isRecording() {
        return stream.isRecording();
    }

    @Override
    public long recordingId() {
        return stream.recordingId();
    }

    @Override
    public void close() {
        stream.close();
    }
}
