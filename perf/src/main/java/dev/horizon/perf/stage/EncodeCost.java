package dev.horizon.perf.stage;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.world.Tier;
import dev.horizon.perf.KeepsNothing;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * What encoding costs, tier by tier: the arena stepped by hand on this thread, one tier subscribed,
 * frames taken at once. Processor time of this thread, so that other work of the machine counts as
 * little as it can, less what the clock itself takes: where a tick has ten rows, that is a third.
 */
public final class EncodeCost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int GATEWAY = 1;
    private static final int CLOCK_READINGS = 50_000;

    private EncodeCost() {}

    /**
     * What came out.
     *
     * @param nanosPerRow processor time of encoding, per row that it sent
     * @param bytesPerRow of frames, per row
     * @param bytesPerTick allocated by encoding
     * @param rowsPerTick sent, of all kinds
     * @param nanosPerTick processor time of encoding
     * @param clockNanos what reading the clock took of each tick, and is taken off
     */
    public record Cost(
            double nanosPerRow,
            double bytesPerRow,
            double bytesPerTick,
            double rowsPerTick,
            double nanosPerTick,
            double clockNanos) {}

    /** Chooses what is subscribed, once the arena is laid out. */
    @FunctionalInterface
    public interface Choice {
        /** Subscribes. */
        void subscribe(WorldState world, ChannelConfig config, LongConsumer channels);
    }

    /** Measures one tier of everything; as many ticks as are measured warm up before. */
    public static Cost of(
            Tier tier, Map<String, Object> arena, Map<String, Object> channels, int ticks) {
        return of(
                (world, config, to) -> {
                    for (long channel : InterestRules.wholeSystem(tier)) {
                        to.accept(channel);
                    }
                },
                arena,
                channels,
                ticks);
    }

    /** Measures what a choice subscribes. */
    public static Cost of(
            Choice choice, Map<String, Object> arena, Map<String, Object> channels, int ticks) {
        try (ArenaWorld world = new ArenaWorld(arena, 1)) {
            ChannelConfig config = ConfigBinder.bind(ChannelConfig.class, channels, "channels");
            TickConfig rates = TickConfig.standard();
            ChannelEncoder encoder = new ChannelEncoder(world.state(), config, rates.tickHz());
            Timed timed = new Timed(encoder);
            try (TickLoop loop =
                    world.loop().config(rates).tickLog(new KeepsNothing()).encoder(timed).build()) {
                loop.step();
                choice.subscribe(
                        world.state(),
                        config,
                        channel -> encoder.subscriptions().onSubscribe(GATEWAY, channel));
                for (int i = 0; i < ticks; i++) {
                    loop.step();
                }
                timed.reset();
                long rows = rows(encoder);
                long bytes = bytes(encoder);
                for (int i = 0; i < ticks; i++) {
                    loop.step();
                }
                double sent = Math.max(1, rows(encoder) - rows);
                double clockNanos = clockNanos();
                double nanos = timed.nanos - ticks * clockNanos;
                return new Cost(
                        nanos / sent,
                        (bytes(encoder) - bytes) / sent,
                        (double) timed.allocated / ticks,
                        sent / ticks,
                        nanos / ticks,
                        clockNanos);
            }
        }
    }

    /** What passes between two readings of the clock that follow each other. */
    private static double clockNanos() {
        long passed = 0;
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long from = THREADS.getCurrentThreadCpuTime();
            passed += THREADS.getCurrentThreadCpuTime() - from;
        }
        return (double) passed / CLOCK_READINGS;
    }

    private static long rows(ChannelEncoder encoder) {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += encoder.counters().placeRows(tier);
            sum += encoder.counters().attitudeRows(tier);
            sum += encoder.counters().componentRows(tier);
        }
        return sum;
    }

    private static long bytes(ChannelEncoder encoder) {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += encoder.counters().bytes(tier);
        }
        return sum;
    }

    /** Encodes with a clock beside it. */
    private static final class Timed implements ReplicationEncoder {
        private final ChannelEncoder encoder;
        private long nanos;
        private long allocated;

        Timed(ChannelEncoder encoder) {
            this.encoder = encoder;
        }

        void reset() {
            nanos = 0;
            allocated = 0;
        }

        @Override
        public void look(long tick) {
            encoder.look(tick);
        }

        @Override
        public void locate(long tick) {
            encoder.locate(tick);
        }

        @Override
        public void encode(long tick, FrameHold out) {
            long allocatedFrom = THREADS.getCurrentThreadAllocatedBytes();
            long from = THREADS.getCurrentThreadCpuTime();
            encoder.encode(tick, out);
            nanos += THREADS.getCurrentThreadCpuTime() - from;
            allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedFrom;
        }

        @Override
        public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
            return encoder.mayRelease(channelId, message, offset);
        }

        @Override
        public void released(long channelId, DirectBuffer message, int offset) {
            encoder.released(channelId, message, offset);
        }

        @Override
        public void lost(long channelId, DirectBuffer message, int offset) {
            encoder.lost(channelId, message, offset);
        }
    }
}
