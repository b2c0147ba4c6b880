package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.EntityId;
import java.util.List;

/** What nodes send each other about markets. */
public final class Mail {
    private Mail() {}

    /**
     * To the home of a station: a player wants to buy; what it costs comes along.
     *
     * @param node where they play
     * @param playerId who
     * @param order what they offer, of side BUY
     */
    public record Bid(int node, long playerId, MarketEvents.PlaceOrder order) {}

    /** To the home of an order: a player, who plays on a node, takes it back. */
    public record Withdrawal(int node, long playerId, EntityId order) {}

    /** To the home of a station: a player, who plays on a node, asks for its book. */
    public record Look(int node, long playerId, EntityId station) {}

    /** To each node: a player asks for the books of stations where they have orders or goods. */
    public record Survey(int node, long playerId) {}

    /** To the node where a player asked: their order is in the book. */
    public record Placed(long playerId, EntityId order) {}

    /** To the node where a player asked: it can't be. What came along follows by itself. */
    public record Denied(long playerId, String code, String reason) {}

    /** To the node where a player was last heard of: an order of theirs met another. */
    public record Filled(long playerId, MarketEvents.Filled fill) {}

    /** To the node where a player asked: a book, in which what their hold has is missing. */
    public record Page(long playerId, MarketEvents.Book book) {}

    /** From a node: what is new of your stations, behind a number that you gave? */
    public record Question(int node, long upTo) {}

    /**
     * The answer, at most once a second.
     *
     * @param node whose stations
     * @param from the number in the question, or 0: all that was known before is forgotten
     * @param upTo the number for the next question
     * @param changes what is new, none where nothing is
     */
    public record News(int node, long from, long upTo, List<Change> changes) {}

    /** What the best orders of a station for one commodity say now; see {@link Listing}. */
    public record Change(
            EntityId station,
            String name,
            Commodity commodity,
            boolean isOpen,
            long bid,
            int bidUnits,
            long ask,
            int askUnits) {}
}
