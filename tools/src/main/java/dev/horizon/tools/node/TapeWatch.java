package dev.horizon.tools.node;

import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.tick.TickMetrics;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.live.TapeStatus;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how a node's tape does, and once, aloud, that it is recorded no more. Thread-safe. */
final class TapeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TapeWatch.class);

    private final ArchiveTickLog tape;
    private final SnapshotRecorder snapshots;
    private final TickMetrics metrics;
    private final Path dataDirectory;
    private final TapeSetup.@Nullable Origin origin;
    private boolean hasSaid;

    TapeWatch(
            ArchiveTickLog tape,
            SnapshotRecorder snapshots,
            TickMetrics metrics,
            Path dataDirectory,
            TapeSetup.@Nullable Origin origin) {
        this.tape = tape;
        this.snapshots = snapshots;
        this.metrics = metrics;
        this.dataDirectory = dataDirectory;
        this.origin = origin;
    }

    /** Looks; called several times a second. */
    synchronized void observe() {
        if (!hasSaid && !tape.isRecording()) {
            hasSaid = true;
            LOG.error(
                    "HZ-TAPE-017: the Archive gave up recording at tick {}: the node pauses, and"
                            + " loses nothing that anyone saw. Make room on the disk of {}, then"
                            + " start the node again: it goes on from its last recorded tick",
                    metrics.tick(),
                    dataDirectory);
        }
    }

    /**
     * What an operator types to have a tick run again: what it read, changed, and what threw. Ticks
     * that were run again when the node came back are on the tape that it came back from.
     */
    String replayCommand(long tick) {
        TapeSetup.Origin before = origin;
        long recording =
                before != null && tick <= before.tick() ? before.tape() : tape.recordingId();
        return "./horizon replay seek "
                + tick
                + " --data-dir "
                + dataDirectory
                + " --tape "
                + recording;
    }

    TapeStatus status() {
        return new TapeStatus(
                tape.isRecording(),
                metrics.heldTicks(),
                metrics.count(Counter.PAUSES),
                metrics.dilationPermille(),
                snapshots.written(),
                snapshots.failed(),
                snapshots.lastTick(),
                snapshots.lastBytes());
    }
}
