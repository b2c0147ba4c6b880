package dev.horizon.plugins.fleetai;

/** EXP3.S over the weights of one stance, in place; see {@link Lore}. */
final class Bandit {
    private static final int K = Tactic.COUNT;

    /** How much one lesson counts. */
    private static final double RATE = 0.15;

    /** An even exchange teaches nothing. */
    private static final double EVEN = 0.5;

    private final double gamma;
    private final double alpha;
    private final boolean learning;

    Bandit(FleetAiConfig config) {
        this.gamma = config.gamma();
        this.alpha = config.alpha();
        this.learning = config.learning();
    }

    /** The chance of a tactic. Weights start at zeros, which count as equal. */
    double chance(double[] weights, int from, int tactic) {
        double sum = sum(weights, from);
        if (!learning || sum == 0) {
            return 1.0 / K;
        }
        return (1 - gamma) * weights[from + tactic] / sum + gamma / K;
    }

    /** The tactic for a number evenly drawn from 0 to 1. */
    int draw(double[] weights, int from, double drawn) {
        double rest = drawn;
        for (int i = 0; i < K - 1; i++) {
            rest -= chance(weights, from, i);
            if (rest < 0) {
                return i;
            }
        }
        return K - 1;
    }

    /** Learns what a tactic brought, 0 to 1, that was drawn with a chance. */
    void learn(double[] weights, int from, int tactic, double reward, double chance) {
        double sum = sum(weights, from);
        if (sum == 0) {
            for (int i = 0; i < K; i++) {
                weights[from + i] = 1;
            }
            sum = K;
        }
        double shared = Math.E * alpha * sum / K;
        for (int i = 0; i < K; i++) {
            double estimate = i == tactic ? (reward - EVEN) / chance : 0;
            weights[from + i] = weights[from + i] * StrictMath.exp(RATE * estimate) + shared;
        }
        // Only ratios count: keep the numbers small for ever.
        double after = sum(weights, from);
        for (int i = 0; i < K; i++) {
            weights[from + i] *= K / after;
        }
    }

    private static double sum(double[] weights, int from) {
        double sum = 0;
        for (int i = 0; i < K; i++) {
            sum += weights[from + i];
        }
        return sum;
    }
}
