package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TapeStartDecoder;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tape as it lies on the disk, read without a driver and without a lock: of a node that runs,
 * that was killed, or of a copy of its folder. The Archive keeps a recording in segment files
 * {@code ID-POSITION.rec} of Aeron data frames.
 *
 * <p>A tape whose beginning was pruned, or which goes on from another, begins at its first
 * snapshot.
 *
 * @param recordingId its number in the Archive
 * @param header what made it
 * @param segments in order of position, at least one
 * @param snapshots in order of their ticks
 */
public record TapeFile(
        long recordingId, TapeHeader header, List<Path> segments, List<SnapshotFile> snapshots) {
    /** The first version whose tapes a node goes on from. */
    public static final int GOES_ON_FROM_VERSION = 3;

    private static final Logger LOG = LoggerFactory.getLogger(TapeFile.class);

    /** A data folder holds few: retention keeps them so. */
    private static final int FILES_MAX = 100_000;

    private static final Pattern SEGMENT = Pattern.compile("(\\d+)-(\\d+)\\.rec");

    /** Copies the lists. */
    public TapeFile {
        segments = List.copyOf(segments);
        snapshots = List.copyOf(snapshots);
    }

    /**
     * The tapes of a data folder, oldest first. Other recordings are left out, and tapes of which
     * neither the start nor a whole snapshot is there.
     *
     * @throws HorizonException HZ-TAPE-004 when the folder holds no recordings
     */
    public static List<TapeFile> list(Path dataDirectory) {
        Path folder = EmbeddedDriver.recordings(dataDirectory);
        if (!Files.isDirectory(folder)) {
            throw new HorizonException(
                    "HZ-TAPE-004",
                    "there are no recordings in "
                            + dataDirectory
                            + "; name the data folder of a node with --data-dir");
        }
        Map<Long, Map<Long, Path>> recordings = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.limit(FILES_MAX)
                    .forEach(file -> {
                        Matcher name = SEGMENT.matcher(file.getFileName().toString());
                        if (name.matches()) {
                            recordings
                                    .computeIfAbsent(
                                            Long.valueOf(name.group(1)), id -> new TreeMap<>())
                                    .put(Long.valueOf(name.group(2)), file);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Long, List<SnapshotFile>> snapshots =
                SnapshotFile.list(dataDirectory).stream()
                        .collect(Collectors.groupingBy(SnapshotFile::tapeId));
        List<TapeFile> tapes = new ArrayList<>();
        recordings.forEach((id, segments) -> {
            List<Path> files = List.copyOf(segments.values());
            List<SnapshotFile> taken = snapshots.getOrDefault(id, List.of());
            TapeHeader header = header(files, taken);
            if (header != null) {
                tapes.add(new TapeFile(id, header, files, taken));
            }
        });
        tapes.sort(Comparator.comparingLong(TapeFile::recordingId));
        return tapes;
    }

    /** The version of its form; of a tape whose beginning was pruned, this build's. */
    public int formatVersion() {
        if (firstPosition() > 0) {
            return ArchiveTickLog.FORMAT_VERSION;
        }
        try (TapeFrames frames = open()) {
            frames.next();
            return new TapeStartDecoder()
                    .wrapAndApplyHeader(frames.buffer(), 0, new MessageHeaderDecoder())
                    .formatVersion();
        }
    }

    /**
     * One tape of a data folder.
     *
     * @throws HorizonException HZ-TAPE-004 when the folder doesn't have it
     */
    public static TapeFile of(Path dataDirectory, long recordingId) {
        return list(dataDirectory).stream()
                .filter(tape -> tape.recordingId() == recordingId)
                .findFirst()
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-TAPE-004",
                                "there is no tape " + recordingId + " in " + dataDirectory));
    }

    /** A reader from the first message on; to be closed. */
    public TapeFrames open() {
        return new TapeFrames(segments, firstPosition());
    }

    /**
     * A reader from a position on that a snapshot names; to be closed.
     *
     * @throws HorizonException HZ-TAPE-013 when the segment isn't there
     */
    public TapeFrames open(long position) {
        return new TapeFrames(segments, position);
    }

    /**
     * A reader that waits at the end of what is recorded and goes on from there; to be closed.
     *
     * @param recorded the position behind that, as the Archive tells it
     */
    public TapeFrames follow(long position, LongSupplier recorded) {
        return new TapeFrames(segments, position, recorded);
    }

    /** Where its first segment begins: beyond 0 when its beginning was pruned. */
    public long firstPosition() {
        return position(segments.getFirst());
    }

    /** Bytes of its segments, and of its snapshots. */
    public long bytes() {
        long sum = (long) segments.size() * EmbeddedDriver.SEGMENT_LENGTH_BYTES;
        for (SnapshotFile snapshot : snapshots) {
            sum += snapshot.bytes();
        }
        return sum;
    }

    /** The position with which a segment file begins, as its name says. */
    static long position(Path segment) {
        Matcher name = SEGMENT.matcher(segment.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(segment + " is no segment");
        }
        return Long.parseLong(name.group(2));
    }

    /** The segment of the same recording that begins elsewhere. */
    static Path segment(Path other, long position) {
        String name = other.getFileName().toString();
        return other.resolveSibling(name.substring(0, name.indexOf('-') + 1) + position + ".rec");
    }

    private static @Nullable TapeHeader header(List<Path> segments, List<SnapshotFile> snapshots) {
        if (position(segments.getFirst()) == 0) {
            TapeHeader start = header(segments);
            if (start != null) {
                return start;
            }
        }
        for (SnapshotFile snapshot : snapshots) {
            try {
                return snapshot.load().header();
            } catch (HorizonException damaged) {
                LOG.warn("{}", damaged.getMessage());
            }
        }
        return null;
    }

    private static @Nullable TapeHeader header(List<Path> segments) {
        try (TapeFrames frames = new TapeFrames(segments, 0)) {
            if (frames.streamId() != ArchiveTickLog.STREAM_ID || !frames.next()) {
                return null;
            }
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(frames.buffer(), 0);
            if (header.schemaId() != TapeStartDecoder.SCHEMA_ID
                    || header.templateId() != TapeStartDecoder.TEMPLATE_ID) {
                return null;
            }
            TapeStartDecoder start =
                    new TapeStartDecoder().wrapAndApplyHeader(frames.buffer(), 0, header);
            return new TapeHeader(
                    start.seed(),
                    start.firstTick(),
                    start.tickHz(),
                    start.starSystem(),
                    start.build());
        }
    }

    /** True when a frame is data of a message, not the padding of a term. */
    static boolean isData(UnsafeBuffer segment, int offset) {
        return FrameDescriptor.frameType(segment, offset) == DataHeaderFlyweight.HDR_TYPE_DATA;
    }
}
