package dev.horizon.perf.arena;

import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.damage.ShieldColumn;
import dev.horizon.ecs.weapons.WeaponStateColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/**
 * Fire and damage without rounds and deaths: a ship shoots every other second or so and is hit
 * every four, first on its shield, then on its hull, and is patched up when little is left. So its
 * fields change as in a fight, and the number of ships stays.
 */
final class SkirmishSystem implements SystemTask {
    private static final double SHOTS_PER_SECOND = 0.5;
    private static final double HITS_PER_SECOND = 0.25;
    private static final float DAMAGE_MAX = 120;
    private static final float SHOT_ENERGY = 20;
    private static final int PURPOSE_SHOT = 108;
    private static final int PURPOSE_HIT = 109;
    private static final int PURPOSE_DAMAGE = 110;

    static Access access() {
        return Access.none().updating(HullColumn.TYPE, ShieldColumn.TYPE, WeaponStateColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HullColumn hull = rows.update(HullColumn.TYPE);
        ShieldColumn shield = rows.update(ShieldColumn.TYPE);
        WeaponStateColumn weapons = rows.update(WeaponStateColumn.TYPE);
        double shots = SHOTS_PER_SECOND * tick.dt();
        double hits = HITS_PER_SECOND * tick.dt();
        for (int row = rows.from(); row < rows.to(); row++) {
            long entity = rows.entityAt(row);
            if (tick.uniform(entity, PURPOSE_SHOT) < shots) {
                shoot(weapons, row);
            }
            if (tick.uniform(entity, PURPOSE_HIT) < hits) {
                float damage = (float) (DAMAGE_MAX * tick.uniform(entity, PURPOSE_DAMAGE));
                hit(shield, hull, row, damage);
            }
        }
    }

    private static void shoot(WeaponStateColumn weapons, int row) {
        weapons.shots[row]++;
        float left = weapons.energy[row] - SHOT_ENERGY;
        weapons.energy[row] = left > 0 ? left : weapons.capacity[row];
        weapons.markRow(row);
    }

    private static void hit(ShieldColumn shield, HullColumn hull, int row, float damage) {
        float through = damage - shield.points[row];
        if (through <= 0) {
            shield.points[row] -= damage;
            shield.markRow(row);
            return;
        }
        shield.points[row] = shield.pointsMax[row];
        shield.markRow(row);
        float left = hull.points[row] - through;
        hull.points[row] = left > 0 ? left : hull.pointsMax[row];
        hull.markRow(row);
    }
}
