package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The channels that a viewer needs: all that count for it, none twice, none left behind. */
class CoverTest {
    private final ChannelConfig config = ChannelConfig.standard();
    private final Set<Long> needed = new HashSet<>();
    private final Cells cells =
            new Cells() {
                @Override
                public void need(Viewer viewer, long channelId) {
                    assertThat(needed.add(channelId)).as("needed once").isTrue();
                }

                @Override
                public void release(Viewer viewer, long channelId) {
                    assertThat(needed.remove(channelId)).as("released once").isTrue();
                }
            };
    private final Edge edge = new Edge(new EdgeCache(), config, EdgeConfig.standard(), cells);
    private final Viewer viewer = edge.join(0);
    private long tick;

    private void look(double x, double y, double z, double sensors) {
        viewer.focus(0, x, y, z, sensors, new long[0], 0);
        edge.cache().tick(tick += 5);
        edge.follow(viewer);
        edge.endRound();
    }

    @Test
    void shouldNeedEveryChannelInReachOnWalksOfAnyStep() {
        InterestRules rules = new InterestRules(config);
        long[] ids = new long[4_096];
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            double[] p = new double[3];
            for (double step : new double[] {0.01, 1, 60, 700, 12_000, 50_000, 3e6}) {
                for (int i = 0; i < 25; i++) {
                    for (int axis = 0; axis < 3; axis++) {
                        p[axis] += (random.nextDouble() - 0.5) * 2 * step;
                    }
                    double[] ranges = {Double.POSITIVE_INFINITY, 3_000, 0, Double.NaN, -5};
                    double sensors = i % 9 == 8 ? ranges[random.nextInt(5)] : ranges[0];
                    look(p[0], p[1], p[2], sensors);
                    for (SizeClass size : SizeClass.values()) {
                        for (Tier tier : Tier.values()) {
                            double radius = config.radiusMetres(size, tier);
                            if (size != SizeClass.BODY) {
                                radius = sensors > 0 ? Math.min(radius, sensors) : 0;
                            }
                            if (tier.ordinal() < 2) {
                                radius *= 1 + config.hysteresis();
                            }
                            double reach = radius + config.marginMetres(size, tier);
                            int count = rules.cover(size, tier, p[0], p[1], p[2], reach, ids);
                            assertThat(count).isGreaterThan(0);
                            for (int c = 0; c < count; c++) {
                                assertThat(needed)
                                        .as("seed %d, step %s", seed, step)
                                        .contains(ids[c]);
                            }
                        }
                    }
                    assertThat(needed.size()).isLessThan(1_200);
                }
            }
        }
        edge.leave(viewer);
        assertThat(needed).isEmpty();
    }

    @Test
    void shouldNeedNothingWhereThereIsNoPlace() {
        look(0, 0, 0, Double.POSITIVE_INFINITY);
        assertThat(needed).isNotEmpty();
        look(Double.NaN, 0, 0, Double.POSITIVE_INFINITY);
        assertThat(needed).isEmpty();
        look(1e300, -1e300, 0, Double.POSITIVE_INFINITY);
        assertThat(needed).isEmpty();
        look(Double.POSITIVE_INFINITY, 0, 0, Double.POSITIVE_INFINITY);
        assertThat(needed).isEmpty();
        look(0, 0, 0, Double.NaN);
        assertThat(needed).isNotEmpty();
        assertThat(viewer.held()).isZero();
        edge.leave(viewer);
        assertThat(needed).isEmpty();
    }

    @Test
    void shouldNeedTheCloseCellsAroundWhatIsInFocusWhereverItIs() {
        try (Battlefield field = new Battlefield(1, config)) {
            field.subscribe(Tier.SENSOR);
            var far = field.ship(SizeClass.CRAFT, 700_500, 300, 300, 0);
            for (int i = 0; i < 3; i++) {
                field.publish((buffer, length) -> {
                    if (buffer.getShort(2) != BeaconDecoder.TEMPLATE_ID) {
                        edge.cache().apply(buffer, 0, length);
                    }
                });
                edge.cache().tick(field.tick);
                edge.endRound();
            }
            tick = field.tick;
            long[] focus = {far.value(), 12_345};
            viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, focus, 2);
            edge.follow(viewer);
            assertThat(needed).contains(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 175, 0, 0));
            viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, focus, 0);
            edge.follow(viewer);
            assertThat(needed).doesNotContain(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 175, 0, 0));
            edge.leave(viewer);
            assertThat(needed).isEmpty();
        }
    }
}
