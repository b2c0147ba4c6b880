package dev.horizon.plugins.mining;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.economy.GoodsFlowColumn;

/** New dust settles on rocks that are used up, so that mining never ends. Runs rarely. */
final class RegrowthSystem implements SystemTask {
    private final int units;

    RegrowthSystem(MiningConfig config) {
        this.units = config.regrowthUnits();
    }

    static Access access() {
        return Access.none().updating(OreColumn.TYPE).spawning(GoodsFlowColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        OreColumn ore = rows.update(OreColumn.TYPE);
        int settled = 0;
        for (int row = rows.from(); row < rows.to(); row++) {
            if (ore.units[row] == 0) {
                ore.units[row] = units;
                ore.markRow(row);
                settled += units;
            }
        }
        GoodsFlow.leave(rows.commands(), Commodity.ORE.ordinal(), settled);
    }
}
