package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import org.jspecify.annotations.Nullable;

/**
 * Why something can't be that a player asks of a market: found where they play, by what is known
 * there, and again at the station's home, whose word counts.
 */
record Denial(String code, String reason) {
    static final Denial UNDOCKED =
            new Denial("HZ-MKT-001", "trade in goods is for docked ships; dock at a station first");
    static final Denial CLOSED =
            new Denial(
                    "HZ-MKT-008",
                    "trade has stopped, for the books don't balance; ask an operator");
    static final Denial UNREACHABLE =
            new Denial("HZ-MKT-011", "the station's node can't be reached now; try again later");
    static final Denial HASTE =
            new Denial("HZ-MKT-012", "you ask too much about other nodes' stations; wait a second");

    /** What the books of this node's stations have against an order; null for nothing. */
    static @Nullable Denial of(
            MarketEvents.PlaceOrder order, long playerId, MarketConfig config, World world) {
        Denial denial = ofTerms(order, config, world);
        if (denial != null) {
            return denial;
        }
        if (!Books.isAt(order.station(), world)) {
            return notHere(order.station(), world);
        }
        if (Books.ordersOf(playerId, world) >= config.ordersMax()) {
            return full(config);
        }
        return Books.entries(order.station(), world) < config.bookMax()
                ? null
                : fullBook(order.station());
    }

    /** What can be said against an order without its station's book. */
    static @Nullable Denial ofTerms(
            MarketEvents.PlaceOrder order, MarketConfig config, World world) {
        if (!Bank.isOpen(world)) {
            return CLOSED;
        }
        if (order.units() < 1 || order.units() > config.unitsMax()) {
            return new Denial(
                    "HZ-MKT-002",
                    order.units() + " units ordered; order 1 to " + config.unitsMax());
        }
        if (order.price() < 1 || order.price() > config.priceMax()) {
            return new Denial(
                    "HZ-MKT-003",
                    order.price() + " credits a unit offered; offer 1 to " + config.priceMax());
        }
        return null;
    }

    static Denial elsewhere(EntityId docked, EntityId named) {
        return new Denial("HZ-MKT-001", "you are docked at " + docked + ", not at " + named);
    }

    static Denial goods(Commodity commodity, int offered, int held) {
        return new Denial(
                "HZ-MKT-004",
                "you offer " + offered + " of " + commodity + ", your hold has " + held);
    }

    static Denial money(long cost, long credits) {
        return new Denial("HZ-MKT-005", "that costs " + cost + " credits, you have " + credits);
    }

    private static Denial full(MarketConfig config) {
        return new Denial(
                "HZ-MKT-006",
                "you have " + config.ordersMax() + " open orders there; cancel one first");
    }

    private static Denial fullBook(EntityId station) {
        return new Denial(
                "HZ-MKT-014",
                "the book of " + station + " takes no more orders; wait until some are filled");
    }

    static Denial noOrder(EntityId order) {
        return new Denial("HZ-MKT-007", order + " is no open order of yours at that station");
    }

    static Denial nothing(Commodity commodity) {
        return new Denial(
                "HZ-MKT-009",
                "nothing of " + commodity + " is in your depot here, or your hold is full");
    }

    /** Of a station whose book no node is known to have now. */
    static Denial notHere(EntityId station, World world) {
        return Listings.isKnown(station, world)
                ? new Denial(
                        "HZ-MKT-013",
                        station + " has just gone to another node; ask again in some seconds")
                : new Denial("HZ-MKT-010", station + " has no market");
    }

    void refuse(EventContext context) {
        context.refuse(code, reason);
    }
}
