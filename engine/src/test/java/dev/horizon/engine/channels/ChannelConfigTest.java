package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Map;
import org.agrona.collections.LongHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key has the effect that it names. */
class ChannelConfigTest {
    private static final int SECONDS = 200;

    private static ChannelConfig with(TierConfig medium) {
        return ChannelConfig.of(TierConfig.UNSET, medium, TierConfig.UNSET, TierConfig.UNSET);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "1, 1", "0.2, 0.2", "3, 3", "7.5, 7.5", "20, 20", "120, 20"})
    void shouldComeDueAtTheRate(double rateHz, double expectedHz) {
        try (Harness harness =
                new Harness(new Fleet(1, 100), with(new TierConfig(0, rateHz, 0.001, 0, 0)))) {
            EntityId ship =
                    harness.fleet.world.create(
                            new Position(0, 0, 0),
                            new Size(SizeClass.CRAFT, 1),
                            new Motion(0, 0, 0, 0, 0, 0));
            harness.receiver(Tier.MEDIUM);
            harness.tick();
            harness.tick();
            long before = harness.encoder.counters().frames(Tier.MEDIUM);
            for (int i = 0; i < SECONDS * Fleet.TICK_HZ; i++) {
                harness.fleet.world.write(ship, new Position(i % 997, 0, 0));
                harness.fleet.rest();
                harness.publish();
            }
            double measured =
                    (harness.encoder.counters().frames(Tier.MEDIUM) - before) / (double) SECONDS;
            assertThat(measured).isCloseTo(expectedHz, within(expectedHz * 0.05));
        }
    }

    @Test
    void shouldSendFewerRowsForAWiderBound() {
        assertThat(rows(250)).isLessThan(rows(0.25) / 2);
    }

    private static long rows(double errorMetres) {
        try (Harness harness =
                new Harness(new Fleet(2, 1_000), with(new TierConfig(0, 0, errorMetres, 0, 0)))) {
            for (int i = 0; i < 20; i++) {
                harness.fleet.ship(SizeClass.CRAFT, 0);
            }
            harness.receiver(Tier.MEDIUM);
            for (int i = 0; i < 400; i++) {
                harness.tick();
            }
            return harness.encoder.counters().placeRows(Tier.MEDIUM);
        }
    }

    @Test
    void shouldSendNoAttitudeWhereNoneIsPromised() {
        for (double degrees : new double[] {2, 180}) {
            try (Harness harness =
                    new Harness(new Fleet(3, 1_000), with(new TierConfig(0, 0, 0, degrees, 0)))) {
                harness.fleet.ship(SizeClass.CRAFT, 0);
                harness.receiver(Tier.MEDIUM);
                for (int i = 0; i < 200; i++) {
                    harness.tick();
                }
                long rows = harness.encoder.counters().attitudeRows(Tier.MEDIUM);
                assertThat(rows > 1)
                        .as("%s degrees: %s rows", degrees, rows)
                        .isEqualTo(degrees < 180);
            }
        }
    }

    @Test
    void shouldScaleRadiiAndEdges() {
        ChannelConfig config =
                ConfigBinder.bind(
                        ChannelConfig.class,
                        Map.of(
                                "close", Map.of("radius-metres", 500),
                                "station-scale", 3,
                                "low", Map.of("radius-metres", 100, "cell-edge-metres", 700)),
                        "channels");
        assertThat(config.radiusMetres(SizeClass.CRAFT, Tier.CLOSE)).isEqualTo(500);
        assertThat(config.edgeMetres(SizeClass.STATION, Tier.CLOSE)).isEqualTo(6_000);
        assertThat(config.edgeMetres(SizeClass.CRAFT, Tier.LOW)).isEqualTo(700);
        assertThat(config.medium()).isEqualTo(TierConfig.standard(Tier.MEDIUM));
        LongHashSet near = new LongHashSet();
        LongHashSet far = new LongHashSet();
        new InterestRules(config).channels(0, 0, 0, new LongHashSet(), near);
        new InterestRules(with(new TierConfig(30_000, 0, 0, 0, 10_000)))
                .channels(0, 0, 0, new LongHashSet(), far);
        long cell = ChannelId.of(SizeClass.CRAFT, Tier.MEDIUM, 3, 0, 0);
        assertThat(near.contains(cell)).isFalse();
        assertThat(far.contains(cell)).isTrue();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() ->
                        ConfigBinder.bind(
                                ChannelConfig.class,
                                Map.of("close", Map.of("rate-hz", -1)),
                                "channels"))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("rate-hz");
        assertThatThrownBy(() ->
                        ConfigBinder.bind(
                                ChannelConfig.class, Map.of("max-frame-bytes", 10), "channels"))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("max-frame-bytes");
    }

    @Test
    void shouldRefuseAndCountSubscriptionsBeyondBounds() {
        try (Harness harness = new Harness(new Fleet(1, 10), ChannelConfig.standard())) {
            long noCell = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 1, 1, 1) & ~0xFFFFFL | 0x80000L;
            harness.encoder.subscriptions().onSubscribe(1, noCell);
            harness.encoder.subscriptions().onKeyframeRequest(1, 5);
            for (int gateway = 2; gateway < 80; gateway++) {
                harness.encoder.subscriptions().onSubscribe(gateway, 5);
            }
            assertThat(harness.encoder.counters().refusedSubscriptions()).isEqualTo(2 + 78 - 63);
            assertThat(harness.encoder.subscribedChannels()).isEqualTo(1);
            for (int gateway = 1; gateway < 80; gateway++) {
                harness.encoder.subscriptions().onGatewayGone(gateway);
            }
            assertThat(harness.encoder.subscribedChannels()).isZero();
            harness.tick();
            assertThat(harness.encoder.channels()).isZero();
        }
    }
}
