package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.Journal;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.FragmentAssembler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as one recording that every run extends. A record is safe from {@code kill -9} when
 * {@link #append} returns. Appended to by one thread; replays may run on others meanwhile.
 */
public final class ArchiveJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveJournal.class);

    /** Not 10, 11 or 20: those are the Archive's own streams over IPC. */
    static final int STREAM_ID = 111;

    private static final String ALIAS = "journal";

    /** An eighth of it, 128 KiB, is the longest record. */
    private static final int TERM_LENGTH_BYTES = 1 << 20;

    private final EmbeddedDriver driver;
    private volatile RecordedStream stream;
    private volatile long startPosition;

    private ArchiveJournal(EmbeddedDriver driver, RecordedStream stream, long startPosition) {
        this.driver = driver;
        this.stream = stream;
        this.startPosition = startPosition;
    }

    /**
     * Opens the journal of the driver's data directory, or begins it.
     *
     * @throws HorizonException HZ-JRN-002 when the recording that should be there is not
     */
    public static ArchiveJournal open(EmbeddedDriver driver) {
        JournalHead head = JournalHead.read(driver.dataDirectory());
        return head == null ? begin(driver) : resume(driver, head);
    }

    private static ArchiveJournal begin(EmbeddedDriver driver) {
        for (Recording recording : Recording.ofStream(driver, STREAM_ID)) {
            if (recording.endPosition() > recording.startPosition()) {
                throw new HorizonException(
                        "HZ-JRN-002",
                        "Recording "
                                + recording.id()
                                + " looks like a journal, but no file names it in "
                                + driver.dataDirectory()
                                + ". Restore the data directory from a backup.");
            }
        }
        RecordedStream stream =
                RecordedStream.start(driver, ALIAS, STREAM_ID, TERM_LENGTH_BYTES, 0);
        new JournalHead(stream.recordingId(), 0).write(driver.dataDirectory());
        return new ArchiveJournal(driver, stream, 0);
    }

    private static ArchiveJournal resume(EmbeddedDriver driver, JournalHead head) {
        Recording recording = Recording.byId(driver, head.recordingId());
        if (recording == null || recording.endPosition() < head.wholePosition()) {
            throw new HorizonException(
                    "HZ-JRN-002",
                    "The journal is recording "
                            + head.recordingId()
                            + (recording == null
                                    ? ", which the Archive doesn't have"
                                    : ", which ends at "
                                            + recording.endPosition()
                                            + " instead of "
                                            + head.wholePosition()
                                            + " or beyond")
                            + ". Restore the data directory "
                            + driver.dataDirectory()
                            + " from a backup.");
        }
        deleteOthers(driver, head);
        long end = cutTornTail(driver, recording, head.wholePosition());
        new JournalHead(recording.id(), end).write(driver.dataDirectory());
        RecordedStream stream = RecordedStream.extend(driver, ALIAS, recording, end);
        return new ArchiveJournal(driver, stream, recording.startPosition());
    }

    /** A kill amid a rewriting leaves a recording that the head doesn't name. */
    private static void deleteOthers(EmbeddedDriver driver, JournalHead head) {
        for (Recording recording : Recording.ofStream(driver, STREAM_ID)) {
            if (recording.id() != head.recordingId()) {
                RecordedStream.purge(driver.archive(), recording.id());
            }
        }
    }

    /** The Archive ends a recording at a whole fragment; a record may have several. */
    private static long cutTornTail(EmbeddedDriver driver, Recording recording, long whole) {
        long from = Math.max(whole, recording.startPosition());
        long[] lastWhole = {from};
        boolean[] torn = {false};
        Replay.read(
                driver,
                recording.id(),
                from,
                recording.endPosition(),
                (buffer, offset, length, header) -> {
                    torn[0] = !isLastFragment(header);
                    if (!torn[0]) {
                        lastWhole[0] = header.position();
                    }
                });
        if (!torn[0]) {
            return recording.endPosition();
        }
        LOG.warn("The journal's last record was torn by a kill; cutting it at {}", lastWhole[0]);
        driver.archive().truncateRecording(recording.id(), lastWhole[0]);
        return lastWhole[0];
    }

    private static boolean isLastFragment(Header header) {
        return (header.flags() & FrameDescriptor.END_FRAG_FLAG) != 0;
    }

    /**
     * {@inheritDoc}
     *
     * @throws HorizonException HZ-JRN-001 when it was not recorded in time: the record may be there
     *     after a restart, or not; HZ-JRN-003 when it is too long
     */
    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        RecordedStream to = stream;
        offer(to, buffer, offset, length);
        if (!to.awaitRecorded()) {
            throw notRecorded();
        }
        return to.position();
    }

    private static void offer(RecordedStream to, DirectBuffer buffer, int offset, int length) {
        if (length > to.messageLengthMax()) {
            throw new HorizonException(
                    "HZ-JRN-003",
                    "A record of "
                            + length
                            + " bytes exceeds the journal's "
                            + to.messageLengthMax()
                            + ". Whoever made it must split or shorten it.");
        }
        if (!to.awaitOffer(buffer, offset, length)) {
            throw notRecorded();
        }
    }

    private static HorizonException notRecorded() {
        return new HorizonException(
                "HZ-JRN-001",
                "The Archive did not record an entry of the journal within 10 s. See the log for"
                        + " what it reports: usually its disk is full or very slow.");
    }

    @Override
    public long position() {
        return stream.position();
    }

    @Override
    public long startPosition() {
        return startPosition;
    }

    @Override
    public int recordLengthMax() {
        return stream.messageLengthMax();
    }

    @Override
    public void replay(long fromPosition, RecordHandler handler) {
        RecordedStream of = stream;
        Replay.read(
                driver,
                of.recordingId(),
                Math.max(fromPosition, startPosition),
                of.recordedPosition(),
                new FragmentAssembler((buffer, offset, length, header) ->
                        handler.onRecord(header.position(), buffer, offset, length)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The records go to a new recording whose positions begin behind those of the old one.
     */
    @Override
    public boolean rewrite(RecordSource source) {
        RecordedStream old = stream;
        long start = (old.position() + TERM_LENGTH_BYTES) & -(long) TERM_LENGTH_BYTES;
        RecordedStream next =
                RecordedStream.start(driver, ALIAS, STREAM_ID, TERM_LENGTH_BYTES, start);
        try {
            source.writeTo((buffer, offset, length) -> {
                offer(next, buffer, offset, length);
                return next.position();
            });
            if (!next.awaitRecorded()) {
                throw notRecorded();
            }
            new JournalHead(next.recordingId(), next.position()).write(driver.dataDirectory());
        } catch (RuntimeException e) {
            next.close();
            RecordedStream.purge(driver.archive(), next.recordingId());
            throw e;
        }
        stream = next;
        startPosition = start;
        old.close();
        if (!RecordedStream.purge(driver.archive(), old.recordingId())) {
            LOG.warn("The journal's old recording stays until the next start");
        }
        return true;
    }

    @Override
    public void close() {
        RecordedStream last = stream;
        boolean whole = last.isRecording() && last.awaitRecorded();
        last.close();
        if (whole) {
            new JournalHead(last.recordingId(), last.position()).write(driver.dataDirectory());
        }
    }
}
