package dev.horizon.plugins.convoys;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.ecs.docking.DockRequest;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.plugins.economy.AccountColumn;
import dev.horizon.plugins.market.MarketOrderColumn;
import dev.horizon.plugins.market.QuotesColumn;
import dev.horizon.plugins.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * What freighters do: in a bay they sell, buy what promises most elsewhere for the way there, with
 * what they still have aboard, and leave; what nobody anywhere pays for they give away. A fraction
 * of them thinks in each tick.
 */
final class TradeSystem implements ExclusiveTask {
    private static final Hauler.Phase[] PHASES = Hauler.Phase.values();
    private static final int PURPOSE_ROUTE = 0x6101;

    /** The way that even neighbours cost: docking and undocking, in metres of flight. */
    private static final double BERTH_METRES = 40_000;

    private final int berthTicks;

    TradeSystem(ConvoysConfig config) {
        this.berthTicks = config.berthTicks();
    }

    static Access access() {
        return Access.none()
                .optional(
                        CompanyColumn.TYPE,
                        AccountColumn.TYPE,
                        QuotesColumn.TYPE,
                        PositionColumn.TYPE)
                .optionallyUpdating(
                        HaulerColumn.TYPE,
                        OrdersColumn.TYPE,
                        DockingColumn.TYPE,
                        HoldColumn.TYPE,
                        StoreColumn.TYPE)
                .emitting(MarketOrderColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        long company = 0;
        for (int table = 0; table < sweep.tables() && company == 0; table++) {
            if (sweep.rows(table).optional(CompanyColumn.TYPE) != null) {
                company = sweep.rows(table).entityAt(0);
            }
        }
        if (company == 0) {
            return;
        }
        int phase = (int) (tick.number() % berthTicks);
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            if (rows.optionalUpdate(HaulerColumn.TYPE) == null
                    || rows.optionalUpdate(OrdersColumn.TYPE) == null
                    || rows.optionalUpdate(DockingColumn.TYPE) == null
                    || rows.optionalUpdate(HoldColumn.TYPE) == null) {
                continue;
            }
            for (int row = phase; row < rows.to(); row += berthTicks) {
                think(sweep, tick, rows, row, company);
            }
        }
    }

    private static void think(Sweep sweep, Tick tick, Rows rows, int row, long company) {
        HaulerColumn hauler = need(rows.optionalUpdate(HaulerColumn.TYPE));
        DockingColumn docking = need(rows.optionalUpdate(DockingColumn.TYPE));
        hauler.markRow(row);
        if (docking.bay[row] < 0) {
            hauler.phase[row] = (byte) Hauler.Phase.TRAVEL.ordinal();
            travel(sweep, tick, rows, row, hauler);
            return;
        }
        long here = docking.station[row];
        switch (PHASES[hauler.phase[row]]) {
            case TRAVEL, SELL -> {
                sell(sweep, rows, row, here, company);
                hauler.phase[row] = (byte) Hauler.Phase.BUY.ordinal();
            }
            case BUY -> {
                buy(sweep, tick, rows, row, here, company);
                hauler.phase[row] = (byte) Hauler.Phase.LEAVE.ordinal();
            }
            case LEAVE -> {
                if (used(rows, row) > 0) {
                    hauler.trips[row]++;
                }
                docking.request[row] = (byte) DockRequest.UNDOCK.ordinal();
                docking.markRow(row);
            }
        }
    }

    private static int used(Rows rows, int row) {
        return Hold.used(need(rows.optionalUpdate(HoldColumn.TYPE)), row);
    }

    private static void travel(Sweep sweep, Tick tick, Rows rows, int row, HaulerColumn hauler) {
        long destination = hauler.destination[row];
        if (quotesOf(sweep, destination) == null) {
            destination = any(sweep, tick, rows.entityAt(row));
            hauler.destination[row] = destination;
        }
        OrdersColumn orders = need(rows.optionalUpdate(OrdersColumn.TYPE));
        if (destination != 0
                && (orders.behaviour[row] != Behaviour.DOCK.ordinal()
                        || orders.subject[row] != destination)) {
            orders.behaviour[row] = (byte) Behaviour.DOCK.ordinal();
            orders.subject[row] = destination;
            orders.markRow(row);
        }
    }

    private static void sell(Sweep sweep, Rows rows, int row, long here, long company) {
        HoldColumn hold = need(rows.optionalUpdate(HoldColumn.TYPE));
        for (int i = 0; i < Commodity.COUNT; i++) {
            int units = hold.units[row * Commodity.COUNT + i];
            if (units > 0) {
                order(sweep, rows.entityAt(row), here, company, i, Side.SELL, 1, units);
            }
        }
    }

    private static void buy(Sweep sweep, Tick tick, Rows rows, int row, long here, long company) {
        HoldColumn hold = need(rows.optionalUpdate(HoldColumn.TYPE));
        HaulerColumn hauler = need(rows.optionalUpdate(HaulerColumn.TYPE));
        long at = sweep.lookup().locate(here);
        QuotesColumn local = quotesOf(sweep, here);
        PositionColumn place =
                at == Lookup.NOWHERE ? null : sweep.lookup().column(PositionColumn.TYPE, at);
        int room = hold.capacity[row] - Hold.used(hold, row);
        double best = 0;
        long bestStation = 0;
        int bestCommodity = -1;
        for (int table = 0; local != null && place != null && table < sweep.tables(); table++) {
            Rows stations = sweep.rows(table);
            QuotesColumn quotes = stations.optional(QuotesColumn.TYPE);
            PositionColumn position = stations.optional(PositionColumn.TYPE);
            if (quotes == null || position == null) {
                continue;
            }
            for (int other = 0; other < stations.to(); other++) {
                if (stations.entityAt(other) == here) {
                    continue;
                }
                double metres = metres(place, Lookup.row(at), position, other) + BERTH_METRES;
                // Not all freighters of a station go after the same trade.
                double luck = 0.5 + tick.uniform(rows.entityAt(row) + other, PURPOSE_ROUTE);
                double aboard = aboard(hold, row, quotes, other);
                for (int i = -1; i < Commodity.COUNT; i++) {
                    double gain = i < 0 ? 0 : gain(local, Lookup.row(at), quotes, other, i, room);
                    double worth = luck * (aboard + gain) / metres;
                    if (worth > best) {
                        best = worth;
                        bestStation = stations.entityAt(other);
                        bestCommodity = i;
                    }
                }
            }
        }
        if (bestStation == 0 || local == null) {
            giveAway(sweep, hold, row, at);
            hauler.destination[row] = any(sweep, tick, rows.entityAt(row));
            return;
        }
        hauler.destination[row] = bestStation;
        if (bestCommodity < 0) {
            return;
        }
        hauler.cargo[row] = (byte) bestCommodity;
        long price = local.ask[Lookup.row(at) * Commodity.COUNT + bestCommodity];
        order(sweep, rows.entityAt(row), here, company, bestCommodity, Side.BUY, price, room);
    }

    /** What a station pays for what is in the hold. */
    private static double aboard(HoldColumn hold, int row, QuotesColumn quotes, int station) {
        double sum = 0;
        for (int i = 0; i < Commodity.COUNT; i++) {
            int theirs = station * Commodity.COUNT + i;
            int units = Math.min(hold.units[row * Commodity.COUNT + i], quotes.bidUnits[theirs]);
            sum += (double) quotes.bid[theirs] * units;
        }
        return sum;
    }

    /** What buying one commodity here and selling it there brings. */
    private static double gain(
            QuotesColumn local, int here, QuotesColumn quotes, int there, int commodity, int room) {
        int mine = here * Commodity.COUNT + commodity;
        int theirs = there * Commodity.COUNT + commodity;
        if (local.ask[mine] <= 0) {
            return 0;
        }
        int units = Math.min(room, Math.min(local.askUnits[mine], quotes.bidUnits[theirs]));
        return (double) (quotes.bid[theirs] - local.ask[mine]) * units;
    }

    /** Leaves to the station what no station pays for: a full hold would never trade again. */
    private static void giveAway(Sweep sweep, HoldColumn hold, int row, long at) {
        StoreColumn store = at == Lookup.NOWHERE ? null : sweep.update(StoreColumn.TYPE, at);
        if (store == null || Hold.used(hold, row) == 0) {
            return;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            int aboard = row * Commodity.COUNT + i;
            store.units[Lookup.row(at) * Commodity.COUNT + i] += hold.units[aboard];
            hold.units[aboard] = 0;
        }
        store.markRow(Lookup.row(at));
        hold.markRow(row);
    }

    private static void order(
            Sweep sweep,
            long ship,
            long station,
            long account,
            int commodity,
            Side side,
            long price,
            int units) {
        Effects<MarketOrderColumn> orders = sweep.effects(MarketOrderColumn.TYPE);
        int row = orders.add();
        MarketOrderColumn order = orders.column();
        order.ship[row] = ship;
        order.account[row] = account;
        order.station[row] = station;
        order.commodity[row] = (byte) commodity;
        order.side[row] = (byte) side.ordinal();
        order.price[row] = price;
        order.units[row] = units;
    }

    /** Some station with a market, or 0. */
    private static long any(Sweep sweep, Tick tick, long ship) {
        int count = 0;
        long found = 0;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            for (int row = 0; rows.optional(QuotesColumn.TYPE) != null && row < rows.to(); row++) {
                count++;
                // Each of n is kept with the chance 1/n.
                if (tick.uniform(ship + count, PURPOSE_ROUTE - 1) * count < 1) {
                    found = rows.entityAt(row);
                }
            }
        }
        return found;
    }

    private static @Nullable QuotesColumn quotesOf(Sweep sweep, long station) {
        long at = station == 0 ? Lookup.NOWHERE : sweep.lookup().locate(station);
        return at == Lookup.NOWHERE ? null : sweep.lookup().column(QuotesColumn.TYPE, at);
    }

    private static double metres(PositionColumn a, int i, PositionColumn b, int j) {
        double dx = a.x[i] - b.x[j];
        double dy = a.y[i] - b.y[j];
        double dz = a.z[i] - b.z[j];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private static <C> C need(@Nullable C column) {
        if (column == null) {
            throw new IllegalStateException("a freighter lacks a component that it was chosen by");
        }
        return column;
    }
}
