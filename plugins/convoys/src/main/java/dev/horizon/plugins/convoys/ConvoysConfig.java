package dev.horizon.plugins.convoys;

import dev.horizon.engine.plugin.Default;

/**
 * Rules of the convoys: {@code [plugins.convoys]}.
 *
 * @param capital credits that the company works with; what it lacks the treasury lends, what it has
 *     beyond twice as much goes back
 * @param berthTicks that each of selling, buying and leaving takes
 */
public record ConvoysConfig(@Default("5000000") long capital, @Default("40") int berthTicks) {
    /** Refuses a company without money or time. */
    public ConvoysConfig {
        if (capital < 0 || berthTicks < 2 || berthTicks > 10_000) {
            throw new IllegalArgumentException(
                    "capital must not be below 0, berth-ticks be 2 to 10,000");
        }
    }
}
