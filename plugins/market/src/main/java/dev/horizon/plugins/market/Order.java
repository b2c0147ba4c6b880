package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;

/**
 * An open order. Its entity also has an {@link dev.horizon.plugins.economy.Account} and a {@link
 * dev.horizon.ecs.cargo.Store}: the escrow. A buy order's account holds {@code price * units}
 * credits, a sell order's store holds {@code units}; so whatever an order promises exists.
 *
 * @param station at which it is
 * @param commodity what
 * @param side buy or sell
 * @param price credits per unit: at most for a buyer, at least for a seller
 * @param units still wanted or offered
 * @param account whose money: it receives what is sold, and what is left of an escrow
 * @param goods whose goods: a hold or store that receives what is bought, and what is left of an
 *     escrow
 * @param playerId whose order, or 0 for a station's own
 * @param sequence grows from order to order: the older of two at one price goes first
 * @param fresh true until it was compared with the other side
 */
@Component
public record Order(
        @Key EntityId station,
        Commodity commodity,
        Side side,
        long price,
        int units,
        EntityId account,
        EntityId goods,
        long playerId,
        long sequence,
        boolean fresh) {
    /** The same with another place in time. */
    Order numbered(long next, boolean isFresh) {
        return new Order(
                station, commodity, side, price, units, account, goods, playerId, next, isFresh);
    }

    /** The same with a player's account and depot of another node. */
    Order at(EntityId itsAccount, EntityId itsDepot) {
        return new Order(
                station,
                commodity,
                side,
                price,
                units,
                itsAccount,
                itsDepot,
                playerId,
                sequence,
                fresh);
    }

    /** The same, with nothing more to trade. */
    Order closed() {
        return new Order(
                station, commodity, side, price, 0, account, goods, playerId, sequence, false);
    }
}
