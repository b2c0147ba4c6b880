package dev.horizon.ecs.steering;

import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.ecs.flight.Rotation;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * Turns goals into demands on the controls, a quarter of the ships in each tick. In between, and
 * where they would change by little, demands are held, which dead reckoning likes.
 *
 * <p>"Arrival" with a moving goal (Reynolds, "Steering Behaviors for Autonomous Characters", GDC
 * 1999): the wanted velocity is the goal's plus an approach speed from which the ship can still
 * stop, {@code v = sqrt(2 a d)}; the nose turns to the wanted change of velocity.
 */
final class HelmSystem implements SystemTask {
    static final int PERIOD_TICKS = 4;

    /** Share of the drives' deceleration that approaches count on. */
    private static final float BRAKE_SHARE = 0.6f;

    /** Seconds in which a difference of velocity is to be made up. */
    private static final float SETTLE_SECONDS = 0.6f;

    /** Metres per second that aren't worth a correction. */
    private static final float DEAD_BAND = 1.0f;

    /** Metres from the goal within which a ship is in its place. */
    private static final float BERTH_METRES = 50;

    /** Seconds in which what is left of the last metres is made up. */
    private static final float BERTH_SECONDS = 2;

    /** A demand that is nearer to the held one, or to none, isn't worth moving the stick. */
    private static final float SLACK = 1f / 32;

    /** Turn demand per unit of the sine of the error, in seconds to null it. */
    private static final float TURN_SECONDS = 0.7f;

    static Access access() {
        return Access.reading(
                        HelmColumn.TYPE,
                        FlightModelColumn.TYPE,
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        AttitudeColumn.TYPE)
                .updating(ControlsColumn.TYPE)
                .without(ParentColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HelmColumn helm = rows.read(HelmColumn.TYPE);
        FlightModelColumn model = rows.read(FlightModelColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        MotionColumn motion = rows.read(MotionColumn.TYPE);
        AttitudeColumn attitude = rows.read(AttitudeColumn.TYPE);
        ControlsColumn controls = rows.update(ControlsColumn.TYPE);
        int now = (int) tick.number();
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            if (helm.state[row] == 0) {
                continue;
            }
            float ahead = (float) ((now - helm.goalAt[row]) * tick.dt());
            float dx = (float) (helm.goalX[row] - position.x[row]) + helm.goalVx[row] * ahead;
            float dy = (float) (helm.goalY[row] - position.y[row]) + helm.goalVy[row] * ahead;
            float dz = (float) (helm.goalZ[row] - position.z[row]) + helm.goalVz[row] * ahead;
            float distance = (float) Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-3f;
            float brake = BRAKE_SHARE * model.thrustReverse[row] / model.mass[row];
            float room = distance - helm.standoff[row];
            float approach = room <= 0 ? 0 : Math.min(helm.speed[row], approach(brake, room));
            float scale = approach / distance;
            float wx = helm.goalVx[row] + dx * scale - motion.vx[row];
            float wy = helm.goalVy[row] + dy * scale - motion.vy[row];
            float wz = helm.goalVz[row] + dz * scale - motion.vz[row];
            boolean engaged = helm.state[row] == HelmState.ENGAGE.ordinal();
            aim(controls, row, engaged, engaged ? helm.target[row] : 0);
            thrust(controls, model, attitude, row, wx, wy, wz);
            float change = wx * wx + wy * wy + wz * wz;
            // A large change of velocity needs the main drive, and so the nose; a small one
            // doesn't.
            if (change > 400f && !(engaged && room < 0)) {
                face(controls, model, attitude, row, wx, wy, wz);
            } else if (distance > BERTH_METRES) {
                face(controls, model, attitude, row, dx, dy, dz);
            } else {
                // In its place there is no way to the goal: it looks where that goes.
                face(
                        controls,
                        model,
                        attitude,
                        row,
                        helm.goalVx[row],
                        helm.goalVy[row],
                        helm.goalVz[row]);
            }
        }
    }

    /**
     * In its last metres in proportion to them: the root is so steep there that ships would jerk.
     */
    private static float approach(float brake, float room) {
        return Math.min((float) Math.sqrt(2 * brake * room), room / BERTH_SECONDS);
    }

    private static void aim(ControlsColumn controls, int row, boolean fires, long target) {
        if (controls.fire[row] != fires || controls.target[row] != target) {
            controls.fire[row] = fires;
            controls.target[row] = target;
            controls.markRow(row);
        }
    }

    private static void demand(ControlsColumn controls, float[] held, int row, float wanted) {
        float demand = Math.abs(wanted) < SLACK ? 0 : wanted;
        float change = Math.abs(demand - held[row]);
        if (change >= SLACK || (change > 0 && (demand == 0 || Math.abs(demand) == 1))) {
            held[row] = demand;
            controls.markRow(row);
        }
    }

    private static void thrust(
            ControlsColumn controls,
            FlightModelColumn model,
            AttitudeColumn attitude,
            int row,
            float wx,
            float wy,
            float wz) {
        if (wx * wx + wy * wy + wz * wz < DEAD_BAND * DEAD_BAND) {
            demand(controls, controls.thrustX, row, 0);
            demand(controls, controls.thrustY, row, 0);
            demand(controls, controls.thrustZ, row, 0);
            return;
        }
        float qx = attitude.qx[row];
        float qy = attitude.qy[row];
        float qz = attitude.qz[row];
        float qw = attitude.qw[row];
        float bx = Rotation.bodyX(qx, qy, qz, qw, wx, wy, wz);
        float by = Rotation.bodyY(qx, qy, qz, qw, wx, wy, wz);
        float bz = Rotation.bodyZ(qx, qy, qz, qw, wx, wy, wz);
        float perNewton = model.mass[row] / SETTLE_SECONDS;
        float mainDrive = bx > 0 ? model.thrustForward[row] : model.thrustReverse[row];
        float lateral = model.thrustLateral[row];
        demand(controls, controls.thrustX, row, unit(bx * perNewton / mainDrive));
        demand(controls, controls.thrustY, row, unit(by * perNewton / lateral));
        demand(controls, controls.thrustZ, row, unit(bz * perNewton / lateral));
    }

    /** Turns the nose towards a direction in the star system's axes: x cross f is (0, -fz, fy). */
    private static void face(
            ControlsColumn controls,
            FlightModelColumn model,
            AttitudeColumn attitude,
            int row,
            float x,
            float y,
            float z) {
        float qx = attitude.qx[row];
        float qy = attitude.qy[row];
        float qz = attitude.qz[row];
        float qw = attitude.qw[row];
        float fx = Rotation.bodyX(qx, qy, qz, qw, x, y, z);
        float fy = Rotation.bodyY(qx, qy, qz, qw, x, y, z);
        float fz = Rotation.bodyZ(qx, qy, qz, qw, x, y, z);
        float side = (float) Math.sqrt(fy * fy + fz * fz);
        float length = (float) Math.sqrt(fx * fx + side * side) + 1e-6f;
        float error = side / length;
        if (fx < 0) {
            // Behind: the sine gets smaller again, but the way to turn doesn't.
            error = 2f - error;
        }
        float rate = error / (TURN_SECONDS * model.turnRate[row]);
        float share = side < 1e-6f ? 0 : unit(rate) / side;
        demand(controls, controls.roll, row, 0);
        demand(controls, controls.pitch, row, -fz * share);
        demand(controls, controls.yaw, row, side < 1e-6f && fx < 0 ? 1 : fy * share);
    }

    private static float unit(float demand) {
        return Math.max(-1f, Math.min(1f, demand));
    }
}
