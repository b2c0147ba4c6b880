package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a node's world in its data folder, named by tape and tick: {@code
 * snapshots/TAPE-TICK.snapshot}. It is there whole or not at all; {@link Snapshot} has the form.
 *
 * @param path where it is
 * @param tapeId the recording that it belongs to
 * @param tick whose end it holds
 */
public record SnapshotFile(Path path, long tapeId, long tick) {
    private static final String FOLDER = "snapshots";
    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)\\.snapshot");

    /** A data folder holds few: retention keeps them so. */
    private static final int FILES_MAX = 1_000_000;

    /** Where a tape's snapshot of a tick belongs. */
    static SnapshotFile of(Path dataDirectory, long tapeId, long tick) {
        return new SnapshotFile(
                folder(dataDirectory).resolve(tapeId + "-" + tick + ".snapshot"), tapeId, tick);
    }

    static Path folder(Path dataDirectory) {
        return dataDirectory.resolve(FOLDER);
    }

    /** All of a data folder, by tape and tick. */
    public static List<SnapshotFile> list(Path dataDirectory) {
        Path folder = folder(dataDirectory);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(FILES_MAX)
                    .map(SnapshotFile::parse)
                    .<SnapshotFile>mapMulti((file, into) -> {
                        if (file != null) {
                            into.accept(file);
                        }
                    })
                    .sorted(
                            Comparator.comparingLong(SnapshotFile::tapeId)
                                    .thenComparingLong(SnapshotFile::tick))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable SnapshotFile parse(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? new SnapshotFile(
                        file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                : null;
    }

    /**
     * Reads it whole.
     *
     * @throws HorizonException HZ-TAPE-012 when it isn't what was written
     */
    public Snapshot load() {
        return Snapshot.read(this);
    }

    /** Bytes on the disk; 0 when it is gone. */
    long bytes() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
