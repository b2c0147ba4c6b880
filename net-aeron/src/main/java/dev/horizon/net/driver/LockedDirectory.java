package dev.horizon.net.driver;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * A directory of shared memory for a process that has no data directory to note it in. A locked
 * file beside it says that somebody uses it: the operating system drops the lock however its holder
 * dies, and whoever comes next removes what is left.
 */
final class LockedDirectory implements AutoCloseable {
    private static final String PREFIX = "horizon-lines-";
    private static final String SUFFIX = ".lock";
    private static final int ATTEMPTS_MAX = 3;

    /** POSIX drops a process's lock when it closes any channel to the file: never opened twice. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path lock;
    private final FileChannel channel;

    private LockedDirectory(Path directory, Path lock, FileChannel channel) {
        this.directory = directory;
        this.lock = lock;
        this.channel = channel;
    }

    /** Names a directory that nobody has, and removes those that nobody has any more. */
    static LockedDirectory reserve(Path memory) throws IOException {
        removeForsaken(memory);
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            String name =
                    PREFIX
                            + ProcessHandle.current().pid()
                            + "-"
                            + Long.toHexString(ThreadLocalRandom.current().nextLong());
            Path lock = memory.toAbsolutePath().resolve(name + SUFFIX);
            FileChannel channel = lock(lock, StandardOpenOption.CREATE_NEW);
            if (channel != null) {
                return new LockedDirectory(lock.resolveSibling(name), lock, channel);
            }
        }
        throw new IOException("no lock of a directory in " + memory + " can be had");
    }

    Path path() {
        return directory;
    }

    private static void removeForsaken(Path memory) throws IOException {
        try (DirectoryStream<Path> locks =
                Files.newDirectoryStream(memory.toAbsolutePath(), PREFIX + "*" + SUFFIX)) {
            for (Path lock : locks) {
                FileChannel channel =
                        Files.isWritable(lock) ? lock(lock, StandardOpenOption.WRITE) : null;
                if (channel != null) {
                    String name = lock.getFileName().toString();
                    Path directory =
                            lock.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
                    new LockedDirectory(directory, lock, channel).close();
                }
            }
        }
    }

    /** The lock's channel, or null when somebody else has it. */
    private static @Nullable FileChannel lock(Path lock, StandardOpenOption how)
            throws IOException {
        if (!HELD_HERE.add(lock)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lock, how, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (IOException e) {
            if (!Files.exists(lock)) {
                release(lock, channel);
                return null; // Another process has removed it just now.
            }
            release(lock, channel);
            throw e;
        }
        release(lock, channel);
        return null;
    }

    private static void release(Path lock, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD_HERE.remove(lock);
        }
    }

    /** Removes it. */
    @Override
    public void close() throws IOException {
        IoUtil.delete(directory.toFile(), true);
        Files.deleteIfExists(lock);
        release(lock, channel);
    }
}
