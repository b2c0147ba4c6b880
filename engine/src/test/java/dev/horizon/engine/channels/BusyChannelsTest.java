package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusyChannelsTest {
    @Test
    void shouldNameThoseThatSendMost() {
        try (Harness harness = new Harness(new Fleet(1, 100), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            List<EntityId> rocks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                rocks.add(
                        fleet.world.create(
                                new Position(i * 4_000 + 500, 500, 500),
                                new Size(SizeClass.CRAFT, 1)));
            }
            harness.receiver(Tier.CLOSE);
            harness.receiver(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, 0, 0));
            long before = 0;
            for (int tick = 0; tick < 1_000; tick++) {
                // The one in cell i moves every i + 1 ticks.
                for (int i = 0; i < rocks.size(); i++) {
                    if (tick % (i + 1) == 0) {
                        double x = i * 4_000 + 500 + tick % 7;
                        fleet.world.write(rocks.get(i), new Position(x, 500, 500));
                    }
                }
                fleet.rest();
                harness.publish();
                if (tick == 799) {
                    before = harness.encoder.counters().bytes(Tier.CLOSE);
                }
            }
            List<ChannelStatistics> busiest = harness.encoder.busiestChannels();
            assertThat(busiest).hasSize(BusyChannels.COUNT_MAX);
            assertThat(busiest)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(ChannelStatistics::bytesPerSecond)
                                    .reversed());
            ChannelStatistics first = busiest.getFirst();
            assertThat(first.channelId())
                    .isEqualTo(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 0, 0, 0));
            assertThat(first.members()).isEqualTo(1);
            assertThat(first.subscribers()).isEqualTo(1);
            assertThat(first.rowsPerSecond()).isCloseTo(Fleet.TICK_HZ, within(1.0));
            assertThat(first.bytesPerSecond())
                    .isCloseTo(Fleet.TICK_HZ * (FrameWriter.EMPTY_BYTES + 8.0), within(100.0));
            ChannelStatistics third =
                    busiest.stream().filter(each -> each.subscribers() == 2).findFirst().get();
            assertThat(third.channelId())
                    .isEqualTo(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, 0, 0));
            double sum = busiest.stream().mapToDouble(ChannelStatistics::bytesPerSecond).sum();
            double all = (harness.encoder.counters().bytes(Tier.CLOSE) - before) / 10.0;
            assertThat(sum).isBetween(all * 0.5, all);
        }
    }
}
