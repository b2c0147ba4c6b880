package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.EntityId;
import java.util.List;

/** What players send and are sent about markets, namespace {@code market}. */
public final class MarketEvents {
    private MarketEvents() {}

    /**
     * From a player, {@code order}: places an order at the station where their ship is docked. What
     * it promises is taken from them at once.
     *
     * @param station where they believe to be docked
     * @param side buy or sell
     * @param commodity what
     * @param price credits per unit, at most for a buyer, at least for a seller
     * @param units how many
     */
    public record PlaceOrder(
            EntityId station, Side side, Commodity commodity, long price, int units) {}

    /**
     * From a player, {@code cancel}: takes an open order back. Money returns to the account, goods
     * to the depot at the station.
     *
     * @param order theirs
     */
    public record CancelOrder(EntityId order) {}

    /**
     * From a player, {@code collect}: from their depot at the station where they are docked into
     * the hold, as much as fits.
     *
     * @param commodity what
     */
    public record Collect(Commodity commodity) {}

    /**
     * From a player, {@code look}: asks for the book of a station.
     *
     * @param station any
     */
    public record Look(EntityId station) {}

    /**
     * To a player, {@code placed}: the order is in the book.
     *
     * @param order its name, for {@code cancel}
     */
    public record Placed(EntityId order) {}

    /**
     * To a player, {@code filled}: an order of theirs met another, in part or whole.
     *
     * @param station where
     * @param side theirs
     * @param commodity what
     * @param price credits per unit
     * @param units how many
     */
    public record Filled(EntityId station, Side side, Commodity commodity, long price, int units) {}

    /**
     * To a player, {@code book}: what a station's book holds.
     *
     * @param station which
     * @param lines one per commodity
     * @param orders the player's own open orders there
     */
    public record Book(EntityId station, List<Line> lines, List<OpenOrder> orders) {}

    /**
     * One commodity of a book.
     *
     * @param commodity which
     * @param bid the best that a buyer pays, or 0
     * @param bidUnits wanted at that price
     * @param ask the least that a seller asks, or 0
     * @param askUnits offered at that price
     * @param depot units in the player's depot there
     * @param hold units in the player's hold
     */
    public record Line(
            Commodity commodity,
            long bid,
            int bidUnits,
            long ask,
            int askUnits,
            int depot,
            int hold) {}

    /**
     * One of the player's own orders.
     *
     * @param order its name
     * @param side buy or sell
     * @param commodity what
     * @param price credits per unit
     * @param units still open
     */
    public record OpenOrder(
            EntityId order, Side side, Commodity commodity, long price, int units) {}
}
