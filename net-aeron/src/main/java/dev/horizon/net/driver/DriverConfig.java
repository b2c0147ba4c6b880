package dev.horizon.net.driver;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded driver keeps its files, and how much room it asks for.
 *
 * @param dataDirectory what outlives the process: recordings, notes, the lock; one live process
 *     each
 * @param memoryDirectories where shared memory may go: the first with enough room is taken
 * @param termLengthBytes of a stream that names no length of its own; a power of two from 128 KiB;
 *     a stream keeps three terms, and takes messages of up to an eighth of one
 * @param streamCountMax streams of that length that must fit at once
 * @param removeInShutdownHook whether the driver closes itself when the virtual machine ends; false
 *     where a process has a hook of its own that closes everything in order
 * @param archives false for a process that records nothing: a gateway
 * @param archiveEndpoint host:port at which Archives of other machines replicate from this one, as
 *     members of a cluster do; null to keep it to this process
 */
public record DriverConfig(
        Path dataDirectory,
        List<Path> memoryDirectories,
        int termLengthBytes,
        int streamCountMax,
        boolean removeInShutdownHook,
        boolean archives,
        @Nullable String archiveEndpoint) {
    /** An eighth of it, 256 KiB, holds a keyframe of some thousand rows. */
    public static final int TERM_LENGTH_BYTES = 2 << 20;

    /** Four tiers of eight streams, and as many again for everything else. */
    public static final int STREAM_COUNT_MAX = 64;

    public DriverConfig {
        memoryDirectories = List.copyOf(memoryDirectories);
    }

    /** The defaults: {@code /dev/shm}, else the folder for temporary files. */
    public static DriverConfig at(Path dataDirectory) {
        return new DriverConfig(
                dataDirectory,
                List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir"))),
                TERM_LENGTH_BYTES,
                STREAM_COUNT_MAX,
                true,
                true,
                null);
    }

    /** The same, closed by the caller alone. */
    public DriverConfig withoutShutdownHook() {
        return new DriverConfig(
                dataDirectory,
                memoryDirectories,
                termLengthBytes,
                streamCountMax,
                false,
                archives,
                archiveEndpoint);
    }

    /** The same without an Archive. */
    public DriverConfig withoutArchive() {
        return new DriverConfig(
                dataDirectory,
                memoryDirectories,
                termLengthBytes,
                streamCountMax,
                removeInShutdownHook,
                false,
                null);
    }

    /** The same with an Archive that other machines reach. */
    public DriverConfig withArchiveAt(String endpoint) {
        return new DriverConfig(
                dataDirectory,
                memoryDirectories,
                termLengthBytes,
                streamCountMax,
                removeInShutdownHook,
                true,
                endpoint);
    }

    /** The same with other places for shared memory. */
    public DriverConfig withMemoryDirectories(List<Path> directories) {
        return new DriverConfig(
                dataDirectory,
                directories,
                termLengthBytes,
                streamCountMax,
                removeInShutdownHook,
                archives,
                archiveEndpoint);
    }

    /** Shared memory in use when every stream has filled its three terms once. */
    long memoryBytesNeeded() {
        return EmbeddedDriver.FIXED_MEMORY_BYTES + 3L * termLengthBytes * streamCountMax;
    }
}
