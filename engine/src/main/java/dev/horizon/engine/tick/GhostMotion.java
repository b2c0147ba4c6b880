package dev.horizon.engine.tick;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Turning;
import org.jspecify.annotations.Nullable;

/**
 * How a ghost goes on while its node says nothing new: as it moves and turns, to second order. Who
 * tells of it does the same, and so knows when it has to. Allocates nothing.
 */
final class GhostMotion {
    private GhostMotion() {}

    /**
     * Moves a row on by a tick.
     *
     * @param dt seconds
     */
    static void step(
            PositionColumn position,
            @Nullable MotionColumn motion,
            @Nullable AttitudeColumn attitude,
            int row,
            double dt) {
        if (motion != null && isMoving(motion, row)) {
            move(position, motion, row, dt);
        }
        if (attitude != null
                && (attitude.wx[row] != 0 || attitude.wy[row] != 0 || attitude.wz[row] != 0)) {
            Turning.step(attitude, row, (float) (0.5 * dt));
            attitude.markRow(row);
        }
    }

    private static boolean isMoving(MotionColumn motion, int row) {
        return motion.vx[row] != 0
                || motion.vy[row] != 0
                || motion.vz[row] != 0
                || motion.ax[row] != 0
                || motion.ay[row] != 0
                || motion.az[row] != 0;
    }

    private static void move(PositionColumn position, MotionColumn motion, int row, double dt) {
        double half = 0.5 * dt;
        position.x[row] += (motion.vx[row] + half * motion.ax[row]) * dt;
        position.y[row] += (motion.vy[row] + half * motion.ay[row]) * dt;
        position.z[row] += (motion.vz[row] + half * motion.az[row]) * dt;
        position.markRow(row);
        if (motion.ax[row] != 0 || motion.ay[row] != 0 || motion.az[row] != 0) {
            motion.vx[row] += (float) (motion.ax[row] * dt);
            motion.vy[row] += (float) (motion.ay[row] * dt);
            motion.vz[row] += (float) (motion.az[row] * dt);
            motion.markRow(row);
        }
    }
}
