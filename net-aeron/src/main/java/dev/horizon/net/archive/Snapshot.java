package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.tick.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A world at the end of a tick, and all that the ticks behind it depend on but their inputs.
 *
 * <p>Form, little-endian: magic "HZSN", version (32 bits); tape, tick, position, hash (64 each),
 * entities (32); seed, first tick of the tape (64), rate (32), star system, build; setup; state;
 * world; length of all before (64) and its CRC-32C (32). Texts and bytes stand behind their length
 * (32 bits); the world, in the form of {@link WorldSnapshot}, has what is left.
 *
 * @param tapeId the recording that it belongs to
 * @param tick whose end it is
 * @param position in the recording behind that tick's inputs: what follows is the tick's hash, then
 *     the inputs of the next
 * @param hash of the world
 * @param entities in it
 * @param header what made the tape
 * @param setup of the tape: what a replay needs beside; JSON, opaque here
 * @param state what ticks depend on beside the world; the tick loop's own form
 * @param world in the form of {@link WorldSnapshot}
 */
public record Snapshot(
        long tapeId,
        long tick,
        long position,
        long hash,
        int entities,
        TapeHeader header,
        byte[] setup,
        byte[] state,
        DirectBuffer world) {
    static final int VERSION = 1;

    private static final int MAGIC = 0x4E535A48; // "HZSN"
    private static final int TRAILER_BYTES = Long.BYTES + Integer.BYTES;
    private static final int CHUNK_BYTES = 1 << 16;

    /**
     * Writes a snapshot: whole under its name, or not at all.
     *
     * @throws UncheckedIOException when the disk doesn't take it; nothing is left then
     */
    static void write(SnapshotFile file, TapeHeader header, byte[] setup, Snapshots.Taken taken) {
        write(file, header, setup, taken, () -> {});
    }

    /**
     * The same by and by.
     *
     * @param rest called after each {@value #CHUNK_BYTES} bytes
     */
    static void write(
            SnapshotFile file,
            TapeHeader header,
            byte[] setup,
            Snapshots.Taken taken,
            Runnable rest) {
        Path fresh = file.path().resolveSibling(file.path().getFileName() + ".new");
        try {
            Files.createDirectories(file.path().getParent());
            try (FileChannel channel =
                    FileChannel.open(
                            fresh,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                Out out = new Out(channel, rest);
                out.head(file.tapeId(), header, setup, taken);
                taken.world().writeTo(out);
                out.end();
                channel.force(true);
            } catch (IOException | UncheckedIOException e) {
                Files.deleteIfExists(fresh);
                throw e;
            }
            Files.move(fresh, file.path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one that came from elsewhere.
     *
     * @param dataDirectory where it would lie, for messages
     * @throws HorizonException HZ-TAPE-012 when it isn't what was written
     */
    public static Snapshot of(byte[] bytes, Path dataDirectory) {
        UnsafeBuffer in = new UnsafeBuffer(bytes);
        int idsAt = 2 * Integer.BYTES;
        if (bytes.length < idsAt + 2 * Long.BYTES) {
            throw damaged(SnapshotFile.of(dataDirectory, 0, 0), "it breaks off");
        }
        long tape = in.getLong(idsAt, ByteOrder.LITTLE_ENDIAN);
        long tick = in.getLong(idsAt + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        return read(SnapshotFile.of(dataDirectory, tape, tick), bytes);
    }

    static Snapshot read(SnapshotFile file) {
        try {
            return read(file, Files.readAllBytes(file.path()));
        } catch (IOException e) {
            throw damaged(file, e.toString());
        }
    }

    private static Snapshot read(SnapshotFile file, byte[] bytes) {
        try {
            int length = bytes.length - TRAILER_BYTES;
            if (length < 0) {
                throw damaged(file, "it has " + bytes.length + " bytes");
            }
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, length);
            if (in.getLong(length) != length
                    || in.getInt(length + Long.BYTES) != (int) crc.getValue()) {
                throw damaged(file, "its bytes aren't those that were written");
            }
            return parse(file, in.limit(length));
        } catch (BufferUnderflowException e) {
            throw damaged(file, "it breaks off");
        }
    }

    private static Snapshot parse(SnapshotFile file, ByteBuffer in) {
        if (in.getInt() != MAGIC) {
            throw damaged(file, "it doesn't begin as a snapshot does");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new HorizonException(
                    "HZ-TAPE-012",
                    file.path()
                            + " has version "
                            + version
                            + ", and this build reads "
                            + VERSION
                            + ": use the build that wrote it");
        }
        Snapshot read =
                new Snapshot(
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getInt(),
                        new TapeHeader(in.getLong(), in.getLong(), in.getInt(), text(in), text(in)),
                        bytes(in),
                        bytes(in),
                        new UnsafeBuffer(in.array(), in.position(), in.remaining()));
        if (read.tapeId != file.tapeId() || read.tick != file.tick()) {
            throw damaged(file, "it is tape " + read.tapeId + " at tick " + read.tick);
        }
        return read;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static HorizonException damaged(SnapshotFile file, String how) {
        return new HorizonException(
                "HZ-TAPE-012",
                file.path()
                        + ", the snapshot of tick "
                        + file.tick()
                        + ", is damaged: "
                        + how
                        + "; an older one serves as well, with more ticks to run: move this one"
                        + " away, or restore it from a backup");
    }

    /** Writes to a file and sums up what it wrote. */
    private static final class Out implements WorldSnapshot.Sink {
        private final FileChannel channel;
        private final CRC32C crc = new CRC32C();
        private final ByteBuffer chunk =
                ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private final Runnable rest;
        private long length;

        Out(FileChannel channel, Runnable rest) {
            this.channel = channel;
            this.rest = rest;
        }

        void head(long tapeId, TapeHeader header, byte[] setup, Snapshots.Taken taken) {
            putInt(MAGIC);
            putInt(VERSION);
            putLong(tapeId);
            putLong(taken.tick());
            putLong(taken.position());
            putLong(taken.hash());
            putInt(taken.entities());
            putLong(header.seed());
            putLong(header.firstTick());
            putInt(header.tickHz());
            putBytes(header.starSystem().getBytes(StandardCharsets.UTF_8));
            putBytes(header.build().getBytes(StandardCharsets.UTF_8));
            putBytes(setup);
            putBytes(taken.state());
        }

        @Override
        public void take(DirectBuffer buffer, int offset, int count) {
            for (int from = 0; from < count; ) {
                int bytes = Math.min(count - from, room(1));
                buffer.getBytes(offset + from, chunk, bytes);
                from += bytes;
            }
        }

        void end() {
            flush();
            putLong(length);
            putInt((int) crc.getValue());
            flush();
        }

        private void putInt(int value) {
            room(Integer.BYTES);
            chunk.putInt(value);
        }

        private void putLong(long value) {
            room(Long.BYTES);
            chunk.putLong(value);
        }

        private void putBytes(byte[] bytes) {
            putInt(bytes.length);
            take(new UnsafeBuffer(bytes), 0, bytes.length);
        }

        private int room(int needed) {
            if (chunk.remaining() < needed) {
                flush();
            }
            return chunk.remaining();
        }

        private void flush() {
            chunk.flip();
            length += chunk.remaining();
            crc.update(chunk.duplicate());
            try {
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            chunk.clear();
            rest.run();
        }
    }
}
