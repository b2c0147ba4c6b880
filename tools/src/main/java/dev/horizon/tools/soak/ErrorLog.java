package dev.horizon.tools.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of a process's log that say ERROR. One thread. */
final class ErrorLog {
    private static final Pattern ERROR = Pattern.compile("\\bERROR\\b");

    /** Read at a time. */
    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private long read;

    ErrorLog(Path file) {
        this.file = file;
    }

    /** How many there are since the last time; none while there is no log. */
    int count() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(read);
            byte[] bytes = new byte[(int) Math.min(BYTES_MAX, log.length() - read)];
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n') + 1;
            read += end;
            return (int) text.substring(0, end).lines().filter(ErrorLog::isError).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first ones. */
    List<String> lines(int most) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(ErrorLog::isError).limit(most).toList();
        }
    }

    private static boolean isError(String line) {
        return ERROR.matcher(line).find();
    }
}
