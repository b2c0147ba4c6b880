package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Random;
import org.agrona.collections.LongHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterestRulesTest {
    private final ChannelConfig config = ChannelConfig.standard();
    private final InterestRules rules = new InterestRules(config);

    /** The rule of docs/replication.md, cell by cell, over far more cells than can be in reach. */
    private LongHashSet bruteForce(double[] p, LongHashSet previous) {
        LongHashSet wanted = new LongHashSet();
        for (SizeClass sizeClass : SizeClass.values()) {
            for (Tier tier : Tier.values()) {
                double edge = config.edgeMetres(sizeClass, tier);
                double reach =
                        config.radiusMetres(sizeClass, tier) + config.marginMetres(sizeClass, tier);
                int x = (int) Math.floor(p[0] / edge);
                int y = (int) Math.floor(p[1] / edge);
                int z = (int) Math.floor(p[2] / edge);
                for (int i = 0; i < 343; i++) {
                    int cellX = x + i % 7 - 3;
                    int cellY = y + i / 7 % 7 - 3;
                    int cellZ = z + i / 49 - 3;
                    double dx = outside(p[0], cellX * edge, (cellX + 1) * edge);
                    double dy = outside(p[1], cellY * edge, (cellY + 1) * edge);
                    double dz = outside(p[2], cellZ * edge, (cellZ + 1) * edge);
                    double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
                    long id = ChannelId.of(sizeClass, tier, cellX, cellY, cellZ);
                    if (distance <= reach
                            || (previous.contains(id)
                                    && distance <= reach * (1 + config.hysteresis()))) {
                        wanted.add(id);
                    }
                }
            }
        }
        return wanted;
    }

    private static double outside(double place, double from, double to) {
        return place < from ? from - place : place > to ? place - to : 0;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 40, 900, 50_000})
    void shouldEqualBruteForceOnWalksOfAnyStep(double step) {
        Random random = new Random(Double.hashCode(step));
        double[] p = {random.nextGaussian() * 5e4, random.nextGaussian() * 5e4, 0};
        LongHashSet held = new LongHashSet();
        LongHashSet next = new LongHashSet();
        double slack = 0;
        for (int i = 0; i < 60; i++) {
            double moved = 0;
            for (int axis = 0; axis < 3; axis++) {
                double by = random.nextGaussian() * step;
                p[axis] += by;
                moved += by * by;
            }
            slack -= Math.sqrt(moved);
            LongHashSet expected = bruteForce(p, held);
            if (slack > 1e-6) {
                assertThat(expected).as("step %s, within the slack", step).isEqualTo(held);
            }
            slack = rules.channels(p[0], p[1], p[2], held, next);
            assertThat(next).as("step %s", step).isEqualTo(expected);
            LongHashSet swap = held;
            held = next;
            next = swap;
        }
        assertThat(held.size()).isBetween(100, InterestRules.CHANNELS_MAX);
    }

    @Test
    void shouldWantNothingFromNowhere() {
        LongHashSet wanted = new LongHashSet();
        for (double bad : new double[] {Double.NaN, 1e300, Double.NEGATIVE_INFINITY}) {
            rules.channels(bad, 0, 0, new LongHashSet(), wanted);
            assertThat(wanted.isEmpty()).as("at %s", bad).isTrue();
        }
    }

    @Test
    void shouldStopAtItsBound() {
        TierConfig dense = new TierConfig(10_000, 0, 0, 0, 100);
        InterestRules many =
                new InterestRules(
                        ChannelConfig.of(
                                dense, TierConfig.UNSET, TierConfig.UNSET, TierConfig.UNSET));
        LongHashSet wanted = new LongHashSet();
        many.channels(0, 0, 0, new LongHashSet(), wanted);
        assertThat(wanted.size()).isEqualTo(InterestRules.CHANNELS_MAX);
    }
}
