package dev.horizon.ecs.flight;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * Moves what nobody steers and no orbit leads, such as projectiles and wrecks, in straight lines.
 */
final class DriftSystem implements SystemTask {
    static Access access() {
        return Access.reading(MotionColumn.TYPE, DriftColumn.TYPE)
                .writing(PositionColumn.TYPE)
                .without(ParentColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        FlightSystem.move(
                rows.write(PositionColumn.TYPE), rows.read(MotionColumn.TYPE), rows, tick.dt());
    }
}
