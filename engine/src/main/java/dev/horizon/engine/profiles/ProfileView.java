package dev.horizon.engine.profiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's latest records in a Chronicle Map. Its file is trusted only after a clean close: a
 * kill can leave a lock held or a record half gone inside it, and reading the whole journal to find
 * out costs as much as filling a new file, so that is what happens.
 */
final class ProfileView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileView.class);

    private static final int VALUE_BYTES_AVERAGE = 512;

    /**
     * Of this size, entries of up to 64 KiB have at most as many chunks as Chronicle Map counts.
     */
    private static final int CHUNK_BYTES = 128;

    private static final int CHUNKS_PER_ENTRY_MAX = 512;
    private static final double BLOAT_MAX = 10;
    private static final int HEAD_BYTES = 4_096;
    private static final String FORMAT = "1";

    private final Path file;
    private final ChronicleMap<Long, byte[]> map;
    private final long appliedPosition;

    private ProfileView(Path file, ChronicleMap<Long, byte[]> map, long appliedPosition) {
        this.file = file;
        this.map = map;
        this.appliedPosition = appliedPosition;
    }

    /** Opens what was closed cleanly, or begins an empty view. Takes one to three seconds. */
    static ProfileView open(Path file, ProfileStoreConfig config) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path state = stateOf(file);
        CleanClose clean = CleanClose.read(state);
        // From here to the next clean close the file is in doubt.
        Files.deleteIfExists(state);
        ChronicleMap<Long, byte[]> trusted =
                clean == null || !Files.exists(file) ? null : reopen(file, config, clean);
        if (clean != null && trusted != null) {
            return new ProfileView(file, trusted, clean.position());
        }
        Files.deleteIfExists(file);
        return new ProfileView(file, create(file, config), 0);
    }

    /** The map, or null when it is not what was closed. */
    private static @Nullable ChronicleMap<Long, byte[]> reopen(
            Path file, ProfileStoreConfig config, CleanClose clean) {
        try {
            // Chronicle Map waits a minute for whoever might still be writing a broken head.
            if (headOf(file) != clean.head()) {
                LOG.warn("The view {} was changed; filling a new one from the journal", file);
                return null;
            }
            ChronicleMap<Long, byte[]> map = create(file, config);
            if (map.longSize() == clean.entries()) {
                return map;
            }
            map.close();
            LOG.warn("The view {} lacks entries; filling a new one from the journal", file);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The view {} can't be opened; filling a new one from the journal", file, e);
        }
        return null;
    }

    /** A number that follows from the file's first page and its length. */
    private static long headOf(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer page = ByteBuffer.allocate(HEAD_BYTES);
            channel.read(page, 0);
            checksum.update(page.flip());
            return checksum.getValue() ^ channel.size() << Integer.SIZE;
        }
    }

    private static Path stateOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".closed");
    }

    private static ChronicleMap<Long, byte[]> create(Path file, ProfileStoreConfig config)
            throws IOException {
        return ChronicleMapBuilder.of(Long.class, byte[].class)
                .name("profiles")
                .entries(config.playersExpected())
                .averageValueSize(VALUE_BYTES_AVERAGE)
                .actualChunkSize(CHUNK_BYTES)
                .maxChunksPerEntry(CHUNKS_PER_ENTRY_MAX)
                .maxBloatFactor(BLOAT_MAX)
                .putReturnsNull(true)
                .skipCloseOnExitHook(true)
                .createPersistedTo(file.toFile());
    }

    /** The journal position up to which the view was complete when it was opened. */
    long appliedPosition() {
        return appliedPosition;
    }

    @Nullable Profile find(long playerId) {
        byte[] value = map.get(playerId);
        return value == null
                ? null
                : ProfileCodec.decode(
                        new UnsafeBuffer(value), Long.BYTES, value.length - Long.BYTES);
    }

    /** The journal position behind the record that the view shows, or -1. */
    long position(long playerId) {
        byte[] value = map.get(playerId);
        return value == null ? -1 : ByteBuffer.wrap(value).getLong();
    }

    /** Shows a record: its journal position, then the profile's bytes. */
    void put(long playerId, long position, UnsafeBuffer profile, int length) {
        byte[] value = new byte[Long.BYTES + length];
        ByteBuffer.wrap(value).putLong(position);
        profile.getBytes(0, value, Long.BYTES, length);
        map.put(playerId, value);
    }

    /** Bytes of the profile that the view shows, 0 for none. */
    int length(long playerId) {
        byte[] value = map.get(playerId);
        return value == null ? 0 : value.length - Long.BYTES;
    }

    long size() {
        return map.longSize();
    }

    /** Hands over every record's profile bytes; the handler must not write. */
    void forEach(EntryHandler handler) {
        UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        map.forEach((playerId, value) -> {
            buffer.wrap(value, Long.BYTES, value.length - Long.BYTES);
            handler.onEntry(playerId, buffer);
        });
    }

    @Override
    public void close() {
        map.close();
    }

    /** Closes, and vouches for all up to a journal position. */
    void close(long position) throws IOException {
        long entries = map.longSize();
        map.close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        new CleanClose(position, entries, headOf(file)).write(stateOf(file));
    }

    /** Takes the bytes of one profile; the buffer is valid during the call. */
    @FunctionalInterface
    interface EntryHandler {
        void onEntry(long playerId, UnsafeBuffer profile);
    }

    /** What the file beside the view says: it exists only while nobody has the view open. */
    private record CleanClose(long position, long entries, long head) {
        static @Nullable CleanClose read(Path state) throws IOException {
            if (!Files.exists(state)) {
                return null;
            }
            String[] words = Files.readString(state).strip().split(" ", -1);
            try {
                return words.length == 4 && words[0].equals(FORMAT)
                        ? new CleanClose(
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                Long.parseLong(words[3]))
                        : null;
            } catch (NumberFormatException e) {
                // Doubt, as if it were missing.
                return null;
            }
        }

        void write(Path state) throws IOException {
            String text = FORMAT + " " + position + " " + entries + " " + head;
            try (FileChannel channel =
                    FileChannel.open(
                            state,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
        }
    }
}
