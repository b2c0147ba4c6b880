package dev.horizon.tools.config;

import dev.horizon.engine.overload.OverloadConfig;
import dev.horizon.engine.plugin.Default;

/**
 * What a node does while its ticks take too long.
 *
 * @param enabled false for nothing
 * @param raisePercent of their budget that ticks take on average beyond which it does more
 * @param lowerPercent the same below which it does less
 * @param slowestTimePercent of real time that simulated time runs at least
 * @param warmUpSeconds after a start that don't count
 */
@Doc(
        "What a node does while its ticks take too long: it says less, then slows time down; see"
                + " docs/overload.md.")
public record OverloadSettings(
        @Default("true") @Doc("False for a node that is late instead.") boolean enabled,
        @Default("85")
                @Range(min = 2, max = 1_000)
                @Doc(
                        "Percent of their budget that ticks take on average, for a second, beyond"
                                + " which the next step is taken.")
                int raisePercent,
        @Default("60")
                @Range(min = 1, max = 84)
                @Doc("The same below which the last step is taken back.")
                int lowerPercent,
        @Default("10")
                @Range(min = 10, max = 100)
                @Doc("The slowest that simulated time may run, percent of real time.")
                int slowestTimePercent,
        @Default("5")
                @Range(min = 0, max = 3_600)
                @Doc("Seconds after a start in which no step is taken: code is compiled then.")
                int warmUpSeconds) {
    private static final int PERMILLE = 10;

    /** Refuses what would climb up and down for ever. */
    public OverloadSettings {
        if (lowerPercent >= raisePercent) {
            throw new IllegalArgumentException(
                    "lower-percent is "
                            + lowerPercent
                            + "; set it below raise-percent, "
                            + raisePercent);
        }
    }

    /** The same for the tick loop. */
    public OverloadConfig overloadConfig() {
        return new OverloadConfig(
                enabled,
                raisePercent * PERMILLE,
                lowerPercent * PERMILLE,
                slowestTimePercent * PERMILLE,
                warmUpSeconds);
    }
}
