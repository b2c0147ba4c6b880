package dev.horizon.plugins.combat;

import dev.horizon.engine.plugin.Default;

/**
 * Rules of combat: {@code [plugins.combat]}.
 *
 * @param safeMetres about a station within which players can't fire at the innocent; 0 for nowhere
 * @param crimeCredits that the treasury puts on the head of who destroys an innocent ship
 * @param pirateCredits that the treasury pays for a pirate
 * @param bountyMin credits of a bounty at least
 * @param lootPercent of a lost cargo that is left
 * @param lootTicks that it drifts
 */
public record CombatConfig(
        @Default("5000") double safeMetres,
        @Default("1000") long crimeCredits,
        @Default("500") long pirateCredits,
        @Default("100") long bountyMin,
        @Default("50") int lootPercent,
        @Default("6000") int lootTicks) {
    /** Refuses rules that make goods or take more than there is. */
    public CombatConfig {
        if (!(safeMetres >= 0) || crimeCredits < 0 || pirateCredits < 0 || bountyMin < 1) {
            throw new IllegalArgumentException(
                    "safe-metres, crime-credits and pirate-credits must not be below 0, bounty-min"
                            + " not below 1");
        }
        if (lootPercent < 0 || lootPercent > 100 || lootTicks < 1) {
            throw new IllegalArgumentException(
                    "loot-percent must be 0 to 100, loot-ticks at least 1");
        }
    }
}
