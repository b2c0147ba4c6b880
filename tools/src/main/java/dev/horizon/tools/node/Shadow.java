package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.profiles.ProfileWriter;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Region;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TapeCopy;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Follower;
import dev.horizon.net.replay.Heir;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.standby.CopyTerms;
import dev.horizon.net.standby.StandbyLink;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The world of another node, run again as its tape comes, with snapshots of its own, so that the
 * copy of the tape can be pruned as the tape itself is. One thread, but for what is said.
 */
final class Shadow implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int FIELDS_MAX = 5;

    /** How long the node may take to send a snapshot in which the differing field can be seen. */
    private static final long SNAPSHOT_MILLIS_MAX = 20_000;

    /** Between two questions for a tape that broke off, and looks at whether to take over. */
    private static final long TAPE_MILLIS_MAX = 200;

    private final HorizonConfig config;
    private final EmbeddedDriver driver;
    private final CopyTerms terms;
    private final byte[] setup;
    private final TapeCopy tape;
    private final @Nullable Snapshot first;
    private final Follower follower;
    private final long snapshotTicks;
    private @Nullable ChannelEncoder encoder;
    private @Nullable SnapshotRecorder recorder;
    private long snapshotDue;
    private volatile long tick;
    private volatile String alarm = "";

    private Shadow(
            HorizonConfig config,
            EmbeddedDriver driver,
            CopyTerms terms,
            byte[] setup,
            TapeCopy tape,
            @Nullable Snapshot first,
            TapeSource source,
            ProfileWriter writer) {
        this.config = config;
        this.driver = driver;
        this.terms = terms;
        this.setup = setup;
        this.tape = tape;
        this.first = first;
        follower =
                new Follower(
                        source, first, tape::recordedPosition, new Heir(writer, this::publishing));
        snapshotTicks = (long) config.capture().snapshotSeconds() * config.node().tickHz();
    }

    /**
     * Begins with a node's copy.
     *
     * @throws HorizonException HZ-STB-002 when this process would make other ticks of it
     */
    static Shadow begin(
            HorizonConfig config,
            EmbeddedDriver driver,
            FollowedPlugins plugins,
            ProfileStore profiles,
            ProfileWriter writer,
            StandbyLink.Copy copy,
            StandbyLink link)
            throws InterruptedException {
        NodeSettings node = config.node();
        CopyTerms terms = copy.terms();
        Snapshot snapshot =
                copy.snapshot().length == 0 ? null : Snapshot.of(copy.snapshot(), node.dataDir());
        byte[] setup = snapshot == null ? terms.setupBytes() : snapshot.setup();
        requireSame(config, plugins, terms, TapeSetup.decode(setup));
        config.channelConfig().requireComponents(Beginning.components(plugins.running()));
        copy.profiles()
                .forEach(record ->
                        profiles.store(
                                ProfileCodec.decode(new UnsafeBuffer(record), 0, record.length)));
        int session = link.awaitTape();
        TapeCopy tape =
                TapeCopy.start(driver, config.standby().standbyConfig().tapeEndpoint(), session);
        try {
            Snapshot first = snapshot == null ? null : tape.adopt(snapshot);
            awaitBeyond(tape, first == null ? 0 : first.position());
            TapeSource source = TapeSource.of(tape.file(), plugins::of, node.threads());
            return new Shadow(config, driver, terms, setup, tape, first, source, writer);
        } catch (RuntimeException | InterruptedException e) {
            tape.close();
            throw e;
        }
    }

    /** Kept from the first tick on: to find ten thousand entities at once takes a moment. */
    private ReplicationEncoder publishing(WorldState world, Schedule schedule) {
        ChannelEncoder made =
                new ChannelEncoder(
                        world, config.channelConfig(), config.node().tickHz(), schedule.crew());
        encoder = made;
        return made;
    }

    private static void requireSame(
            HorizonConfig config, FollowedPlugins plugins, CopyTerms terms, TapeSetup setup) {
        TapeHeader made = terms.header();
        List<String> differing = Comeback.differences(Beginning.header(config.node(), 0), made);
        if (!config.node().starSystem().equals(made.starSystem())) {
            differing.add(
                    "star system "
                            + config.node().starSystem()
                            + " instead of "
                            + made.starSystem());
        }
        // Of another build the node's plugins may not even load.
        requireNone(differing);
        List<Region> regions = Membership.configured(config.node());
        TapeSetup mine = Beginning.setup(config, plugins.of(setup), regions);
        requireNone(mine.differences(setup));
        // Those of a mesh are the coordinator's to give.
        if (terms.mesh() == null && !mine.isOfRegions(setup)) {
            requireNone(List.of("regions"));
        }
    }

    private static void requireNone(List<String> differing) {
        if (!differing.isEmpty()) {
            throw new HorizonException(
                    "HZ-STB-002",
                    "this standby would make other ticks than its node, for it has other "
                            + String.join("; other ", differing)
                            + ": start it with the node's own build and settings");
        }
    }

    private static void awaitBeyond(TapeCopy tape, long position) throws InterruptedException {
        while (tape.recordedPosition() <= position) {
            if (!tape.isRecording()) {
                throw new HorizonException(
                        "HZ-STB-006",
                        "the tape of the node broke off at position " + tape.recordedPosition());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    TapeCopy tape() {
        return tape;
    }

    /** The last tick that was run again. Any thread. */
    long tick() {
        return tick;
    }

    /** What came to another world; empty when nothing. Any thread. */
    String alarm() {
        return alarm;
    }

    /** Runs the next tick, if it is there; false when it isn't, or comes to something else. */
    boolean poll() {
        if (follower.difference() != null || !follower.poll()) {
            return false;
        }
        tick = follower.tick();
        if (recorder == null) {
            recorder = startRecorder();
            snapshotDue = tick + snapshotTicks;
        } else if (snapshotTicks > 0 && tick >= snapshotDue) {
            snapshotDue = tick + snapshotTicks;
            follower.snapshots().ask();
        }
        return true;
    }

    private SnapshotRecorder startRecorder() {
        SnapshotRecorder made =
                new SnapshotRecorder(
                        driver, tape, terms.header(), setup, config.capture().tickLogConfig());
        if (first != null) {
            made.keep(first);
        }
        return made.start(follower.snapshots());
    }

    /**
     * Alarms when a tick came to something else: first with the components, then, once the node has
     * sent a snapshot of a later tick, with the field.
     *
     * @throws HorizonException HZ-STB-003 then: it can't take over
     */
    void requireSame(StandbyLink link) throws InterruptedException {
        Difference difference = follower.difference();
        if (difference == null) {
            return;
        }
        alarm =
                (difference.components().isEmpty()
                                ? "which entities there are"
                                : String.join(", ", difference.components()))
                        + " came to something else";
        link.alarm(difference.tick(), alarm);
        byte[] bytes = link.awaitSnapshot(SNAPSHOT_MILLIS_MAX);
        if (bytes != null) {
            String field = field(Snapshot.of(bytes, config.node().dataDir()), difference);
            if (!field.isEmpty()) {
                alarm = field;
                link.alarm(difference.tick(), field);
            }
        }
        link.standDown();
        throw diverged(difference);
    }

    /** A tape that broke off, as after a standstill of seconds, is asked for anew. */
    void keepFed(StandbyLink link) throws InterruptedException {
        if (tape.isRecording()) {
            return;
        }
        tape.settle();
        Integer session = link.awaitTapeAnew(TAPE_MILLIS_MAX);
        if (session != null && tape.resume(session)) {
            link.fed();
        }
    }

    private HorizonException diverged(Difference difference) {
        return new HorizonException(
                "HZ-STB-003",
                "tick "
                        + difference.tick()
                        + " came to another world than the node's: "
                        + alarm
                        + ". This standby can't take over; start it again for a fresh copy, and"
                        + " find the cause with 'horizon replay divergence --data-dir "
                        + config.node().dataDir()
                        + "'");
    }

    /** In both worlds at the end of the snapshot's tick. */
    private String field(Snapshot snapshot, Difference difference) throws InterruptedException {
        awaitBeyond(tape, snapshot.position());
        while (follower.tick() < snapshot.tick()) {
            if (!follower.poll()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return follower.difference(snapshot, difference.components(), FIELDS_MAX).stream()
                .map(Shadow::text)
                .collect(Collectors.joining("; "));
    }

    private static String text(Entities.Change change) {
        return change.component()
                + (change.field().isEmpty() ? "" : "." + change.field())
                + " of "
                + change.entity()
                + " is "
                + change.after()
                + " here and "
                + change.before()
                + " at the node";
    }

    /**
     * Ends the recording, runs what it has, and gives the world away.
     *
     * @throws HorizonException HZ-STB-003 when a tick came to something else
     */
    Comeback.Found end() throws InterruptedException {
        tape.stop();
        follower.finish();
        Difference difference = follower.difference();
        if (difference != null) {
            alarm = String.join(", ", difference.components()) + " came to something else";
            throw diverged(difference);
        }
        endRecorder();
        Rerun.Outcome outcome = follower.handOver();
        return new Comeback.Found(
                outcome.world(),
                outcome.schedule(),
                outcome.state(),
                new TapeSetup.Origin(tape.recordingId(), outcome.tick()),
                outcome.tick() - Math.max(0, terms.snapshotTick()),
                encoder);
    }

    private void endRecorder() throws InterruptedException {
        SnapshotRecorder running = recorder;
        recorder = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        endRecorder();
        CloseHelper.closeAll(follower, tape);
    }
}
