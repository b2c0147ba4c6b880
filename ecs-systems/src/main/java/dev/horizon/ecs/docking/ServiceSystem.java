package dev.horizon.ecs.docking;

import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.flight.FuelColumn;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.ecs.weapons.ArmamentColumn;
import dev.horizon.ecs.weapons.WeaponStateColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.ParentColumn;
import org.jspecify.annotations.Nullable;

/** Patches hulls, fills tanks, magazines and capacitors of docked ships, once a second each. */
final class ServiceSystem implements SystemTask {
    static final int PERIOD_TICKS = 20;
    private static final float HULL_SHARE_PER_SECOND = 0.05f;
    private static final float FUEL_SHARE_PER_SECOND = 0.1f;
    private static final int ROUNDS_PER_SERVICE = 10;

    static Access access() {
        return Access.reading(ParentColumn.TYPE, DockingColumn.TYPE)
                .optionallyUpdating(
                        HullColumn.TYPE,
                        FuelColumn.TYPE,
                        ArmamentColumn.TYPE,
                        WeaponStateColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        DockingColumn docking = rows.read(DockingColumn.TYPE);
        float seconds = (float) (PERIOD_TICKS * tick.dt());
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            if (docking.bay[row] >= 0) {
                patch(rows.optionalUpdate(HullColumn.TYPE), row, seconds);
                refuel(rows.optionalUpdate(FuelColumn.TYPE), row, seconds);
                rearm(rows, row);
            }
        }
    }

    private static void patch(@Nullable HullColumn hull, int row, float seconds) {
        if (hull != null && hull.points[row] < hull.pointsMax[row]) {
            float more = hull.pointsMax[row] * HULL_SHARE_PER_SECOND * seconds;
            hull.points[row] = Math.min(hull.pointsMax[row], hull.points[row] + more);
            hull.markRow(row);
        }
    }

    private static void refuel(@Nullable FuelColumn fuel, int row, float seconds) {
        if (fuel != null && fuel.kilograms[row] < fuel.capacity[row]) {
            float more = fuel.capacity[row] * FUEL_SHARE_PER_SECOND * seconds;
            fuel.kilograms[row] = Math.min(fuel.capacity[row], fuel.kilograms[row] + more);
            fuel.markRow(row);
        }
    }

    private static void rearm(Rows rows, int row) {
        ArmamentColumn armament = rows.optionalUpdate(ArmamentColumn.TYPE);
        if (armament != null) {
            for (int i = row * Armament.MOUNTS; i < (row + 1) * Armament.MOUNTS; i++) {
                if (armament.ammunition[i] < armament.magazine[i]) {
                    armament.ammunition[i] =
                            Math.min(
                                    armament.magazine[i],
                                    armament.ammunition[i] + ROUNDS_PER_SERVICE);
                    armament.markRow(row);
                }
            }
        }
        WeaponStateColumn state = rows.optionalUpdate(WeaponStateColumn.TYPE);
        if (state != null && state.energy[row] < state.capacity[row]) {
            state.energy[row] = state.capacity[row];
            state.markRow(row);
        }
    }
}
