package dev.horizon.net.archive;

import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.driver.RecordChecksum;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TapeSetupEncoder;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a tape into a folder, in the form in which an Archive leaves one, without an Archive:
 * slices of other tapes, and runs that no node made. One thread; nothing is safe before {@link
 * #close}.
 */
public final class TapeWriter implements TickLog {
    private static final int HEADER_BYTES = DataHeaderFlyweight.HEADER_LENGTH;
    private static final int SEGMENT_BYTES = EmbeddedDriver.SEGMENT_LENGTH_BYTES;

    private final Path dataDirectory;
    private final long tapeId;
    private final TapeHeader header;
    private final byte[] setup;
    private final RecordChecksum checksum = new RecordChecksum();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private MappedByteBuffer mapped;
    private long segment;
    private int offset;

    private TapeWriter(Path dataDirectory, long tapeId, TapeHeader header, byte[] setup) {
        this.dataDirectory = dataDirectory;
        this.tapeId = tapeId;
        this.header = header;
        this.setup = setup.clone();
        mapped = map();
    }

    /**
     * Starts a tape in a folder of its own.
     *
     * @param setup what a replay needs to make the same world; opaque here
     * @throws UncheckedIOException when the folder has that tape, or can't be written
     */
    public static TapeWriter create(
            Path dataDirectory, long tapeId, TapeHeader header, byte[] setup) {
        try {
            Files.createDirectories(EmbeddedDriver.recordings(dataDirectory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TapeWriter writer = new TapeWriter(dataDirectory, tapeId, header, setup);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        writer.offer(buffer, 0, ArchiveTickLog.encode(header, buffer));
        TapeSetupEncoder encoder = new TapeSetupEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .putSetup(setup, 0, setup.length);
        writer.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        return writer;
    }

    /**
     * Lays a snapshot beside the tape: whoever runs it may begin behind it.
     *
     * @param tick whose end it holds; its inputs are on the tape, or those of the next come next
     * @param hash of the world
     * @param entities in it
     * @param world in the form of {@link dev.horizon.engine.storage.WorldSnapshot}
     * @param state what ticks depend on beside the world; the tick loop's own form
     */
    public void snapshot(long tick, long hash, int entities, byte[] world, byte[] state) {
        Snapshot.write(
                SnapshotFile.of(dataDirectory, tapeId, tick),
                header,
                setup,
                new Snapshots.Taken(
                        tick,
                        segment + offset,
                        hash,
                        entities,
                        world.length,
                        state,
                        new byte[0],
                        sink -> sink.take(new UnsafeBuffer(world), 0, world.length)));
    }

    @Override
    public long offer(DirectBuffer buffer, int from, int length) {
        int frameLength = HEADER_BYTES + length;
        int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        if (aligned > SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "a message of " + length + " bytes is longer than a segment");
        }
        if (aligned > SEGMENT_BYTES - offset) {
            pad();
        }
        view.putBytes(offset + HEADER_BYTES, buffer, from, length);
        frame(frameLength, DataHeaderFlyweight.HDR_TYPE_DATA);
        return segment + offset;
    }

    /** Fills the segment and goes on in the next. */
    private void pad() {
        if (offset < SEGMENT_BYTES) {
            frame(SEGMENT_BYTES - offset, DataHeaderFlyweight.HDR_TYPE_PAD);
        }
        IoUtil.unmap(mapped);
        segment += SEGMENT_BYTES;
        offset = 0;
        mapped = map();
    }

    private void frame(int frameLength, int type) {
        int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        view.putInt(offset, frameLength, ByteOrder.LITTLE_ENDIAN);
        view.putByte(offset + DataHeaderFlyweight.FLAGS_FIELD_OFFSET, FrameDescriptor.UNFRAGMENTED);
        view.putShort(
                offset + DataHeaderFlyweight.TYPE_FIELD_OFFSET,
                (short) type,
                ByteOrder.LITTLE_ENDIAN);
        view.putInt(
                offset + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET,
                ArchiveTickLog.STREAM_ID,
                ByteOrder.LITTLE_ENDIAN);
        int sum =
                checksum.compute(
                        view.addressOffset(), offset + HEADER_BYTES, aligned - HEADER_BYTES);
        view.putInt(
                offset + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, sum, ByteOrder.LITTLE_ENDIAN);
        offset += aligned;
    }

    private MappedByteBuffer map() {
        Path file =
                EmbeddedDriver.recordings(dataDirectory).resolve(tapeId + "-" + segment + ".rec");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MappedByteBuffer fresh = channel.map(MapMode.READ_WRITE, 0, SEGMENT_BYTES);
            view.wrap(fresh);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing here survives a kill before it is closed; who needs that uses an Archive. */
    @Override
    public long recordedPosition() {
        return segment + offset;
    }

    /** Ends the tape; its last segment is as long as what was written. */
    @Override
    public void close() {
        mapped.force();
        view.wrap(new byte[0]);
        IoUtil.unmap(mapped);
        Path file =
                EmbeddedDriver.recordings(dataDirectory).resolve(tapeId + "-" + segment + ".rec");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // A reader looks for the header of a frame that isn't there.
            channel.truncate(Math.min(SEGMENT_BYTES, offset + HEADER_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
