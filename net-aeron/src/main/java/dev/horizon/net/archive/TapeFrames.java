package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.driver.RecordChecksum;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a tape from its segment files, in order, each checked by the checksum that
 * the Archive wrote where Aeron has the session id. One thread. Where a message is torn the tape
 * ends, as at the end of what is written.
 */
public final class TapeFrames implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int HEADER_BYTES = DataHeaderFlyweight.HEADER_LENGTH;

    private final List<Path> segments;

    /** Behind what is recorded of a tape that goes on; null for one that is read as it lies. */
    private final @Nullable LongSupplier recorded;

    private final RecordChecksum checksum = new RecordChecksum();
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final UnsafeBuffer view = new UnsafeBuffer();
    private @Nullable MappedByteBuffer mapped;
    private int segment = -1;
    private int offset;
    private int length;
    private long position;
    private boolean isWithinMessage;

    TapeFrames(List<Path> segments, long from) {
        this(segments, from, null);
    }

    /**
     * A reader that waits at the end of what is recorded and goes on from there, also into segments
     * that come later.
     */
    TapeFrames(List<Path> segments, long from, @Nullable LongSupplier recorded) {
        this.segments = new ArrayList<>(segments);
        this.recorded = recorded;
        while (segment + 1 < segments.size() && end(segments.get(segment + 1)) <= from) {
            segment++;
        }
        if (segment + 1 == segments.size() || TapeFile.position(segments.get(segment + 1)) > from) {
            throw missing(from);
        }
        position = from;
        open();
        offset = (int) (from - TapeFile.position(segments.get(segment)));
    }

    private static long end(Path segment) {
        return TapeFile.position(segment) + EmbeddedDriver.SEGMENT_LENGTH_BYTES;
    }

    /**
     * Goes to the next message.
     *
     * @return false at the end of what is whole
     */
    public boolean next() {
        length = 0;
        isWithinMessage = false;
        LongSupplier end = recorded;
        if (end != null && !isRecorded(end.getAsLong())) {
            return false;
        }
        while (seek()) {
            int frame = offset;
            int frameLength = view.getInt(frame);
            offset += BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
            if (!isWhole(frame, frameLength)) {
                offset = frame;
                return endOrDamage(frame);
            }
            if (TapeFile.isData(view, frame) && take(frame, frameLength - HEADER_BYTES)) {
                position = TapeFile.position(segments.get(segment)) + offset;
                return true;
            }
        }
        return mapped != null && endOrDamage(offset);
    }

    /** True when the next message is whole before the end; goes to where it begins. */
    private boolean isRecorded(long end) {
        int at = offset;
        boolean isWithin = false;
        while (TapeFile.position(segments.get(segment)) + at < end) {
            if (at + HEADER_BYTES > view.capacity()) {
                if (isWithin || !advance()) {
                    return false;
                }
                at = offset;
                continue;
            }
            int next = at + BitUtil.align(view.getInt(at), FrameDescriptor.FRAME_ALIGNMENT);
            if (next <= at || TapeFile.position(segments.get(segment)) + next > end) {
                return false;
            }
            boolean isData = TapeFile.isData(view, at);
            if (isData && isLast(at)) {
                return true;
            }
            isWithin |= isData;
            at = next;
            if (!isWithin) {
                offset = at;
            }
        }
        return false;
    }

    private boolean isLast(int frame) {
        return (FrameDescriptor.frameFlags(view, frame) & FrameDescriptor.END_FRAG_FLAG) != 0;
    }

    /** Adds a frame to the message; true when the message is whole. */
    private boolean take(int frame, int bytes) {
        byte flags = FrameDescriptor.frameFlags(view, frame);
        if ((flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0) {
            length = 0;
            isWithinMessage = true;
        }
        if (!isWithinMessage) {
            // The end of a message whose beginning was pruned.
            return false;
        }
        message.putBytes(length, view, frame + HEADER_BYTES, bytes);
        length += bytes;
        return isLast(frame);
    }

    /** False at the end of what was written; what isn't whole before it is damaged. */
    private boolean endOrDamage(int frame) {
        if (segment + 1 < segments.size() || isFollowed(frame)) {
            throw damaged(frame);
        }
        // Torn by the end of the process that wrote it, or not written to its end yet.
        return false;
    }

    /** True when whole frames of the tape stand behind one that isn't. */
    private boolean isFollowed(int frame) {
        for (int at = frame + FrameDescriptor.FRAME_ALIGNMENT;
                at + HEADER_BYTES <= view.capacity();
                at += FrameDescriptor.FRAME_ALIGNMENT) {
            int frameLength = view.getInt(at);
            if (frameLength > HEADER_BYTES
                    && (long) at + frameLength <= view.capacity()
                    && view.getInt(at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET)
                            == ArchiveTickLog.STREAM_ID
                    && TapeFile.isData(view, at)
                    && isWhole(at, frameLength)) {
                return true;
            }
        }
        return false;
    }

    /** The position behind the message; where reading began, before the first. */
    public long position() {
        return position;
    }

    /** The message, from 0; until the next. */
    public DirectBuffer buffer() {
        return message;
    }

    /** Bytes of the message. */
    public int length() {
        return length;
    }

    /** The stream that was recorded, 0 where nothing is. */
    int streamId() {
        return seek() ? view.getInt(offset + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) : 0;
    }

    /** True when a frame begins at the offset, in this segment or the next. */
    private boolean seek() {
        while (mapped != null) {
            if (offset + HEADER_BYTES <= view.capacity()) {
                int frameLength = view.getInt(offset);
                return frameLength >= HEADER_BYTES
                        && (long) offset + frameLength <= view.capacity();
            }
            if (!advance()) {
                return false;
            }
        }
        return false;
    }

    /** The Archive sums up no padding, of which it writes the header alone: it ends its term. */
    private boolean isWhole(int frame, int frameLength) {
        int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        if (FrameDescriptor.frameType(view, frame) == DataHeaderFlyweight.HDR_TYPE_PAD) {
            return (frame + aligned) % LogBufferDescriptor.TERM_MIN_LENGTH == 0;
        }
        int computed =
                checksum.compute(
                        view.addressOffset(), frame + HEADER_BYTES, aligned - HEADER_BYTES);
        return computed == FrameDescriptor.frameSessionId(view, frame);
    }

    private HorizonException damaged(int frame) {
        return new HorizonException(
                "HZ-TAPE-005",
                segments.get(segment)
                        + " is damaged at byte "
                        + frame
                        + ", position "
                        + (TapeFile.position(segments.get(segment)) + frame)
                        + ": the record there isn't what the Archive wrote. What is before it is"
                        + " whole: replay to an earlier tick with --to, or restore the file from a"
                        + " backup");
    }

    private HorizonException missing(long at) {
        return new HorizonException(
                "HZ-TAPE-013",
                "the tape in "
                        + segments.getFirst().getParent()
                        + " has no segment for position "
                        + at
                        + ", though it has "
                        + segments.getFirst().getFileName()
                        + " to "
                        + segments.getLast().getFileName()
                        + ": restore the missing file from a backup, or begin at a snapshot behind"
                        + " it");
    }

    /** Goes to the next segment; false where there is none. */
    private boolean advance() {
        Path last = segments.get(segment);
        long due = end(last);
        if (recorded != null && segment + 1 == segments.size()) {
            Path next = TapeFile.segment(last, due);
            if (!Files.exists(next)) {
                return false;
            }
            segments.add(next);
        }
        close();
        if (segment + 1 == segments.size()) {
            return false;
        }
        if (TapeFile.position(segments.get(segment + 1)) != due) {
            throw missing(due);
        }
        open();
        return true;
    }

    /** Goes to the next segment. */
    private void open() {
        offset = 0;
        segment++;
        try (FileChannel file = FileChannel.open(segments.get(segment), StandardOpenOption.READ)) {
            MappedByteBuffer now = file.map(MapMode.READ_ONLY, 0, file.size());
            view.wrap(now);
            mapped = now;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        MappedByteBuffer was = mapped;
        mapped = null;
        if (was != null) {
            view.wrap(NOTHING);
            IoUtil.unmap(was);
        }
    }
}
