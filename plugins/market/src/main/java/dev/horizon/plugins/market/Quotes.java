package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * On a station: what its best open orders say, for those who look for a trade. At most {@link
 * QuoteSystem#PERIOD_TICKS} old.
 *
 * @param bid credits per unit that the station pays, by ordinal; 0 where it wants none
 * @param bidUnits how many
 * @param ask credits per unit that it asks; 0 where it offers none
 * @param askUnits how many
 */
@Component
public record Quotes(
        @Length(Commodity.COUNT) long[] bid,
        @Length(Commodity.COUNT) int[] bidUnits,
        @Length(Commodity.COUNT) long[] ask,
        @Length(Commodity.COUNT) int[] askUnits) {}
