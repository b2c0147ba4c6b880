package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class EncoderAllocationTest {
    private static final int WARM_UP_TICKS = 1_500;
    private static final int TICKS = 200;

    @Test
    void shouldAllocateNothingInSteadyState() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Fleet fleet = new Fleet(11, 400)) {
            for (int i = 0; i < 60; i++) {
                fleet.ship(SizeClass.CRAFT, 4);
            }
            ChannelEncoder encoder =
                    new ChannelEncoder(fleet.world, ChannelConfig.standard(), Fleet.TICK_HZ);
            for (Tier tier : Tier.values()) {
                for (long id : InterestRules.wholeSystem(tier)) {
                    encoder.subscriptions().onSubscribe(1, id);
                }
            }
            FrameOutbox outbox = new FrameOutbox(4 << 20);
            FrameSink sink = (tier, channelId, buffer, offset, length) -> true;
            long least = Long.MAX_VALUE;
            // Single ticks may grow a list to a new height; the quietest stretch shows the rule.
            for (int stretch = 0; stretch < 8; stretch++) {
                long allocated = 0;
                for (int i = 0; i < (stretch == 0 ? WARM_UP_TICKS : TICKS); i++) {
                    fleet.step();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    encoder.locate(fleet.tick);
                    encoder.encode(fleet.tick, outbox);
                    outbox.release(sink, encoder);
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                }
                least = Math.min(least, allocated);
            }
            assertThat(encoder.counters().placeRows(Tier.CLOSE)).isGreaterThan(1_000);
            assertThat(least).as("bytes in %d ticks", TICKS).isZero();
        }
    }
}
