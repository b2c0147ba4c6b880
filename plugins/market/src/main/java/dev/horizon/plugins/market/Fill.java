package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * Tells that a player's order was filled, in part or whole: an entity from the tick in which it was
 * to the next. Public, for plugins that follow what players trade.
 *
 * @param playerId whose order
 * @param station where
 * @param commodity what
 * @param side theirs
 * @param price credits per unit
 * @param units how many
 */
@Component
public record Fill(
        long playerId, EntityId station, Commodity commodity, Side side, long price, int units) {}
