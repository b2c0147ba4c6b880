package dev.horizon.net.driver;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Numbers the lives of a data directory. A number is on the disk before it is used, so no two lives
 * share one; entity ids take it as their block.
 */
final class Incarnations {
    /** Entity ids have 24 bits for the block; at a restart a minute this lasts 31 years. */
    static final int INCARNATION_MAX = (1 << 24) - 1;

    private static final String FILE = "incarnation";

    private Incarnations() {}

    /** Takes the next number; the caller holds the directory's lock. */
    static int next(Path dataDirectory, boolean used) {
        Path file = dataDirectory.resolve(FILE);
        try {
            int last = 0;
            if (Files.exists(file)) {
                last = parse(file);
            } else if (used) {
                throw new HorizonException(
                        "HZ-ENV-014",
                        "The file "
                                + file
                                + " is missing though the directory was used before: starting would"
                                + " give entity ids a second time. Restore the file from a backup,"
                                + " or start with an empty data directory.");
            }
            if (last >= INCARNATION_MAX) {
                throw new HorizonException(
                        "HZ-ENV-014",
                        "The data directory "
                                + dataDirectory
                                + " has lived "
                                + last
                                + " times, and entity ids have no block for another life. Start"
                                + " with an empty data directory.");
            }
            write(file, last + 1);
            return last + 1;
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-ENV-012",
                    "The file "
                            + file
                            + " can't be read or written: "
                            + e
                            + ". Check its rights"
                            + " and the room on its disk.",
                    e);
        }
    }

    private static int parse(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the text itself.
        }
        throw new HorizonException(
                "HZ-ENV-014",
                "The file "
                        + file
                        + " should hold the number of the last life, but holds \""
                        + text
                        + "\". Restore it from a backup, or start with an empty data directory.");
    }

    private static void write(Path file, int number) throws IOException {
        Path next = file.resolveSibling(FILE + ".next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(
                    ByteBuffer.wrap(Integer.toString(number).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
