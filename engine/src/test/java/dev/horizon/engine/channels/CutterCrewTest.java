package dev.horizon.engine.channels;

import static dev.horizon.engine.channels.TierConfig.UNSET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutterCrewTest {
    private static final int TICKS = 240;
    private static final int AMPLE_BYTES = 8 << 20;

    /** So that the fleet is in many cells. */
    private static final TierConfig NARROW = new TierConfig(0, 0, 0, 0, 1_000);

    /** Also where frames are lost, and where the hold has no room for all of a tick's. */
    @ParameterizedTest
    @CsvSource({
        "2, 8388608, 0, 4096",
        "3, 8388608, 0, 8",
        "2, 8388608, 31, 5",
        "2, 65536, 0, 4096",
        "3, 65536, 31, 6"
    })
    void shouldCutTheSameFramesInTheSameOrderWithHelpers(
            int lanes, int holdBytes, int lossEvery, int splitAbove) {
        List<Long> alone = frames(1, holdBytes, lossEvery, splitAbove);
        assertThat(alone).hasSizeGreaterThan(TICKS);
        List<Long> shared = frames(lanes, holdBytes, lossEvery, splitAbove);
        assertThat(shared).hasSameSizeAs(alone);
        // Thousands of numbers say nothing to a reader; the first that differs does.
        for (int i = 0; i < alone.size(); i++) {
            assertThat(shared.get(i)).as("message or count %d", i).isEqualTo(alone.get(i));
        }
    }

    /** A checksum of each message in the order in which they left, and what was counted. */
    private static List<Long> frames(int lanes, int holdBytes, int lossEvery, int splitAbove) {
        ChannelConfig config =
                ChannelConfig.of(NARROW, UNSET, UNSET, UNSET)
                        .withSplits(splitAbove, splitAbove / 2, 20);
        List<Long> sums = new ArrayList<>();
        try (Fleet fleet = new Fleet(23, 4_000);
                Crew crew = new Crew(lanes)) {
            for (int i = 0; i < 300; i++) {
                fleet.ship(SizeClass.CRAFT, 2);
            }
            // Enough that their lanes are more than one thread compares.
            for (int i = 0; i < 2_900; i++) {
                fleet.steered();
            }
            ChannelEncoder encoder = new ChannelEncoder(fleet.world, config, Fleet.TICK_HZ, crew);
            for (Tier tier : Tier.values()) {
                for (long id : InterestRules.wholeSystem(tier)) {
                    encoder.subscriptions().onSubscribe(1, id);
                }
            }
            FrameOutbox outbox = new FrameOutbox(holdBytes);
            for (int i = 0; i < TICKS; i++) {
                fleet.step();
                encoder.locate(fleet.tick);
                encoder.encode(fleet.tick, outbox);
                outbox.release(
                        (tier, channelId, buffer, offset, length) -> {
                            sums.add(sum(channelId, buffer, offset, length));
                            return lossEvery == 0 || sums.size() % lossEvery != 0;
                        },
                        encoder);
            }
            EncoderCounters counters = encoder.counters();
            if (lossEvery == 0) {
                assertThat(counters.refusedFrames() > 0).isEqualTo(holdBytes < AMPLE_BYTES);
            }
            assertThat(counters.lostFrames() > 0).isEqualTo(lossEvery > 0);
            assertThat(counters.splits() > 0).isEqualTo(splitAbove < 10);
            assertThat(encoder.subscribedChannels(Tier.CLOSE)).isGreaterThan(100);
            for (Tier tier : Tier.values()) {
                sums.add(counters.frames(tier));
                sums.add(counters.bytes(tier));
                sums.add(counters.placeRows(tier) + counters.attitudeRows(tier));
                sums.add(counters.componentRows(tier));
            }
            sums.add(counters.keyframes());
            sums.add(counters.refusedFrames());
        }
        return sums;
    }

    private static long sum(long channelId, DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return channelId * 31 + crc.getValue();
    }
}
