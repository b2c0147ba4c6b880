package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Lookup;
import dev.horizon.plugins.economy.AccountColumn;
import dev.horizon.plugins.economy.Ledger;
import dev.horizon.plugins.economy.LedgerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Brings buyers and sellers together. An order meets the best one of the other side, the oldest
 * among equals, at the price of the one that was there first, until either is filled. Every step
 * moves units or credits from one place to another and makes none.
 *
 * <p>A book is searched from end to end for each fill: with the few hundred orders of a star system
 * that costs less than keeping an index.
 */
final class BookSystem implements ExclusiveTask {
    private static final Composition FILL = Composition.of(FillColumn.TYPE);
    private static final int BUY = Side.BUY.ordinal();
    private static final int SELL = Side.SELL.ordinal();

    static Access access() {
        return Access.none()
                .optional(LedgerColumn.TYPE, DockingColumn.TYPE)
                .optionallyUpdating(
                        OrderColumn.TYPE, AccountColumn.TYPE, StoreColumn.TYPE, HoldColumn.TYPE)
                .consuming(MarketOrderColumn.TYPE)
                .spawning(FillColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        Effects<MarketOrderColumn> asked = sweep.consume(MarketOrderColumn.TYPE);
        if (isClosed(sweep)) {
            return;
        }
        for (int i = 0; i < asked.size(); i++) {
            serve(sweep, asked.column(), i);
        }
        long fresh = oldestFresh(sweep, Long.MIN_VALUE);
        while (fresh != Lookup.NOWHERE) {
            OrderColumn order = need(sweep.update(OrderColumn.TYPE, fresh));
            int row = Lookup.row(fresh);
            order.fresh[row] = false;
            order.markRow(row);
            cross(sweep, fresh);
            fresh = oldestFresh(sweep, order.sequence[row]);
        }
    }

    private static boolean isClosed(Sweep sweep) {
        for (int table = 0; table < sweep.tables(); table++) {
            LedgerColumn ledger = sweep.rows(table).optional(LedgerColumn.TYPE);
            if (ledger != null) {
                return ledger.state[0] == Ledger.State.BROKEN.ordinal();
            }
        }
        return true;
    }

    /** The fresh order with the least sequence above a bound. */
    private static long oldestFresh(Sweep sweep, long above) {
        long found = Lookup.NOWHERE;
        long least = Long.MAX_VALUE;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            OrderColumn order = rows.optionalUpdate(OrderColumn.TYPE);
            for (int row = 0; order != null && row < rows.to(); row++) {
                if (order.fresh[row]
                        && order.units[row] > 0
                        && order.sequence[row] > above
                        && order.sequence[row] < least) {
                    least = order.sequence[row];
                    found = sweep.lookup().locate(rows.entityAt(row));
                }
            }
        }
        return found;
    }

    /**
     * The best open order of one side that is no worse than a price, or nowhere; not one for the
     * same account, for nobody trades with themselves.
     */
    private static long best(
            Sweep sweep, long station, int commodity, int side, long limit, long account) {
        long found = Lookup.NOWHERE;
        long bestPrice = limit;
        long bestSequence = Long.MAX_VALUE;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            OrderColumn order = rows.optionalUpdate(OrderColumn.TYPE);
            for (int row = 0; order != null && row < rows.to(); row++) {
                if (order.station[row] != station
                        || order.commodity[row] != commodity
                        || order.side[row] != side
                        || order.units[row] <= 0
                        || order.account[row] == account
                        || order.fresh[row]) {
                    continue;
                }
                long price = order.price[row];
                boolean better = side == SELL ? price < bestPrice : price > bestPrice;
                if (better || (price == bestPrice && order.sequence[row] < bestSequence)) {
                    found = sweep.lookup().locate(rows.entityAt(row));
                    bestPrice = price;
                    bestSequence = order.sequence[row];
                }
            }
        }
        return found;
    }

    private static void cross(Sweep sweep, long taker) {
        OrderColumn order = need(sweep.update(OrderColumn.TYPE, taker));
        int row = Lookup.row(taker);
        int side = order.side[row];
        while (order.units[row] > 0) {
            long maker =
                    best(
                            sweep,
                            order.station[row],
                            order.commodity[row],
                            BUY + SELL - side,
                            order.price[row],
                            order.account[row]);
            if (maker == Lookup.NOWHERE) {
                return;
            }
            OrderColumn other = need(sweep.update(OrderColumn.TYPE, maker));
            int otherRow = Lookup.row(maker);
            int units = Math.min(order.units[row], other.units[otherRow]);
            long price = other.price[otherRow];
            long buyer = side == BUY ? taker : maker;
            long seller = side == BUY ? maker : taker;
            if (!pay(sweep, buyer, seller, price, units)) {
                return;
            }
            close(sweep, buyer, price, units);
            close(sweep, seller, price, units);
        }
    }

    /**
     * Moves money and goods between two orders; false, and nothing moved, where one has no home.
     */
    private static boolean pay(Sweep sweep, long buyer, long seller, long price, int units) {
        OrderColumn buy = need(sweep.update(OrderColumn.TYPE, buyer));
        OrderColumn sell = need(sweep.update(OrderColumn.TYPE, seller));
        int b = Lookup.row(buyer);
        int s = Lookup.row(seller);
        long paid = sweep.lookup().locate(sell.account[s]);
        long rest = sweep.lookup().locate(buy.account[b]);
        long home = sweep.lookup().locate(buy.goods[b]);
        if (sweep.update(AccountColumn.TYPE, paid) == null
                || sweep.update(AccountColumn.TYPE, rest) == null
                || sweep.update(StoreColumn.TYPE, home) == null) {
            return false;
        }
        long escrow = buy.price[b] * units;
        credit(sweep, buyer, -escrow);
        credit(sweep, paid, price * units);
        credit(sweep, rest, escrow - price * units);
        stock(sweep, seller, sell.commodity[s], -units);
        stock(sweep, home, sell.commodity[s], units);
        return true;
    }

    /** Counts units off an order, tells its player, and removes it once it is filled. */
    private static void close(Sweep sweep, long at, long price, int units) {
        OrderColumn order = need(sweep.update(OrderColumn.TYPE, at));
        int row = Lookup.row(at);
        order.units[row] -= units;
        order.markRow(row);
        if (order.playerId[row] == 0) {
            return;
        }
        Commands commands = sweep.commands();
        int told = commands.spawn(FILL);
        FillColumn fill = commands.column(FILL, FillColumn.TYPE);
        fill.playerId[told] = order.playerId[row];
        fill.station[told] = order.station[row];
        fill.commodity[told] = order.commodity[row];
        fill.side[told] = order.side[row];
        fill.price[told] = price;
        fill.units[told] = units;
        if (order.units[row] == 0) {
            commands.destroy(sweep.lookup().entityAt(at));
        }
    }

    /** Fills a ship's order at once, as far as it goes. */
    private static void serve(Sweep sweep, MarketOrderColumn asked, int i) {
        long ship = sweep.lookup().locate(asked.ship[i]);
        long account = sweep.lookup().locate(asked.account[i]);
        HoldColumn hold = sweep.update(HoldColumn.TYPE, ship);
        AccountColumn money = sweep.update(AccountColumn.TYPE, account);
        if (hold == null || money == null || !isDocked(sweep, ship, asked.station[i])) {
            return;
        }
        int row = Lookup.row(ship);
        int commodity = asked.commodity[i];
        boolean buys = asked.side[i] == BUY;
        int left =
                Math.min(
                        asked.units[i],
                        buys
                                ? hold.capacity[row] - Hold.used(hold, row)
                                : hold.units[row * Commodity.COUNT + commodity]);
        while (left > 0) {
            long maker =
                    best(
                            sweep,
                            asked.station[i],
                            commodity,
                            buys ? SELL : BUY,
                            asked.price[i],
                            asked.account[i]);
            if (maker == Lookup.NOWHERE) {
                return;
            }
            OrderColumn other = need(sweep.update(OrderColumn.TYPE, maker));
            int otherRow = Lookup.row(maker);
            long price = other.price[otherRow];
            int units = Math.min(left, other.units[otherRow]);
            if (buys) {
                units = (int) Math.min(units, money.credits[Lookup.row(account)] / price);
            }
            if (units <= 0 || !deal(sweep, maker, account, buys, price, units)) {
                return;
            }
            hold.units[row * Commodity.COUNT + commodity] += buys ? units : -units;
            hold.markRow(row);
            close(sweep, maker, price, units);
            left -= units;
        }
    }

    /** The order's part of a trade with a ship: its escrow against the ship's account. */
    private static boolean deal(
            Sweep sweep, long maker, long account, boolean buys, long price, int units) {
        OrderColumn order = need(sweep.update(OrderColumn.TYPE, maker));
        int row = Lookup.row(maker);
        if (buys) {
            long paid = sweep.lookup().locate(order.account[row]);
            if (sweep.update(AccountColumn.TYPE, paid) == null) {
                return false;
            }
            credit(sweep, account, -price * units);
            credit(sweep, paid, price * units);
            stock(sweep, maker, order.commodity[row], -units);
            return true;
        }
        long home = sweep.lookup().locate(order.goods[row]);
        if (sweep.update(StoreColumn.TYPE, home) == null) {
            return false;
        }
        credit(sweep, maker, -price * units);
        credit(sweep, account, price * units);
        stock(sweep, home, order.commodity[row], units);
        return true;
    }

    private static boolean isDocked(Sweep sweep, long ship, long station) {
        DockingColumn docking = sweep.lookup().column(DockingColumn.TYPE, ship);
        return docking != null
                && docking.bay[Lookup.row(ship)] >= 0
                && docking.station[Lookup.row(ship)] == station;
    }

    private static void credit(Sweep sweep, long at, long amount) {
        AccountColumn account = need(sweep.update(AccountColumn.TYPE, at));
        account.credits[Lookup.row(at)] += amount;
        account.markRow(Lookup.row(at));
    }

    private static void stock(Sweep sweep, long at, int commodity, int units) {
        StoreColumn store = need(sweep.update(StoreColumn.TYPE, at));
        store.units[Lookup.row(at) * Commodity.COUNT + commodity] += units;
        store.markRow(Lookup.row(at));
    }

    private static <C> C need(@Nullable C column) {
        if (column == null) {
            throw new IllegalStateException("an order lacks its account or its store");
        }
        return column;
    }
}
