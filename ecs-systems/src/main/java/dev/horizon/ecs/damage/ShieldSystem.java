package dev.horizon.ecs.damage;

import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Recharges shields that were not hit for a while, a tenth of the ships in each tick. */
final class ShieldSystem implements SystemTask {
    static final int PERIOD_TICKS = 10;
    private static final double CALM_SECONDS = 4;

    static Access access() {
        return Access.reading(DamageStateColumn.TYPE)
                .updating(ShieldColumn.TYPE)
                .optional(ShipSystemsColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        ShieldColumn shield = rows.update(ShieldColumn.TYPE);
        DamageStateColumn state = rows.read(DamageStateColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        int calmSince = (int) tick.number() - (int) (CALM_SECONDS / tick.dt());
        float seconds = (float) (PERIOD_TICKS * tick.dt());
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            if (shield.points[row] >= shield.pointsMax[row]
                    || (state.lastHitAt[row] != 0 && state.lastHitAt[row] - calmSince > 0)) {
                continue;
            }
            float factor = systems == null ? 1f : systems.shields[row] * systems.power[row];
            float more = state.shieldRecharge[row] * factor * seconds;
            if (more > 0) {
                shield.points[row] = Math.min(shield.pointsMax[row], shield.points[row] + more);
                shield.markRow(row);
            }
        }
    }
}
