package dev.horizon.plugins.market;

import dev.horizon.engine.plugin.Default;

/**
 * Bounds of the market: {@code [plugins.market]}.
 *
 * @param ordersMax open orders of one player at the stations of one node
 * @param bookMax open orders and depots with goods at one station, all of which it takes along to
 *     another node, in a parcel of 256 KiB
 * @param unitsMax units of one order
 * @param priceMax credits per unit of one order
 * @param forgetTicks after which the quotes of a node that said goodbye are forgotten
 */
public record MarketConfig(
        @Default("20") int ordersMax,
        @Default("1000") int bookMax,
        @Default("1000000") int unitsMax,
        @Default("1000000") long priceMax,
        @Default("12000") int forgetTicks) {
    /** An order with an empty depot is 180 bytes: 180 KB, which leaves a third for docked ships. */
    private static final int BOOK_LIMIT = 1_000;

    private static final long PRICE_LIMIT = 1_000_000_000;

    /** Refuses bounds whose product could overflow. */
    public MarketConfig {
        if (ordersMax < 1 || ordersMax > 1_000) {
            throw new IllegalArgumentException("orders-max is " + ordersMax + ", set 1 to 1,000");
        }
        if (bookMax < 1 || bookMax > BOOK_LIMIT) {
            throw new IllegalArgumentException("book-max is " + bookMax + ", set 1 to 1,000");
        }
        if (forgetTicks < 1) {
            throw new IllegalArgumentException(
                    "forget-ticks is " + forgetTicks + ", set 1 or more");
        }
        if (unitsMax < 1 || priceMax < 1 || priceMax > PRICE_LIMIT) {
            throw new IllegalArgumentException(
                    "units-max and price-max must be at least 1, price-max at most " + PRICE_LIMIT);
        }
    }
}
