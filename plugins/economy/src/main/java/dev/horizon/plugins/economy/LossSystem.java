package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Declares what goes down with ships that are lost in this tick. */
final class LossSystem implements SystemTask {
    static Access access() {
        return Access.reading(HullColumn.TYPE, HoldColumn.TYPE).spawning(GoodsFlowColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HullColumn hull = rows.read(HullColumn.TYPE);
        HoldColumn hold = rows.read(HoldColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (hull.points[row] <= 0) {
                for (int i = 0; i < Commodity.COUNT; i++) {
                    int units = hold.units[row * Commodity.COUNT + i];
                    GoodsFlow.leave(rows.commands(), i, -units);
                }
            }
        }
    }
}
