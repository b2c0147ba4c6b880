package dev.horizon.perf.arena;

import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.flight.Rotation;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/** Draws thrust and turn of ships with a nose; the flight system does the rest. */
final class PilotSystem implements SystemTask {
    private static final int PURPOSE_ROLL = 105;
    private static final int PURPOSE_PITCH = 106;
    private static final int PURPOSE_YAW = 107;

    static Access access() {
        return Access.reading(
                        DrivesColumn.TYPE,
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        AttitudeColumn.TYPE)
                .updating(PostColumn.TYPE, ControlsColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        PostColumn post = rows.update(PostColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (Draw.isDue(post, row, tick)) {
                draw(rows, post, row, tick);
            }
        }
    }

    private static void draw(Rows rows, PostColumn post, int row, Tick tick) {
        DrivesColumn drives = rows.read(DrivesColumn.TYPE);
        long entity = rows.entityAt(row);
        Draw.next(
                post,
                drives,
                rows.read(PositionColumn.TYPE),
                rows.read(MotionColumn.TYPE),
                row,
                entity,
                tick);
        AttitudeColumn attitude = rows.read(AttitudeColumn.TYPE);
        ControlsColumn controls = rows.update(ControlsColumn.TYPE);
        float scale = 1 / drives.thrust[row];
        float x = post.ax[row] * scale;
        float y = post.ay[row] * scale;
        float z = post.az[row] * scale;
        float qx = attitude.qx[row];
        float qy = attitude.qy[row];
        float qz = attitude.qz[row];
        float qw = attitude.qw[row];
        controls.thrustX[row] = Rotation.bodyX(qx, qy, qz, qw, x, y, z);
        controls.thrustY[row] = Rotation.bodyY(qx, qy, qz, qw, x, y, z);
        controls.thrustZ[row] = Rotation.bodyZ(qx, qy, qz, qw, x, y, z);
        controls.roll[row] = stick(tick, entity, PURPOSE_ROLL);
        controls.pitch[row] = stick(tick, entity, PURPOSE_PITCH);
        controls.yaw[row] = stick(tick, entity, PURPOSE_YAW);
        controls.markRow(row);
    }

    private static float stick(Tick tick, long entity, int purpose) {
        return (float) (2 * tick.uniform(entity, purpose) - 1);
    }
}
