package dev.horizon.net.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.IoUtil;

/**
 * Notes in the data directory which directories of shared memory belong to it: the next life finds
 * there what a killed one could not remove.
 */
final class DriverDirectories {
    private static final String NOTE = "driver-directories";
    private static final String PREFIX = "horizon-driver-";

    private final Path note;

    DriverDirectories(Path dataDirectory) {
        this.note = dataDirectory.resolve(NOTE);
    }

    /** Names a directory nobody has, and notes it before anybody makes it. */
    Path reserve(Path memoryDirectory) throws IOException {
        String name =
                PREFIX
                        + ProcessHandle.current().pid()
                        + "-"
                        + Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path directory = memoryDirectory.toAbsolutePath().resolve(name);
        Files.writeString(
                note, directory + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return directory;
    }

    /**
     * Removes all that is noted; the caller holds the data directory's lock, so nobody uses it.
     * Only directories with our prefix are touched, whatever the note says.
     */
    void removeAll() throws IOException {
        if (!Files.exists(note)) {
            return;
        }
        List<String> lines = Files.readAllLines(note);
        for (String line : lines) {
            Path directory = Path.of(line);
            if (directory.isAbsolute()
                    && directory.getFileName() != null
                    && directory.getFileName().toString().startsWith(PREFIX)) {
                IoUtil.delete(directory.toFile(), true);
            }
        }
        Files.delete(note);
    }
}
