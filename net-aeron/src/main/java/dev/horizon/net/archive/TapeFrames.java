package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.RecordChecksum;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
    private final RecordChecksum checksum = new RecordChecksum();
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final UnsafeBuffer view = new UnsafeBuffer();
    private @Nullable MappedByteBuffer mapped;
    private int segment = -1;
    private int offset;
    private int length;

    TapeFrames(List<Path> segments) {
        this.segments = segments;
        advance();
    }

    /**
     * Goes to the next message.
     *
     * @return false at the end of what is whole
     */
    public boolean next() {
        length = 0;
        while (seek()) {
            int frame = offset;
            int frameLength = view.getInt(frame);
            offset += BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
            if (!isWhole(frame, frameLength)) {
                if (!seek()) {
                    // Torn by the end of the process that wrote it, or not written to its end yet.
                    return false;
                }
                throw damaged(frame);
            }
            if (!TapeFile.isData(view, frame)) {
                continue;
            }
            byte flags = FrameDescriptor.frameFlags(view, frame);
            if ((flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0) {
                length = 0;
            }
            int bytes = frameLength - HEADER_BYTES;
            message.putBytes(length, view, frame + HEADER_BYTES, bytes);
            length += bytes;
            if ((flags & FrameDescriptor.END_FRAG_FLAG) != 0) {
                return true;
            }
        }
        return false;
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
            advance();
        }
        return false;
    }

    private boolean isWhole(int frame, int frameLength) {
        int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
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
                        + ": the record there isn't what the Archive wrote. What is before it is"
                        + " whole: replay to an earlier tick with --to, or restore the file from a"
                        + " backup");
    }

    private void advance() {
        close();
        offset = 0;
        segment++;
        if (segment < segments.size()) {
            try (FileChannel file =
                    FileChannel.open(segments.get(segment), StandardOpenOption.READ)) {
                MappedByteBuffer now = file.map(MapMode.READ_ONLY, 0, file.size());
                view.wrap(now);
                mapped = now;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
