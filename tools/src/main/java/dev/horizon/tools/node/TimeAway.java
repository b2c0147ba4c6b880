package dev.horizon.tools.node;

import dev.horizon.net.driver.EmbeddedDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How long nobody ticked a data folder's world, by the clock of its files. */
final class TimeAway {
    /** Simulated time doesn't leap farther, whatever the clocks say: change ticks have 32 bits. */
    private static final long TICKS_MAX = 1 << 30;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final long lastWrittenMillis;

    private TimeAway(long lastWrittenMillis) {
        this.lastWrittenMillis = lastWrittenMillis;
    }

    /** Looks before the Archive starts, which may write to its files. */
    static TimeAway of(Path dataDirectory) {
        Path folder = EmbeddedDriver.recordings(dataDirectory);
        if (!Files.isDirectory(folder)) {
            return new TimeAway(UNKNOWN);
        }
        try (Stream<Path> files = Files.list(folder)) {
            long last =
                    files.filter(file -> file.getFileName().toString().endsWith(".rec"))
                            .mapToLong(file -> file.toFile().lastModified())
                            .max()
                            .orElse(UNKNOWN);
            return new TimeAway(last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ticks that would have been meanwhile. */
    long ticks(int tickHz) {
        long millis = Math.max(0, System.currentTimeMillis() - lastWrittenMillis);
        return Math.min(TICKS_MAX, millis * tickHz / 1_000);
    }
}
