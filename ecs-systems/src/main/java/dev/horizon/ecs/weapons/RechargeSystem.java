package dev.horizon.ecs.weapons;

import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Recharges capacitors that aren't full, a tenth of the ships in each tick. */
final class RechargeSystem implements SystemTask {
    static final int PERIOD_TICKS = 10;

    static Access access() {
        return Access.none().updating(WeaponStateColumn.TYPE).optional(ShipSystemsColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        WeaponStateColumn state = rows.update(WeaponStateColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        float seconds = (float) (PERIOD_TICKS * tick.dt());
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            if (state.energy[row] < state.capacity[row]) {
                float power = systems == null ? 1f : systems.power[row];
                float more = state.recharge[row] * power * seconds;
                state.energy[row] = Math.min(state.capacity[row], state.energy[row] + more);
                state.markRow(row);
            }
        }
    }
}
