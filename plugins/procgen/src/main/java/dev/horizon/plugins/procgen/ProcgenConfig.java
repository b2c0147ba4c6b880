package dev.horizon.plugins.procgen;

import dev.horizon.engine.plugin.Default;

/**
 * What is generated: {@code [plugins.procgen]}.
 *
 * @param offers to each player at a time
 * @param offerTicks from one round of offers to the next
 * @param missionTicks that an accepted mission may take
 * @param rewardCredits of a usual mission
 * @param reachMetres from the player's ship within which missions take place
 */
public record ProcgenConfig(
        @Default("4") int offers,
        @Default("2400") int offerTicks,
        @Default("36000") int missionTicks,
        @Default("600") long rewardCredits,
        @Default("40000") double reachMetres) {
    private static final int OFFERS_MAX = 16;

    /** Refuses what offers nothing, or too much. */
    public ProcgenConfig {
        if (offers < 1 || offers > OFFERS_MAX || offerTicks < 20 || missionTicks < 20) {
            throw new IllegalArgumentException(
                    "offers must be 1 to 16, offer-ticks and mission-ticks at least 20");
        }
        if (rewardCredits < 0 || !(reachMetres >= 1_000)) {
            throw new IllegalArgumentException(
                    "reward-credits must not be below 0, reach-metres not below 1,000");
        }
    }
}
