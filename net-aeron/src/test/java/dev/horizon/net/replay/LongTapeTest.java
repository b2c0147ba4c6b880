package dev.horizon.net.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.net.TestDriver;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.RawClientMessageEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tape of several segments: pruned, and damaged in every way that a disk has. */
class LongTapeTest {
    private static final int INPUT_BYTES = 100 << 10;
    private static final int TICKS = 700;
    private static final int SNAPSHOT_TICKS = 40;
    private static final int TICK_HZ = 20;
    private static final int DENSE_TICKS = 200;
    private static final long TICK_NANOS = 1_500_000;
    private static final long ROOMY = 1L << 40;

    @TempDir private Path directory;

    @Test
    void shouldKeepEverySecondOfOldSnapshots() throws Exception {
        record(ROOMY, DENSE_TICKS / TICK_HZ);
        TapeFile tape = tape();
        List<Long> ticks = tape.snapshots().stream().map(SnapshotFile::tick).toList();
        long dense = ticks.getLast() - DENSE_TICKS;
        List<Long> old = ticks.stream().filter(tick -> tick < dense).toList();
        assertThat(old).hasSizeGreaterThanOrEqualTo(2);
        for (int i = 1; i < old.size(); i++) {
            // A snapshot takes some ticks, so that they aren't quite the same apart.
            assertThat(old.get(i) - old.get(i - 1)).isGreaterThan(SNAPSHOT_TICKS * 3L / 2);
        }
        assertThat(ticks).as("none of the young ones is gone").anyMatch(tick -> tick > dense);
        try (Rerun rerun = Rerun.at(tape, setup -> plugins(), 1, old.getLast())) {
            assertThat(rerun.tick()).isEqualTo(old.getLast());
        }
    }

    @Test
    void shouldPruneSegmentsBeforeTheOldestSnapshotKeptAndRunFromThere() throws Exception {
        record(30 << 20);
        TapeFile tape = tape();
        assertThat(tape.firstPosition()).isGreaterThan(0);
        assertThat(tape.snapshots()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(tape.header().tickHz()).isEqualTo(20);
        try (Rerun rerun = Rerun.of(tape, made -> plugins(), 1)) {
            assertThat(rerun.tick()).isEqualTo(tape.snapshots().getFirst().tick());
            run(rerun);
            assertThat(rerun.difference()).isNull();
            assertThat(rerun.tick()).isEqualTo(TICKS);
        }
        Files.delete(tape.segments().getFirst());
        try (Rerun rerun = Rerun.at(tape(), made -> plugins(), 1, Long.MAX_VALUE)) {
            run(rerun);
            assertThat(rerun.tick()).as("behind what is missing").isEqualTo(TICKS);
        }
    }

    @Test
    void shouldNameWhatIsMissingOrDamagedAndRunWhatIsBehind() throws Exception {
        record(ROOMY);
        TapeFile tape = tape();
        assertThat(tape.segments()).hasSizeGreaterThanOrEqualTo(4);
        Path second = tape.segments().get(1);
        flip(second, 5_000_000);
        assertRefused("HZ-TAPE-005", second + " is damaged at byte ");
        flip(second, 5_000_000);

        // The length of a frame: what follows it can't be found by it.
        int frame = firstFrame(second);
        flip(second, frame + 2);
        assertRefused("HZ-TAPE-005", second + " is damaged at byte " + frame);
        flip(second, frame + 2);

        Path away = second.resolveSibling("away");
        Files.move(second, away);
        assertRefused("HZ-TAPE-013", "no segment for position " + (16 << 20));
        try (Rerun rerun = Rerun.at(tape(), made -> plugins(), 1, Long.MAX_VALUE)) {
            run(rerun);
            assertThat(rerun.difference()).isNull();
            assertThat(rerun.tick()).isEqualTo(TICKS);
        }
        Files.move(away, second);

        Path last = tape.segments().getLast();
        Files.delete(last);
        assertThatThrownBy(() -> Rerun.at(tape(), made -> plugins(), 1, Long.MAX_VALUE).close())
                .as("a snapshot beyond the end of its tape")
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-TAPE-013"));
    }

    private void assertRefused(String code, String how) {
        assertThatThrownBy(
                        () -> {
                            try (Rerun rerun = Rerun.of(tape(), made -> plugins(), 1)) {
                                run(rerun);
                            }
                        })
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(how);
    }

    /** A fragment may go over from the segment before; none does over the end of a term. */
    private static int firstFrame(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            file.read(length, 0);
            return (length.getInt(0) + 31) & -32;
        }
    }

    private static void run(Rerun rerun) {
        while (rerun.step()) {
            // Compares.
        }
    }

    private TapeFile tape() {
        return TapeFile.list(directory.resolve("data")).getLast();
    }

    private static LoadedPlugins plugins() {
        return new PluginHost(true, Map.of()).load();
    }

    private static void flip(Path path, int at) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            file.read(bytes, at);
            bytes.put(0, (byte) (bytes.get(0) ^ 4)).rewind();
            file.write(bytes, at);
        }
    }

    /** Ticks whose inputs nobody understands, but which are large. */
    private void record(long keepBytes) throws InterruptedException {
        record(keepBytes, 600);
    }

    private void record(long keepBytes, long denseSeconds) throws InterruptedException {
        TapeHeader header = new TapeHeader(42, 1, 20, "sol", "test");
        TickLogConfig config = new TickLogConfig(3, keepBytes, 86_400, denseSeconds, 8 << 20);
        LoadedPlugins plugins = plugins();
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(directory));
                WorldState world = WorldState.create(1, TickLoopBuilder.COMPONENTS);
                Schedule schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
                ArchiveTickLog tape = ArchiveTickLog.open(driver, config, header);
                TickLoop loop =
                        TickLoop.of(world, schedule, plugins.events())
                                .config(TickConfig.standard())
                                .starSystem("sol", 42)
                                .inputs(new Large())
                                .tickLog(tape)
                                .snapshotEvery(SNAPSHOT_TICKS)
                                .build()) {
            byte[] setup =
                    TapeSetup.of(
                                    world,
                                    TickConfig.standard(),
                                    List.of(),
                                    plugins,
                                    Map.of(),
                                    List.of(),
                                    null)
                            .encode();
            tape.describe(setup);
            try (SnapshotRecorder recorder =
                    new SnapshotRecorder(driver, tape, header, setup, config)
                            .start(loop.snapshots())) {
                for (int tick = 0; tick < TICKS; tick++) {
                    TestDriver.await("a tick", loop::step);
                    // The other thread's share: ticks that take nothing would leave it behind.
                    LockSupport.parkNanos(TICK_NANOS);
                }
                TestDriver.await("the recorder", () -> !isHolding(loop));
                assertThat(recorder.failed()).isZero();
                assertThat(recorder.written()).isGreaterThanOrEqualTo(3);
            }
        }
    }

    private static boolean isHolding(TickLoop loop) {
        loop.release();
        return loop.isHolding();
    }

    private static final class Large implements InputSource {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[INPUT_BYTES + 100]);
        private final int length;

        Large() {
            RawClientMessageEncoder message = new RawClientMessageEncoder();
            message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                    .sessionId(7)
                    .sequence(0)
                    .eventNamespace("none")
                    .eventName("none")
                    .putData(new byte[INPUT_BYTES], 0, INPUT_BYTES);
            length = MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
        }

        @Override
        public int poll(InputHandler handler, int limit) {
            return handler.onInput(buffer, 0, length) ? 1 : 0;
        }
    }
}
