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
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each key of a tier changes the frames that are delivered, in the way that it says. */
class TierKeysTest {
    private static ChannelConfig config(Tier tier, Map<String, Object> keys) {
        return ConfigBinder.bind(
                ChannelConfig.class,
                Map.of(tier.name().toLowerCase(Locale.ROOT), keys),
                "channels");
    }

    /** What was in the frames that a receiver got. */
    private static final class Delivered {
        int frames;
        int placeRows;
        int attitudeRows;
        final Set<Float> edges = new TreeSet<>();
        final Set<Long> entities = new TreeSet<>();
        final Map<Integer, Integer> components = new TreeMap<>();
        private final FrameDecoder frame = new FrameDecoder();

        void take(DirectBuffer buffer, int offset) {
            frame.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            frames++;
            edges.add(frame.cellEdge());
            frame.left().forEach(row -> {});
            frame.entered().forEach(row -> entities.add(row.entityId()));
            placeRows += rows(frame.nudged()) + rows(frame.kicked()) + rows(frame.resting());
            placeRows += rows(frame.coasting()) + rows(frame.driven()) + rows(frame.wide());
            attitudeRows += rows(frame.turned());
            rows(frame.stripped());
            frame.components()
                    .forEach(entry -> {
                        int rows = entry.rowsLength() / (entry.rowBytes() + 2);
                        components.merge(entry.componentId(), rows, Integer::sum);
                        entry.skipRows();
                    });
        }

        private static int rows(Iterable<?> group) {
            int rows = 0;
            for (Object row : group) {
                rows += row == null ? 0 : 1;
            }
            return rows;
        }
    }

    /** A battle around a viewer in the middle, who gets what the rules of interest say. */
    private static Delivered watch(Tier tier, Map<String, Object> keys) {
        ChannelConfig config = config(tier, keys);
        Battle battle = new Battle(4, 30, 8_000);
        try (Harness harness = new Harness(battle.fleet, config)) {
            LongHashSet wanted = new LongHashSet();
            new InterestRules(config).channels(0, 0, 0, new LongHashSet(), wanted);
            Harness.Receiver receiver = harness.receiver();
            for (long id : wanted) {
                if (ChannelId.tier(id) == tier && ChannelId.sizeClass(id) == SizeClass.CRAFT) {
                    receiver.watch(id);
                }
            }
            Delivered delivered = new Delivered();
            harness.onFrame = delivered::take;
            for (int i = 0; i < 400; i++) {
                battle.step();
                harness.publish();
            }
            return delivered;
        }
    }

    @Test
    void shouldReachAsFarAsTheRadius() {
        Delivered wide = watch(Tier.CLOSE, Map.of("radius-metres", 9_000, "cell-edge-metres", 900));
        Delivered near = watch(Tier.CLOSE, Map.of("radius-metres", 2_000, "cell-edge-metres", 900));
        assertThat(near.entities).isNotEmpty().hasSizeLessThan(wide.entities.size());
    }

    @Test
    void shouldSendAsOftenAsTheRate() {
        Delivered often = watch(Tier.MEDIUM, Map.of("rate-hz", 10, "error-metres", 0.01));
        Delivered seldom = watch(Tier.MEDIUM, Map.of("rate-hz", 2, "error-metres", 0.01));
        assertThat(often.frames).isGreaterThan(seldom.frames * 5 / 2);
    }

    @Test
    void shouldSendMoreRowsForANarrowerError() {
        Delivered exact = watch(Tier.CLOSE, Map.of("error-metres", 0.05, "radius-metres", 9_000));
        Delivered rough = watch(Tier.CLOSE, Map.of("error-metres", 100, "radius-metres", 9_000));
        assertThat(exact.placeRows).isGreaterThan(rough.placeRows * 3 / 2);
        Delivered upright =
                watch(Tier.CLOSE, Map.of("attitude-error-degrees", 0.5, "radius-metres", 9_000));
        Delivered careless =
                watch(Tier.CLOSE, Map.of("attitude-error-degrees", 120, "radius-metres", 9_000));
        assertThat(upright.attitudeRows).isGreaterThan(careless.attitudeRows * 5 / 4);
        assertThat(watch(Tier.CLOSE, Map.of("attitude-error-degrees", 180)).attitudeRows).isZero();
    }

    @Test
    void shouldCutCellsAsWideAsTheEdge() {
        assertThat(watch(Tier.MEDIUM, Map.of("cell-edge-metres", 3_000)).edges)
                .containsExactly(3_000f);
        assertThat(watch(Tier.MEDIUM, Map.of()).edges).containsExactly(10_000f);
    }

    @Test
    void shouldCarryTheComponentsOfItsList() {
        int plating = PlatingColumn.TYPE.wireId();
        int sign = CallsignColumn.TYPE.wireId();
        assertThat(watch(Tier.MEDIUM, Map.of()).components).containsOnlyKeys(plating, sign);
        assertThat(watch(Tier.MEDIUM, Map.of("components", List.of("*"))).components)
                .containsOnlyKeys(plating, sign);
        String name = PlatingColumn.TYPE.name();
        assertThat(watch(Tier.MEDIUM, Map.of("components", List.of(name))).components)
                .containsOnlyKeys(plating);
        assertThat(watch(Tier.MEDIUM, Map.of("components", List.of())).components).isEmpty();
        assertThat(watch(Tier.LOW, Map.of("components", List.of(name))).components)
                .as("not replicated at LOW")
                .isEmpty();
        config(Tier.MEDIUM, Map.of("components", List.of(name))).requireComponents(Fleet.TYPES);
        assertThatThrownBy(() ->
                        config(Tier.LOW, Map.of("components", List.of(name)))
                                .requireComponents(Fleet.TYPES))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("channels.low.components")
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldComeDueAtItsRateAndArriveFinally(Tier tier) {
        for (double rateHz : new double[] {0.2, 0.7, 1, 3, 5, 7.5, 19, 20}) {
            ChannelConfig config = config(tier, Map.of("rate-hz", rateHz, "error-metres", 0.001));
            for (int cell = 0; cell < 3; cell++) {
                measure(tier, rateHz, config, cell);
            }
        }
    }

    private static void measure(Tier tier, double rateHz, ChannelConfig config, int cell) {
        int seconds = (int) Math.max(40, 200 / rateHz);
        double place = (cell + 0.3) * config.edgeMetres(SizeClass.CRAFT, tier);
        try (Harness harness = new Harness(new Fleet(1, 100), config)) {
            Fleet fleet = harness.fleet;
            EntityId ship =
                    fleet.world.create(
                            new Position(place, 0, 0),
                            new Size(SizeClass.CRAFT, 1),
                            new Motion(0, 0, 0, 0, 0, 0));
            Harness.Receiver receiver = harness.receiver(tier);
            Delivered delivered = new Delivered();
            for (int i = 0; i < seconds * Fleet.TICK_HZ; i++) {
                fleet.world.write(ship, new Position(place + i % 97, 0, 0));
                fleet.rest();
                harness.publish();
                if (i == 0) {
                    harness.onFrame = delivered::take;
                }
            }
            assertThat(delivered.frames / (double) seconds)
                    .as("%s at %s Hz in cell %d", tier, rateHz, cell)
                    .isCloseTo(rateHz, within(rateHz * 0.05));
            for (int i = 0; i < 2 * Fleet.TICK_HZ / rateHz + 2; i++) {
                fleet.rest();
                harness.publish();
            }
            double[] out = new double[3];
            Position truth = fleet.world.read(ship, Position.class);
            assertThat(receiver.view.find(ship).place(fleet.tick, Fleet.DT, out)).isTrue();
            assertThat(out[0])
                    .as("%s at %s Hz in cell %d", tier, rateHz, cell)
                    .isCloseTo(truth.x(), within(0.001));
        }
    }
}
