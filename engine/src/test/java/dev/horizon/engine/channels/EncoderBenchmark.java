package dev.horizon.engine.channels;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What locate and encode cost with every channel subscribed; run it by hand: {@code
 * EncoderBenchmark objects ticks}. A fifth of the objects are ships with 20 subsystems each.
 */
public final class EncoderBenchmark {
    private EncoderBenchmark() {}

    /** Prints microseconds of processor time per tick. */
    public static void main(String[] arguments) {
        int objects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int ticks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600;
        double extent = 40_000 * Math.cbrt(objects / 10_000.0);
        boolean subscribed = arguments.length < 3 || !arguments[2].equals("none");
        try (Fleet fleet = new Fleet(1, extent)) {
            for (int i = 0; i < objects / 5; i++) {
                fleet.ship(SizeClass.CRAFT, 20);
            }
            for (int i = 0; i < objects - objects / 5; i++) {
                fleet.rock();
            }
            ChannelEncoder encoder =
                    new ChannelEncoder(fleet.world, ChannelConfig.standard(), Fleet.TICK_HZ);
            if (subscribed) {
                for (Tier tier : Tier.values()) {
                    for (long id : InterestRules.wholeSystem(tier)) {
                        encoder.subscriptions().onSubscribe(1, id);
                    }
                }
            }
            FrameOutbox outbox = new FrameOutbox(64 << 20);
            long[] locate = new long[ticks];
            long[] encode = new long[ticks];
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = 0;
            long bytesBefore = 0;
            for (int i = 0; i < ticks; i++) {
                fleet.step();
                if (i == ticks / 2) {
                    bytesBefore = bytes(encoder);
                }
                long bytes = threads.getCurrentThreadAllocatedBytes();
                long start = threads.getCurrentThreadCpuTime();
                encoder.locate(fleet.tick);
                long located = threads.getCurrentThreadCpuTime();
                encoder.encode(fleet.tick, outbox);
                long encoded = threads.getCurrentThreadCpuTime();
                outbox.release((tier, channelId, buffer, offset, length) -> true, encoder);
                if (i >= ticks / 2) {
                    allocated += threads.getCurrentThreadAllocatedBytes() - bytes;
                }
                locate[i] = located - start;
                encode[i] = encoded - located;
            }
            print("locate", locate, ticks);
            print("encode", encode, ticks);
            for (Tier tier : Tier.values()) {
                System.out.printf(
                        "%s: a tick %.1f frames, %.1f place, %.1f attitude, %.1f component rows%n",
                        tier,
                        (double) encoder.counters().frames(tier) / ticks,
                        (double) encoder.counters().placeRows(tier) / ticks,
                        (double) encoder.counters().attitudeRows(tier) / ticks,
                        (double) encoder.counters().componentRows(tier) / ticks);
            }
            System.out.printf(
                    "%d members, %d channels, %d subscribed; %.1f KB, %.1f bytes allocated a tick%n",
                    encoder.entities(),
                    encoder.channels(),
                    encoder.subscribedChannels(),
                    (bytes(encoder) - bytesBefore) / 1024.0 / (ticks - ticks / 2),
                    (double) allocated / (ticks - ticks / 2));
        }
    }

    private static long bytes(ChannelEncoder encoder) {
        return Arrays.stream(Tier.values()).mapToLong(encoder.counters()::bytes).sum();
    }

    private static void print(String name, long[] nanos, int ticks) {
        long[] late = Arrays.copyOfRange(nanos, ticks / 2, ticks);
        Arrays.sort(late);
        System.out.printf(
                "%s: first %d us, then median %d us, p99 %d us%n",
                name,
                nanos[0] / 1_000,
                late[late.length / 2] / 1_000,
                late[(int) (late.length * 0.99)] / 1_000);
    }
}
