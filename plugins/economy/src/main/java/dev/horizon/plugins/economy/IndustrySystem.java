package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Lets stations use and make goods, and declares every unit of it. */
final class IndustrySystem implements SystemTask {
    private final int cycleTicks;

    IndustrySystem(EconomyConfig config) {
        this.cycleTicks = config.cycleTicks();
    }

    static Access access() {
        return Access.none()
                .updating(IndustryColumn.TYPE, StoreColumn.TYPE)
                .spawning(GoodsFlowColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        IndustryColumn industry = rows.update(IndustryColumn.TYPE);
        StoreColumn store = rows.update(StoreColumn.TYPE);
        int now = (int) tick.number();
        for (int row = rows.from(); row < rows.to(); row++) {
            if (now - industry.readyAt[row] < 0) {
                continue;
            }
            industry.readyAt[row] = now + cycleTicks;
            industry.markRow(row);
            Trade trade = Trade.of(industry.trade[row]);
            if (mayWork(trade, store, row)) {
                industry.cycles[row]++;
                work(rows, trade, store, row);
            }
        }
    }

    private static boolean mayWork(Trade trade, StoreColumn store, int row) {
        for (int i = 0; i < Commodity.COUNT; i++) {
            int units = store.units[row * Commodity.COUNT + i];
            if (units < trade.uses(i) || units >= trade.fullAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void work(Rows rows, Trade trade, StoreColumn store, int row) {
        for (int i = 0; i < Commodity.COUNT; i++) {
            int change = trade.makes(i) - trade.uses(i);
            store.units[row * Commodity.COUNT + i] += change;
            GoodsFlow.leave(rows.commands(), i, change);
        }
        store.markRow(row);
    }
}
