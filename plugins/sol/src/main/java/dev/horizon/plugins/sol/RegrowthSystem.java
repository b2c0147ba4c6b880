package dev.horizon.plugins.sol;

import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** New dust settles on rocks that are used up, so that mining never ends. Runs rarely. */
final class RegrowthSystem implements SystemTask {
    /** Five minutes at 20 Hz. */
    static final int PERIOD_TICKS = 6_000;

    private static final int UNITS = 300;

    static Access access() {
        return Access.none().updating(OreColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        OreColumn ore = rows.update(OreColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (ore.units[row] == 0) {
                ore.units[row] = UNITS;
                ore.markRow(row);
            }
        }
    }
}
