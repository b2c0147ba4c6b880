package dev.horizon.net.driver;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Chooses where shared memory goes. Its files are sparse, and a write to a full file system ends
 * the virtual machine without a word: so room is measured before anything is mapped.
 */
final class SharedMemory {
    private static final long MIB = 1 << 20;

    private SharedMemory() {}

    /** Bytes that this user can still write there; negative when none. */
    static long usableBytes(Path directory) {
        try {
            return Files.isDirectory(directory) && Files.isWritable(directory)
                    ? Files.getFileStore(directory).getUsableSpace()
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** The first directory with enough room. */
    static Path choose(List<Path> directories, long bytesNeeded, ToLongFunction<Path> usable) {
        StringBuilder seen = new StringBuilder();
        for (Path directory : directories) {
            long bytes = usable.applyAsLong(directory);
            if (bytes >= bytesNeeded) {
                return directory;
            }
            seen.append(seen.isEmpty() ? "" : ", ")
                    .append(directory)
                    .append(bytes < 0 ? " can't be written" : " has " + bytes / MIB + " MiB");
        }
        throw new HorizonException(
                "HZ-ENV-010",
                "Shared memory needs "
                        + (bytesNeeded + MIB - 1) / MIB
                        + " MiB, but "
                        + (seen.isEmpty() ? "no directory is configured" : seen)
                        + ". Free room in one of them, give a container more of it"
                        + " (docker run --shm-size=1g), or name a directory with room in"
                        + " memory-directories.");
    }
}
