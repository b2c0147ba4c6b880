package dev.horizon.net.driver;

import dev.horizon.engine.plugin.HorizonException;
import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One media driver with its Archive inside this process, and one client of each. It holds the data
 * directory's lock from start to close; it removes its shared memory at close, when the virtual
 * machine ends, and, after a {@code kill -9}, at the next start. Thread-safe.
 */
public final class EmbeddedDriver implements AutoCloseable {
    /**
     * Bytes of a file of a recording. Retention deletes whole ones: small ones follow its bounds
     * closely.
     */
    public static final int SEGMENT_LENGTH_BYTES = 16 << 20;

    /** Counters, command buffers, error logs and the Archive's own streams. */
    static final long FIXED_MEMORY_BYTES = 32L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDriver.class);
    private static final String ARCHIVE = "archive";
    private static final String MARKS = "archive-marks";

    private final DataDirectoryLock lock;
    private final int incarnation;
    private final DriverDirectories directories;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Path driverDirectory;
    private @Nullable MediaDriver driver;
    private @Nullable Archive archiveService;
    private @Nullable Aeron aeron;
    private @Nullable AeronArchive archive;
    private @Nullable Thread shutdownHook;

    private EmbeddedDriver(DataDirectoryLock lock) {
        this.lock = lock;
        Path data = lock.directory();
        this.incarnation = Incarnations.next(data, Files.exists(data.resolve(ARCHIVE)));
        this.directories = new DriverDirectories(data);
    }

    /**
     * Starts driver and Archive and connects to both.
     *
     * @throws HorizonException HZ-ENV-010 no room for shared memory, HZ-ENV-011 the data directory
     *     is in use, HZ-ENV-012 it can't be written, HZ-ENV-013 Aeron did not start, HZ-ENV-014 its
     *     incarnation is unknown
     */
    public static EmbeddedDriver start(DriverConfig config) {
        DataDirectoryLock lock = DataDirectoryLock.acquire(config.dataDirectory());
        EmbeddedDriver embedded;
        try {
            embedded = new EmbeddedDriver(lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            embedded.launch(config);
            return embedded;
        } catch (HorizonException | Error e) {
            embedded.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            embedded.close();
            throw new HorizonException(
                    "HZ-ENV-013",
                    "Aeron did not start for the data directory "
                            + lock.directory()
                            + ": "
                            + e
                            + ". If the message names a recording, restore the data directory from"
                            + " a backup or move it away.",
                    e);
        }
    }

    private void launch(DriverConfig config) throws IOException {
        directories.removeAll();
        Path memory =
                SharedMemory.choose(
                        config.memoryDirectories(),
                        config.memoryBytesNeeded(),
                        SharedMemory::usableBytes);
        Path directory = directories.reserve(memory);
        driverDirectory = directory;
        if (config.removeInShutdownHook()) {
            Thread hook = new Thread(this::close, "driver-shutdown");
            shutdownHook = hook;
            Runtime.getRuntime().addShutdownHook(hook);
        }
        String name = directory.toString();
        driver = MediaDriver.launch(AeronContexts.driver(name, config.termLengthBytes()));
        if (config.archives()) {
            archiveService = launchArchive(name, config.archiveEndpoint());
        }
        Aeron client = Aeron.connect(AeronContexts.client(name));
        aeron = client;
        if (config.archives()) {
            archive = AeronArchive.connect(AeronContexts.archiveClient(client));
        }
    }

    private Archive launchArchive(String driverDirectory, @Nullable String endpoint)
            throws IOException {
        Path data = lock.directory();
        Path recordings = Files.createDirectories(data.resolve(ARCHIVE));
        // A mark file vouches for its Archive for ten seconds after a kill; the lock knows better.
        // So
        // each life has a mark file of its own.
        IoUtil.delete(data.resolve(MARKS).toFile(), true);
        Path marks = Files.createDirectories(data.resolve(MARKS));
        return ArchiveLauncher.launch(attempt ->
                AeronContexts.archive(
                        driverDirectory,
                        recordings,
                        marks.resolve(incarnation + "-" + attempt),
                        endpoint));
    }

    /** Where the recordings of a data directory are. */
    public static Path recordings(Path dataDirectory) {
        return dataDirectory.resolve(ARCHIVE);
    }

    /** The client of the media driver. */
    public Aeron aeron() {
        return started(aeron);
    }

    /**
     * The client of the Archive, where the configuration has one; never called on a tick thread,
     * for every call waits.
     */
    public AeronArchive archive() {
        return started(archive);
    }

    /** Which life of the data directory this is: from 1, never twice; the block of entity ids. */
    public int incarnation() {
        return incarnation;
    }

    /** What outlives the process. */
    public Path dataDirectory() {
        return lock.directory();
    }

    /** The driver's shared memory, for clients in other processes. */
    public Path driverDirectory() {
        return started(driverDirectory);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the driver has not started");
        }
        return part;
    }

    /** Ends all streams and recordings, removes the shared memory, and gives up the lock. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CloseHelper.closeAll(
                e -> LOG.warn("Closing a part of the driver failed", e),
                archive,
                aeron,
                archiveService,
                driver);
        try {
            directories.removeAll();
        } catch (IOException e) {
            LOG.warn(
                    "Shared memory in {} was not removed; the next start will", driverDirectory, e);
        }
        lock.close();
        forgetHook();
    }

    private void forgetHook() {
        Thread hook = shutdownHook;
        if (hook == null || hook == Thread.currentThread()) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The virtual machine is ending; its hook finds nothing left to do");
        }
    }
}
