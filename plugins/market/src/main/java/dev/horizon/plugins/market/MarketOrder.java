package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * An effect: a docked ship without a player trades at once with the open orders at its station, as
 * many units as there are at its price or better, as it can pay for and has room for or carries;
 * the rest is forgotten. Emit it up to SENSE; it is consumed in ACT.
 *
 * @param ship docked at the station, with a hold
 * @param account that pays and is paid
 * @param station where
 * @param commodity what
 * @param side buy or sell
 * @param price credits per unit, at most for a buyer, at least for a seller
 * @param units at most
 */
@Component
public record MarketOrder(
        EntityId ship,
        EntityId account,
        EntityId station,
        Commodity commodity,
        Side side,
        long price,
        int units) {}
