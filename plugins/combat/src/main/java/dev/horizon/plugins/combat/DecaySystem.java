package dev.horizon.plugins.combat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.economy.GoodsFlowColumn;

/**
 * Breaks up containers that are empty or drifted for long enough, and declares what was in them.
 */
final class DecaySystem implements SystemTask {
    static final int PERIOD_TICKS = 20;

    static Access access() {
        return Access.reading(SalvageColumn.TYPE, HoldColumn.TYPE).spawning(GoodsFlowColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        SalvageColumn salvage = rows.read(SalvageColumn.TYPE);
        HoldColumn hold = rows.read(HoldColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            boolean over = (int) tick.number() - salvage.expiresAt[row] >= 0;
            if (over || Hold.used(hold, row) == 0) {
                for (int i = 0; i < Commodity.COUNT; i++) {
                    int units = hold.units[row * Commodity.COUNT + i];
                    GoodsFlow.leave(rows.commands(), i, -units);
                }
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }
}
