package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What a ship carries. Whole units, so that none is ever made or lost by rounding.
 *
 * @param capacity units of all commodities together
 * @param units by ordinal of {@link Commodity}
 */
@Component
@Replicated(value = Tier.CLOSE, cosmetic = true)
public record Hold(int capacity, @Length(Commodity.COUNT) int[] units) {
    /** An empty hold. */
    public static Hold empty(int capacity) {
        return new Hold(capacity, new int[Commodity.COUNT]);
    }

    /** Units of all commodities in a row. Allocates nothing. */
    public static int used(HoldColumn hold, int row) {
        int sum = 0;
        for (int i = row * Commodity.COUNT; i < (row + 1) * Commodity.COUNT; i++) {
            sum += hold.units[i];
        }
        return sum;
    }
}
