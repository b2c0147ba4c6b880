package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Lookup;
import dev.horizon.plugins.economy.AccountColumn;
import dev.horizon.plugins.economy.IndustryColumn;
import dev.horizon.plugins.economy.Tariff;
import dev.horizon.plugins.economy.Trade;

/**
 * Renews the stations' own orders, a few in each tick: takes the escrow back, looks at what is in
 * store, and promises anew at the price that this makes. So prices move with supply.
 */
final class QuoteSystem implements ExclusiveTask {
    /** From one renewal of an order to the next. */
    static final int PERIOD_TICKS = 100;

    /** Units of one standing order at most, so that one customer doesn't empty a station. */
    private static final int LOT = 400;

    private static final Composition CLERK = Composition.of(ClerkColumn.TYPE);

    static Access access() {
        return Access.none()
                .optional(IndustryColumn.TYPE)
                .optionallyUpdating(
                        OrderColumn.TYPE,
                        AccountColumn.TYPE,
                        StoreColumn.TYPE,
                        QuotesColumn.TYPE,
                        ClerkColumn.TYPE)
                .after("economy/industry", "economy/circulation")
                .spawning(ClerkColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        ClerkColumn clerk = null;
        for (int table = 0; table < sweep.tables() && clerk == null; table++) {
            clerk = sweep.rows(table).optionalUpdate(ClerkColumn.TYPE);
        }
        if (clerk == null) {
            sweep.commands().spawn(CLERK);
            return;
        }
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            OrderColumn order = rows.optionalUpdate(OrderColumn.TYPE);
            for (int row = phase; order != null && row < rows.to(); row += PERIOD_TICKS) {
                if (order.playerId[row] == 0) {
                    renew(sweep, rows, order, row, clerk);
                }
            }
        }
        clerk.markRow(0);
    }

    private static void renew(
            Sweep sweep, Rows rows, OrderColumn order, int row, ClerkColumn clerk) {
        long at = sweep.lookup().locate(order.station[row]);
        IndustryColumn industry =
                at == Lookup.NOWHERE ? null : sweep.lookup().column(IndustryColumn.TYPE, at);
        StoreColumn store = sweep.update(StoreColumn.TYPE, at);
        AccountColumn account = sweep.update(AccountColumn.TYPE, at);
        QuotesColumn quotes = sweep.update(QuotesColumn.TYPE, at);
        StoreColumn goods = rows.optionalUpdate(StoreColumn.TYPE);
        AccountColumn money = rows.optionalUpdate(AccountColumn.TYPE);
        if (industry == null
                || store == null
                || account == null
                || quotes == null
                || goods == null
                || money == null) {
            return;
        }
        int station = Lookup.row(at);
        int commodity = order.commodity[row];
        int inStore = station * Commodity.COUNT + commodity;
        int inEscrow = row * Commodity.COUNT + commodity;
        store.units[inStore] += goods.units[inEscrow];
        account.credits[station] += money.credits[row];
        Trade trade = Trade.of(industry.trade[station]);
        boolean buys = order.side[row] == Side.BUY.ordinal();
        // What is offered is still there: else it would bid for its own goods.
        int offered = buys ? offered(sweep, order.station[row], commodity) : 0;
        int stock = store.units[inStore] + offered;
        int target = trade.target(commodity);
        long price;
        int units;
        if (buys) {
            price = Tariff.bid(commodity, stock, target);
            long affordable = account.credits[station] / 2 / price;
            units = (int) Math.clamp(2L * target - stock, 0, Math.min(LOT, affordable));
            quotes.bid[inStore] = units == 0 ? 0 : price;
            quotes.bidUnits[inStore] = units;
        } else {
            price = Tariff.ask(commodity, stock, target);
            units = Math.clamp(stock - trade.reserve(commodity), 0, LOT);
            quotes.ask[inStore] = units == 0 ? 0 : price;
            quotes.askUnits[inStore] = units;
        }
        goods.units[inEscrow] = buys ? 0 : units;
        store.units[inStore] -= goods.units[inEscrow];
        money.credits[row] = buys ? price * units : 0;
        account.credits[station] -= money.credits[row];
        if (price != order.price[row] || units > order.units[row]) {
            order.sequence[row] = clerk.nextSequence[0]++;
            order.fresh[row] = true;
        }
        order.price[row] = price;
        order.units[row] = units;
        mark(order, row, goods, money);
        store.markRow(station);
        account.markRow(station);
        quotes.markRow(station);
    }

    /** Units of a commodity in a station's own standing offers. */
    private static int offered(Sweep sweep, long station, int commodity) {
        int sum = 0;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            OrderColumn order = rows.optionalUpdate(OrderColumn.TYPE);
            for (int row = 0; order != null && row < rows.to(); row++) {
                if (order.station[row] == station
                        && order.commodity[row] == commodity
                        && order.side[row] == Side.SELL.ordinal()
                        && order.playerId[row] == 0) {
                    sum += order.units[row];
                }
            }
        }
        return sum;
    }

    private static void mark(OrderColumn order, int row, StoreColumn goods, AccountColumn money) {
        order.markRow(row);
        goods.markRow(row);
        money.markRow(row);
    }
}
