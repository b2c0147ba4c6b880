package dev.horizon.net.driver;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data directory. The operating system drops the lock when its holder dies,
 * however it dies: who gets it knows that the predecessor is gone.
 */
final class DataDirectoryLock implements AutoCloseable {
    private static final String LOCK_FILE = "lock";
    private static final String PID_FILE = "pid";

    /**
     * Directories locked by this process. POSIX drops a process's lock when it closes any channel
     * to the file, so a second attempt in one process must not even open it.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataDirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DataDirectoryLock acquire(Path dataDirectory) {
        Path directory = createDirectory(dataDirectory);
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, "this process, pid " + ProcessHandle.current().pid());
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            directory.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, "process " + readPid(directory));
            }
            Files.writeString(
                    directory.resolve(PID_FILE), Long.toString(ProcessHandle.current().pid()));
            return new DataDirectoryLock(directory, channel);
        } catch (IOException e) {
            release(directory, channel);
            throw unusable(directory, e);
        } catch (RuntimeException e) {
            release(directory, channel);
            throw e;
        }
    }

    private static Path createDirectory(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static String readPid(Path directory) {
        try {
            return Files.readString(directory.resolve(PID_FILE)).strip();
        } catch (IOException e) {
            return "(its pid can't be read: " + e.getMessage() + ")";
        }
    }

    private static HorizonException inUse(Path directory, String holder) {
        return new HorizonException(
                "HZ-ENV-011",
                "The data directory "
                        + directory
                        + " is in use by "
                        + holder
                        + ". Stop that process, or give this one a data directory of its own.");
    }

    private static HorizonException unusable(Path directory, IOException cause) {
        return new HorizonException(
                "HZ-ENV-012",
                "The data directory "
                        + directory
                        + " can't be used: "
                        + cause
                        + ". Make it writable for this user, or choose another one.",
                cause);
    }

    private static void release(Path directory, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-ENV-012", "The lock of " + directory + " did not close: " + e, e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        release(directory, channel);
    }
}
