package dev.horizon.tools.node;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.standby.CopySource;
import dev.horizon.tools.config.HorizonConfig;
import java.nio.file.Path;

/**
 * The tape of a node that begins to tick. Where its world goes on from another tape it begins at a
 * snapshot, which is written while the rest of the node is put together, and before the first tick.
 */
final class NodeTape implements AutoCloseable {
    private final ArchiveTickLog log;
    private final byte[] setup;
    private final SnapshotRecorder recorder;
    private final Underway<SnapshotRecorder> begun;

    private NodeTape(
            ArchiveTickLog log,
            byte[] setup,
            SnapshotRecorder recorder,
            Underway<SnapshotRecorder> begun) {
        this.log = log;
        this.setup = setup;
        this.recorder = recorder;
        this.begun = begun;
    }

    /** Opens it, and begins to write; nobody may change the world until {@link #begin}. */
    static NodeTape open(Foundation from, LoadedPlugins plugins) {
        HorizonConfig config = from.config();
        EmbeddedDriver driver = from.driver();
        Beginning beginning = from.beginning();
        Path folder = config.node().dataDir();
        Underway<byte[]> described =
                Underway.start(
                        "tape setup",
                        () -> {
                            // For whoever runs the tape again.
                            new JarShelf(folder).keep(plugins.plugins());
                            return beginning.setup().encode();
                        });
        TickLogConfig tapeConfig = config.capture().tickLogConfig();
        ArchiveTickLog log = ArchiveTickLog.open(driver, tapeConfig, beginning.header());
        try {
            byte[] setup = described.result();
            log.describe(setup);
            SnapshotRecorder recorder =
                    new SnapshotRecorder(driver, log, beginning.header(), setup, tapeConfig);
            Underway<SnapshotRecorder> begun =
                    Underway.start(
                            "first snapshot",
                            () -> {
                                beginning.record(recorder, folder);
                                return recorder;
                            });
            return new NodeTape(log, setup, recorder, begun);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Waits for what it begins with, and takes the snapshots of a loop from then on. */
    void begin(Snapshots of) {
        begun.result().start(of);
    }

    ArchiveTickLog log() {
        return log;
    }

    SnapshotRecorder recorder() {
        return recorder;
    }

    /** What a standby begins with. */
    CopySource copySource(Foundation from) {
        Membership membership = from.membership();
        return new CopySource(
                from.driver().dataDirectory(),
                log,
                from.beginning().header(),
                setup,
                from.journal(),
                () -> from.profileWriter().queuedBytes() == 0,
                membership == null ? null : membership.place());
    }

    @Override
    public void close() throws InterruptedException {
        try {
            begun.result();
            recorder.close();
        } finally {
            log.close();
        }
    }
}
