package dev.horizon.plugins.fleetai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.systems.Randomness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanditTest {
    private static final FleetAiConfig CONFIG = new FleetAiConfig(true, 0.12, 0.002, 100, 25_000);

    /** Mean reward where one tactic pays 0.8 and the others 0.3, over the last of some lessons. */
    private static double study(double[] weights, int best, int lessons, long seed, int term) {
        Bandit bandit = new Bandit(CONFIG);
        double sum = 0;
        for (int i = 0; i < lessons; i++) {
            double drawn = Randomness.uniform(Randomness.bits(seed, i, term, 1));
            int tactic = bandit.draw(weights, 4, drawn);
            double reward = tactic == best ? 0.8 : 0.3;
            bandit.learn(weights, 4, tactic, reward, bandit.chance(weights, 4, tactic));
            sum += i >= lessons - 200 ? reward : 0;
        }
        return sum / 200;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindTheBestTacticAndFollowWhenItChanges(long seed) {
        double[] weights = new double[16];
        assertThat(study(weights, 1, 1_000, seed, 0)).as("seed %d", seed).isGreaterThan(0.65);
        assertThat(study(weights, 3, 1_000, seed, 1)).as("seed %d", seed).isGreaterThan(0.65);
        assertThat(study(weights, 1, 1_000, seed, 2)).as("seed %d", seed).isGreaterThan(0.65);
        assertThat(weights[0]).isZero();
        double chances = 0;
        for (int i = 0; i < Tactic.COUNT; i++) {
            chances += new Bandit(CONFIG).chance(weights, 4, i);
        }
        assertThat(chances).isBetween(0.999_999, 1.000_001);
    }
}
