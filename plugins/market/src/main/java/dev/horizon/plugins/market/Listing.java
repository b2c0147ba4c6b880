package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.MaxLength;

/**
 * What the best open orders of a station for one commodity say, the station's own and players': of
 * this node's stations as it tells others, of stations of other nodes as these told.
 *
 * @param station which
 * @param commodity what
 * @param node the station's home, which has its book
 * @param name the station's own
 * @param isOpen false once its home has no such market any more
 * @param bid the best that a buyer pays, credits per unit; 0 where nobody does
 * @param bidUnits wanted at that price
 * @param ask the least that a seller asks, credits per unit; 0 where nobody does
 * @param askUnits offered at that price
 * @param edition grows with each change of this node's listings; 0 for those of others
 */
@Component
record Listing(
        @Key EntityId station,
        Commodity commodity,
        int node,
        @MaxLength(24) String name,
        boolean isOpen,
        long bid,
        int bidUnits,
        long ask,
        int askUnits,
        long edition) {
    static Listing of(Mail.Change change, int node, long edition) {
        return new Listing(
                change.station(),
                change.commodity(),
                node,
                change.name(),
                change.isOpen(),
                change.bid(),
                change.bidUnits(),
                change.ask(),
                change.askUnits(),
                edition);
    }

    Mail.Change change() {
        return new Mail.Change(station, name, commodity, isOpen, bid, bidUnits, ask, askUnits);
    }
}
