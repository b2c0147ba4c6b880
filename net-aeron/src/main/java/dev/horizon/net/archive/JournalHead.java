package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Which recording is the journal: one small file, replaced in one step.
 *
 * @param recordingId of the Archive
 * @param wholePosition up to here every record is known to be whole
 */
record JournalHead(long recordingId, long wholePosition) {
    private static final String FILE = "journal";

    /** What is written, or null where no journal was ever started. */
    static @Nullable JournalHead read(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            if (words.length == 2) {
                return new JournalHead(Long.parseLong(words[0]), Long.parseLong(words[1]));
            }
        } catch (IOException | NumberFormatException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, null);
    }

    private static HorizonException unreadable(Path file, @Nullable Exception cause) {
        String message =
                "The file "
                        + file
                        + " should name the journal's recording, but can't be read. Restore the"
                        + " data directory from a backup.";
        return cause == null
                ? new HorizonException("HZ-JRN-002", message)
                : new HorizonException("HZ-JRN-002", message, cause);
    }

    void write(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        Path next = dataDirectory.resolve(FILE + ".next");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            next,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                String text = recordingId + " " + wholePosition;
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-JRN-001",
                    "The file "
                            + file
                            + " can't be written: "
                            + e
                            + ". Check its rights and the room on its disk.",
                    e);
        }
    }
}
