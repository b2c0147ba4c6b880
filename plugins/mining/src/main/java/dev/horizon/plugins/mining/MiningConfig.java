package dev.horizon.plugins.mining;

import dev.horizon.engine.plugin.Default;

/**
 * Rules of mining: {@code [plugins.mining]}.
 *
 * @param claimsMax of one player at once
 * @param claimTicks that a claim lasts
 * @param claimYieldPercent what a laser cuts on its pilot's own claim, of what it cuts elsewhere
 * @param regrowthTicks from one settling of dust to the next
 * @param regrowthUnits of ore that settle on a rock with none
 */
public record MiningConfig(
        @Default("3") int claimsMax,
        @Default("24000") int claimTicks,
        @Default("150") int claimYieldPercent,
        @Default("6000") int regrowthTicks,
        @Default("300") int regrowthUnits) {
    /** Refuses rules under which nothing could be mined. */
    public MiningConfig {
        if (claimsMax < 0 || claimTicks < 1 || regrowthTicks < 1 || regrowthUnits < 0) {
            throw new IllegalArgumentException(
                    "claims-max and regrowth-units must not be below 0, claim-ticks and"
                            + " regrowth-ticks not below 1");
        }
        if (claimYieldPercent < 100 || claimYieldPercent > 1_000) {
            throw new IllegalArgumentException(
                    "claim-yield-percent is " + claimYieldPercent + ", set 100 to 1,000");
        }
    }
}
