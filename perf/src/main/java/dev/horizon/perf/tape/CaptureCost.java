package dev.horizon.perf.tape;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.perf.Figure;
import dev.horizon.perf.KeepsNothing;
import dev.horizon.perf.live.SolEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

/**
 * What capturing costs a tick: two star systems of one seed with the same players, the one recorded
 * by an Archive, the other by nothing, in turns in one process at their real rate.
 */
final class CaptureCost {
    private static final int OBJECTS = 10_000;
    private static final int PLAYERS = 1_000;
    private static final int WARM_UP_TICKS = 600;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final double BUDGET_MILLIS = 50;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed;
    private final int ticks;
    private final int rounds;
    private final Consumer<String> progress;

    CaptureCost(long seed, int ticks, int rounds, Consumer<String> progress) {
        this.seed = seed;
        this.ticks = ticks;
        this.rounds = rounds;
        this.progress = progress;
    }

    List<Figure> run() throws IOException {
        Path data = Files.createTempDirectory("horizon-bench-");
        try (EmbeddedDriver driver = EmbeddedDriver.start(DriverConfig.at(data));
                ArchiveTickLog tape =
                        ArchiveTickLog.open(
                                driver,
                                TickLogConfig.defaults(),
                                new TapeHeader(seed, 1, 20, SolEngine.STAR_SYSTEM, "bench"));
                Side without = new Side(new KeepsNothing());
                Side with = new Side(tape)) {
            for (Side side : List.of(without, with)) {
                progress.accept("capture: 1,000 players go aboard, warm-up");
                side.warmUp();
            }
            List<Double> more = new ArrayList<>();
            List<Double> hashing = new ArrayList<>();
            List<Double> allocated = new ArrayList<>();
            long bytes = 0;
            for (int round = 1; round <= rounds; round++) {
                progress.accept("capture: pair " + round + " of " + rounds);
                Block plain = without.measure(ticks);
                long from = tape.recordedPosition();
                Block captured = with.measure(ticks);
                bytes += tape.recordedPosition() - from;
                // Both hash their worlds, which only the tape needs.
                more.add(captured.cpuMillis() - plain.cpuMillis() + captured.hashMillis());
                hashing.add(captured.hashMillis());
                allocated.add(captured.allocatedPerTick() - plain.allocatedPerTick());
            }
            double hours = rounds * ticks / 20.0 / SECONDS_PER_HOUR;
            double later =
                    (with.delays.getValueAtPercentile(99) - without.delays.getValueAtPercentile(99))
                            / 1e6;
            return List.of(
                    Figure.atMost(
                            "capturing, hashes included, of a tick's budget (10,000 objects, 1,000"
                                    + " players)",
                            100 * median(more) / BUDGET_MILLIS,
                            "%",
                            3),
                    Figure.plain("tick without capture, processor", without.cpuMillis(), "ms"),
                    Figure.plain("tick with capture, processor", with.cpuMillis(), "ms"),
                    Figure.plain("of it for the hashes, on one thread", median(hashing), "ms"),
                    Figure.atMost(
                            "allocated by capturing, tick thread", median(allocated), "B/tick", 0),
                    Figure.atMost("effects leave later by capturing, p99", later, "ms", 1),
                    Figure.atMost(
                            "tape per player-hour, "
                                    + Pilots.CONTROLS_PER_SECOND
                                    + " controls a second",
                            bytes / hours / PLAYERS / 1e6,
                            "MB",
                            1),
                    Figure.plain(
                            "times that a tick waited for the recorder",
                            with.loop.metrics().count(Counter.PAUSES),
                            ""));
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
    }

    private static double median(List<Double> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }

    /** Processor time of ticks and of their hashes, and bytes allocated by all. */
    private record Block(long[] sortedCpu, long[] sortedHashing, long allocated) {
        double cpuMillis() {
            return sortedCpu[sortedCpu.length / 2] / 1e6;
        }

        double hashMillis() {
            return sortedHashing[sortedHashing.length / 2] / 1e6;
        }

        double allocatedPerTick() {
            return (double) allocated / sortedCpu.length;
        }
    }

    /** A star system with players and a log. */
    private final class Side implements AutoCloseable {
        final Histogram delays = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
        final TickLoop loop;
        private final SolEngine engine = new SolEngine(OBJECTS, seed, 1, false);
        private final Pilots pilots = new Pilots(PLAYERS, seed);
        private final List<Double> medians = new ArrayList<>();
        private long encodedAt;
        private long locatedCpu;
        private long hashingCpu;
        private boolean isMeasured;

        Side(TickLog log) {
            loop =
                    engine.loop()
                            .config(TickConfig.standard())
                            .inputs(pilots)
                            .tickLog(log)
                            .encoder(new Stamp())
                            .messages(this::released)
                            .build();
        }

        /** The first message of a tick that leaves. */
        private boolean released(DirectBuffer buffer, int offset, int length) {
            if (encodedAt != 0 && isMeasured) {
                delays.recordValue(System.nanoTime() - encodedAt);
                encodedAt = 0;
            }
            return true;
        }

        void warmUp() {
            for (int i = 0; i < WARM_UP_TICKS || !pilots.areAllAboard(); i++) {
                while (!loop.step()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
            engine.failOnFaults();
        }

        Block measure(int count) {
            long[] cpu = new long[count];
            long[] hashing = new long[count];
            long period = loop.metrics().budgetNanos();
            long due = System.nanoTime();
            long allocated = 0;
            isMeasured = true;
            for (int i = 0; i < count; i++) {
                due = Math.max(due + period, System.nanoTime());
                long bytes = THREADS.getCurrentThreadAllocatedBytes();
                long start = THREADS.getCurrentThreadCpuTime();
                while (!loop.step()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                while (loop.isHolding()) {
                    loop.release();
                    LockSupport.parkNanos(POLL_NANOS);
                }
                cpu[i] = THREADS.getCurrentThreadCpuTime() - start;
                hashing[i] = hashingCpu;
                allocated += THREADS.getCurrentThreadAllocatedBytes() - bytes;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
            isMeasured = false;
            engine.failOnFaults();
            Arrays.sort(cpu);
            Arrays.sort(hashing);
            Block block = new Block(cpu, hashing, allocated);
            medians.add(block.cpuMillis());
            return block;
        }

        double cpuMillis() {
            return median(medians);
        }

        @Override
        public void close() {
            loop.close();
            engine.close();
        }

        /**
         * Notes when a tick has encoded: from then on its effects could leave. What the tick thread
         * does between locating and encoding, where it has no helpers, is hashing.
         */
        private final class Stamp implements ReplicationEncoder {
            @Override
            public void look(long tick) {}

            @Override
            public void locate(long tick) {
                locatedCpu = THREADS.getCurrentThreadCpuTime();
            }

            @Override
            public void encode(long tick, FrameHold out) {
                hashingCpu = THREADS.getCurrentThreadCpuTime() - locatedCpu;
                encodedAt = System.nanoTime();
            }

            @Override
            public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
                return true;
            }

            @Override
            public void released(long channelId, DirectBuffer message, int offset) {}

            @Override
            public void lost(long channelId, DirectBuffer message, int offset) {}
        }
    }
}
