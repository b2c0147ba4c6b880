package dev.horizon.plugins.combat;

import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.weapons.ArmamentColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.OwnerColumn;

/** Puts a catch on the trigger of each player's armed ship. */
final class EnlistSystem implements SystemTask {
    static Access access() {
        return Access.reading(OwnerColumn.TYPE, ControlsColumn.TYPE, ArmamentColumn.TYPE)
                .without(SafetyColumn.TYPE)
                .spawning(SafetyColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        for (int row = rows.from(); row < rows.to(); row++) {
            rows.commands().add(rows.entityAt(row), SafetyColumn.TYPE);
        }
    }
}
