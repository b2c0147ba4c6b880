package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.plugins.economy.AccountColumn;
import dev.horizon.plugins.economy.IndustryColumn;

/** Opens the market of stations that have none: two standing orders per commodity, still empty. */
final class OpenSystem implements SystemTask {
    static final int PERIOD_TICKS = 20;

    /** What an order consists of. */
    static final Composition ORDER =
            Composition.of(OrderColumn.TYPE, AccountColumn.TYPE, StoreColumn.TYPE);

    static Access access() {
        return Access.reading(IndustryColumn.TYPE, StoreColumn.TYPE, AccountColumn.TYPE)
                .without(QuotesColumn.TYPE)
                .spawning(
                        OrderColumn.TYPE, AccountColumn.TYPE, StoreColumn.TYPE, QuotesColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        Commands commands = rows.commands();
        for (int row = rows.from(); row < rows.to(); row++) {
            long station = rows.entityAt(row);
            commands.add(station, QuotesColumn.TYPE);
            for (int i = 0; i < 2 * Commodity.COUNT; i++) {
                int staged = commands.spawn(ORDER);
                OrderColumn order = commands.column(ORDER, OrderColumn.TYPE);
                order.station[staged] = station;
                order.account[staged] = station;
                order.goods[staged] = station;
                order.commodity[staged] = (byte) (i / 2);
                order.side[staged] = (byte) (i % 2);
                order.price[staged] = 1;
            }
        }
    }
}
