package dev.horizon.plugins.economy;

import dev.horizon.engine.plugin.Default;

/**
 * Sizes of the economy: {@code [plugins.economy]}.
 *
 * @param money credits of the whole star system, all of it in the treasury at first
 * @param newcomerCredits that a player is given at their first login, as long as the treasury can
 * @param stationCredits that a station works with; what it has beyond flows back
 * @param cycleTicks from one cycle of a station's industry to the next
 */
public record EconomyConfig(
        @Default("100000000") long money,
        @Default("5000") long newcomerCredits,
        @Default("200000") long stationCredits,
        @Default("200") int cycleTicks) {
    private static final long MONEY_MAX = 1_000_000_000_000_000L;

    /** Refuses what would overflow, or stand still. */
    public EconomyConfig {
        if (money < 0 || money > MONEY_MAX) {
            throw new IllegalArgumentException("money is " + money + ", set 0 to " + MONEY_MAX);
        }
        if (newcomerCredits < 0 || stationCredits < 0 || cycleTicks < 1) {
            throw new IllegalArgumentException(
                    "newcomer-credits and station-credits must not be below 0, cycle-ticks not"
                            + " below 1");
        }
    }
}
