package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.EntityId;
import java.util.List;

/** What players send and are sent about markets, namespace {@code market}. */
public final class MarketEvents {
    private MarketEvents() {}

    /**
     * From a player, {@code order}: places an order, to sell at the station where their ship is
     * docked, to buy at any station of any node. What it promises is taken from them at once.
     *
     * @param station where; where they believe to be docked, for a seller
     * @param side buy or sell
     * @param commodity what
     * @param price credits per unit, at most for a buyer, at least for a seller
     * @param units how many
     */
    public record PlaceOrder(
            EntityId station, Side side, Commodity commodity, long price, int units) {}

    /**
     * From a player, {@code cancel}: takes an open order back, wherever they are. Money returns to
     * the account, goods to the depot at the station.
     *
     * @param order theirs
     * @param station at which it is
     */
    public record CancelOrder(EntityId order, EntityId station) {}

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
     * @param station any, of any node
     */
    public record Look(EntityId station) {}

    /**
     * From a player, {@code survey}: asks for the books of all stations, of all nodes that can be
     * reached, where they have open orders or goods in a depot. Each comes as a {@link Book}, of
     * one node 32 at most.
     */
    public record Survey() {}

    /**
     * From a player, {@code compare}: asks where in the galaxy a commodity is bought and sold.
     *
     * @param commodity what
     */
    public record Compare(Commodity commodity) {}

    /**
     * To a player, {@code placed}: the order is in the book.
     *
     * @param order its name, for {@code cancel}
     */
    public record Placed(EntityId order) {}

    /**
     * To a player, {@code denied}: what they asked can't be, as the home of the station says, which
     * knew more than the node where they play: that refuses what it can by itself. Money that was
     * taken for it comes back.
     *
     * @param code as of a refusal
     * @param reason why
     */
    public record Denied(String code, String reason) {}

    /**
     * To a player, {@code compared}: the best offers for a commodity, up to 50 of each side. They
     * are some seconds old, of nodes that are away as old as their goodbye.
     *
     * @param commodity what
     * @param asks where it is sold, the cheapest first
     * @param bids where it is bought, the dearest first
     */
    public record Compared(Commodity commodity, List<Offer> asks, List<Offer> bids) {}

    /**
     * What the best orders of one station say.
     *
     * @param station where
     * @param name the station's, or empty
     * @param price credits per unit
     * @param units at that price
     * @param isAway true while the station's node can't be reached: nothing can be ordered there
     */
    public record Offer(EntityId station, String name, long price, int units, boolean isAway) {}

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
            int hold) {
        Line withHold(int units) {
            return new Line(commodity, bid, bidUnits, ask, askUnits, depot, units);
        }
    }

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
