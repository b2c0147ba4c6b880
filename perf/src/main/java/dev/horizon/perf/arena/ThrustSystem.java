package dev.horizon.perf.arena;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/** Moves points that thrust in any direction, as the flight system moves ships. */
final class ThrustSystem implements SystemTask {
    static Access access() {
        return Access.reading(DrivesColumn.TYPE)
                .writing(PositionColumn.TYPE, MotionColumn.TYPE)
                .updating(PostColumn.TYPE)
                .without(AttitudeColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        PostColumn post = rows.update(PostColumn.TYPE);
        DrivesColumn drives = rows.read(DrivesColumn.TYPE);
        PositionColumn position = rows.write(PositionColumn.TYPE);
        MotionColumn motion = rows.write(MotionColumn.TYPE);
        double dt = tick.dt();
        double half = 0.5 * dt;
        for (int row = rows.from(); row < rows.to(); row++) {
            if (Draw.isDue(post, row, tick)) {
                Draw.next(post, drives, position, motion, row, rows.entityAt(row), tick);
            }
            motion.ax[row] = post.ax[row];
            motion.ay[row] = post.ay[row];
            motion.az[row] = post.az[row];
            motion.vx[row] += (float) (post.ax[row] * dt);
            motion.vy[row] += (float) (post.ay[row] * dt);
            motion.vz[row] += (float) (post.az[row] * dt);
            position.x[row] += (motion.vx[row] - half * motion.ax[row]) * dt;
            position.y[row] += (motion.vy[row] - half * motion.ay[row]) * dt;
            position.z[row] += (motion.vz[row] - half * motion.az[row]) * dt;
        }
    }
}
