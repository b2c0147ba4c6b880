package dev.horizon.ecs.subsystems;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;

/**
 * Engineers repair the worst part of their ship: once a second, and only on ships that have a
 * damaged one. Docked ships have the station's hands as well.
 */
final class RepairSystem implements ExclusiveTask {
    static final int PERIOD_TICKS = 20;
    private static final float POINTS_PER_SECOND = 0.5f;
    private static final float DOCKED_POINTS_PER_SECOND = 10f;

    static Access access() {
        return Access.none()
                .updating(ShipSystemsColumn.TYPE)
                .optional(ParentColumn.TYPE)
                .optionallyUpdating(SubsystemColumn.TYPE, CrewMemberColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        float seconds = (float) (PERIOD_TICKS * tick.dt());
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            ShipSystemsColumn systems = rows.read(ShipSystemsColumn.TYPE);
            boolean docked = rows.optional(ParentColumn.TYPE) != null;
            for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
                if (systems.damaged[row] != 0) {
                    repair(sweep, rows, systems, row, docked, seconds);
                }
            }
        }
    }

    private static void repair(
            Sweep sweep,
            Rows rows,
            ShipSystemsColumn systems,
            int row,
            boolean docked,
            float seconds) {
        float rate = POINTS_PER_SECOND * systems.engineers[row];
        if (systems.lifeSupport[row] < 0.5f) {
            rate *= 0.5f;
        }
        rate += docked ? DOCKED_POINTS_PER_SECOND : 0;
        if (rate <= 0) {
            return;
        }
        int worst = -1;
        int least = 100;
        for (int slot = 0; slot < ShipSystems.SLOTS; slot++) {
            int index = row * ShipSystems.SLOTS + slot;
            if (systems.kinds[index] != 0 && systems.health[index] < least) {
                least = systems.health[index];
                worst = slot;
            }
        }
        long ship = rows.entityAt(row);
        long at = sweep.lookup().locate(ship);
        if (worst >= 0 && at != Lookup.NOWHERE) {
            Parts.mend(sweep, ship, at, worst, rate * seconds);
        }
    }
}
