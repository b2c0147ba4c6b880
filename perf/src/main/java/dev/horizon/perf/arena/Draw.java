package dev.horizon.perf.arena;

import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * Draws what a ship does next: an acceleration in a random direction, pulled back towards its room
 * and down from too much speed, for 0.5 to 2 seconds. One per call, results in fields of the
 * column's row, so that nothing is allocated.
 */
final class Draw {
    private static final double SECONDS_MIN = 0.5;
    private static final double SECONDS_MAX = 2;
    private static final int PURPOSE_X = 101;
    private static final int PURPOSE_Y = 102;
    private static final int PURPOSE_Z = 103;
    private static final int PURPOSE_SECONDS = 104;

    private Draw() {}

    static boolean isDue(PostColumn post, int row, Tick tick) {
        return (int) tick.number() - post.nextAt[row] >= 0;
    }

    /** Writes acceleration and end of it to the post's row. */
    static void next(
            PostColumn post,
            DrivesColumn drives,
            PositionColumn position,
            MotionColumn motion,
            int row,
            long entity,
            Tick tick) {
        double x = 2 * tick.uniform(entity, PURPOSE_X) - 1;
        double y = 2 * tick.uniform(entity, PURPOSE_Y) - 1;
        double z = 2 * tick.uniform(entity, PURPOSE_Z) - 1;
        double room = post.roomMetres[row];
        double speed = drives.speed[row];
        x -= pull(position.x[row] - post.x[row], room) + motion.vx[row] / speed;
        y -= pull(position.y[row] - post.y[row], room) + motion.vy[row] / speed;
        z -= pull(position.z[row] - post.z[row], room) + motion.vz[row] / speed;
        double size = Math.sqrt(x * x + y * y + z * z);
        double scale = size > 1e-9 ? drives.thrust[row] / size : 0;
        post.ax[row] = (float) (x * scale);
        post.ay[row] = (float) (y * scale);
        post.az[row] = (float) (z * scale);
        double seconds =
                SECONDS_MIN + (SECONDS_MAX - SECONDS_MIN) * tick.uniform(entity, PURPOSE_SECONDS);
        post.nextAt[row] = (int) tick.number() + Math.max(1, (int) (seconds / tick.dt()));
        post.markRow(row);
    }

    /** Grows with the square of the distance, so that the room's middle is as free as its edge. */
    private static double pull(double metres, double room) {
        double share = metres / room;
        return share * Math.abs(share);
    }
}
