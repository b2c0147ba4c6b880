package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.FrameWriter;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The receiver's rules, as a gateway follows them. */
class EdgeCacheTest {
    private static final long CHANNEL = ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 0, 0, 0);

    private final EdgeCache cache = new EdgeCache();
    private final FrameWriter writer = new FrameWriter();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[4_096]);

    private EdgeCache.Outcome keyframe(int sequence, long tick) {
        writer.begin(CHANNEL, tick, 1_000, -4);
        writer.entered(3, 0, 0, 10, 77, 0);
        writer.place(3, new double[] {100, 200, 300, 5, 0, 0, 0, 0, 0}, 0);
        return cache.apply(out, 0, writer.finish(out, 0, sequence, FrameWriter.KEYFRAME));
    }

    private EdgeCache.Outcome nudge(int sequence, long tick, int slot) {
        writer.begin(CHANNEL, tick, 1_000, -4);
        writer.nudged(slot, 1, 0, 0);
        return cache.apply(out, 0, writer.finish(out, 0, sequence, 0));
    }

    @Test
    void shouldFollowSequencesAsReceiversDo() {
        assertThat(nudge(8, 9, 3)).isEqualTo(EdgeCache.Outcome.LOST);
        assertThat(keyframe(9, 10)).isEqualTo(EdgeCache.Outcome.KEYFRAME);
        assertThat(cache.isWhole(CHANNEL)).isTrue();
        assertThat(nudge(10, 11, 3)).isEqualTo(EdgeCache.Outcome.APPLIED);
        assertThat(nudge(10, 11, 3)).isEqualTo(EdgeCache.Outcome.OLD);
        assertThat(nudge(12, 13, 3)).isEqualTo(EdgeCache.Outcome.LOST);
        assertThat(nudge(13, 14, 3)).isEqualTo(EdgeCache.Outcome.LOST);
        assertThat(cache.isWhole(CHANNEL)).isFalse();
        assertThat(cache.entityCount()).isEqualTo(1);
        assertThat(keyframe(13, 14)).isEqualTo(EdgeCache.Outcome.KEYFRAME);
        assertThat(keyframe(5, 4)).isEqualTo(EdgeCache.Outcome.OLD);
        assertThat(cache.lags(CHANNEL, 13, 0)).isFalse();
        assertThat(cache.lags(CHANNEL, 14, 0)).isTrue();
        cache.forget(CHANNEL);
        assertThat(cache.entityCount()).isZero();
        assertThat(cache.channelCount()).isZero();
    }

    @Test
    void shouldRefuseWhatContradictsWhatItHolds() {
        keyframe(1, 1);
        assertThatThrownBy(() -> nudge(2, 2, 4))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-REP-002"));
        assertThat(cache.isWhole(CHANNEL)).isFalse();
    }

    @Test
    void shouldSurviveFramesOfGarbage() {
        Random random = new Random(20_261_122);
        keyframe(1, 1);
        writer.begin(CHANNEL, 2, 1_000, -4);
        writer.nudged(3, 1, 2, 3);
        writer.stripped(3, 7);
        byte[] good = new byte[writer.bytes()];
        UnsafeBuffer buffer = new UnsafeBuffer(good);
        writer.finish(buffer, 0, 2, 0);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            int length = random.nextBoolean() ? bad.length : random.nextInt(bad.length);
            try {
                cache.apply(new UnsafeBuffer(bad), 0, length);
            } catch (HorizonException e) {
                assertThat(e.code()).startsWith("HZ-REP-");
            } catch (IllegalStateException | IndexOutOfBoundsException e) {
                // The decoder's own refusals.
                assertThat(e).isNotNull();
            }
        }
        cache.restart();
        assertThat(keyframe(50, 3)).isEqualTo(EdgeCache.Outcome.KEYFRAME);
    }

    @Test
    void shouldAgreeWithEveryBeaconUntilSomethingIsWrong() {
        ChannelConfig config = ChannelConfig.standard();
        int[] compared = {0};
        try (Battlefield field = new Battlefield(3, config)) {
            field.extent = 2_000;
            field.subscribe(Tier.CLOSE);
            field.subscribe(Tier.MEDIUM);
            for (int i = 0; i < 60; i++) {
                field.ship(
                        SizeClass.CRAFT,
                        field.between(-2_000, 2_000),
                        field.between(-2_000, 2_000),
                        0,
                        1);
            }
            for (int tick = 0; tick < 300; tick++) {
                field.move(40);
                field.publish((buffer, length) -> hear(buffer, length, compared));
                cache.endRound();
            }
            assertThat(compared[0]).isGreaterThan(200);
            int wrong = EdgeTracks.of(cache.entities.find(field.ships.getFirst().value()), 0);
            EdgeChannel channel = cache.tracks.owner[wrong];
            assertThat(channel).isNotNull();
            assertThat(channel.whole).isTrue();
            cache.tracks.motion[wrong * EdgeTracks.MOTION] += 0.5;
            for (int tick = 0; tick < 30 && channel.whole; tick++) {
                field.move(40);
                field.publish((buffer, length) -> {
                    if (buffer.getShort(2) == BeaconDecoder.TEMPLATE_ID) {
                        beacon(buffer, compared);
                    } else {
                        cache.apply(buffer, 0, length);
                    }
                });
            }
            assertThat(channel.whole).as("noticed within a second and a half").isFalse();
        }
    }

    private void hear(DirectBuffer buffer, int length, int[] compared) {
        if (buffer.getShort(2) == BeaconDecoder.TEMPLATE_ID) {
            assertThat(beacon(buffer, compared)).as("a channel is thought wrong").isFalse();
        } else {
            cache.apply(buffer, 0, length);
        }
    }

    private boolean beacon(DirectBuffer buffer, int[] compared) {
        BeaconDecoder beacon =
                new BeaconDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        boolean lags = false;
        for (BeaconDecoder.ChannelsDecoder entry : beacon.channels()) {
            long channelId = entry.channelId();
            int sequence = (int) entry.sequence();
            int checksum = (int) entry.checksum();
            compared[0] += checksum == 0 ? 0 : 1;
            lags |= cache.lags(channelId, sequence, checksum);
        }
        return lags;
    }
}
