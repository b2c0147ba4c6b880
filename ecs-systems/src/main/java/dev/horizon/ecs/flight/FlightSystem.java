package dev.horizon.ecs.flight;

import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SteeringColumn;
import dev.horizon.engine.world.Turning;
import org.jspecify.annotations.Nullable;

/**
 * Integrates every free ship by one tick: demands become thrust and turn within the hull's limits
 * and the health of its drives.
 *
 * <p>Velocity first, then the place by the mean of the velocities before and after: exact for
 * constant acceleration, at any tick rate and in every frame of reference, and so what receivers
 * extrapolate to second order; attitude by the quaternion rate {@code q' = q * (w, 0) / 2} (Diebel
 * 2006, section 6.5) and renormalised each tick.
 */
final class FlightSystem implements SystemTask {
    private static final float EMPTY_TANK_THRUST = 0.1f;

    /** Metres per second squared. */
    private static final float LIMITED_STEP = 0.25f;

    static Access access() {
        return Access.reading(FlightModelColumn.TYPE, ControlsColumn.TYPE)
                .writing(PositionColumn.TYPE, MotionColumn.TYPE, AttitudeColumn.TYPE)
                .optional(ShipSystemsColumn.TYPE)
                .optionallyUpdating(FuelColumn.TYPE, SteeringColumn.TYPE)
                .without(ParentColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        float dt = (float) tick.dt();
        thrust(rows, dt);
        turn(rows, dt);
        advance(rows.write(PositionColumn.TYPE), rows.read(MotionColumn.TYPE), rows, tick.dt());
    }

    private static void thrust(Rows rows, float dt) {
        ControlsColumn controls = rows.read(ControlsColumn.TYPE);
        FlightModelColumn model = rows.read(FlightModelColumn.TYPE);
        AttitudeColumn attitude = rows.read(AttitudeColumn.TYPE);
        MotionColumn motion = rows.write(MotionColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        FuelColumn fuel = rows.optionalUpdate(FuelColumn.TYPE);
        SteeringColumn steering = rows.optionalUpdate(SteeringColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            float x = Controls.clamp(controls.thrustX[row]);
            float y = Controls.clamp(controls.thrustY[row]);
            float z = Controls.clamp(controls.thrustZ[row]);
            if (x == 0f && y == 0f && z == 0f) {
                motion.ax[row] = 0f;
                motion.ay[row] = 0f;
                motion.az[row] = 0f;
                steer(steering, row, 0f, 0f, 0f);
                continue;
            }
            float factor = systems == null ? 1f : systems.thrust[row];
            if (fuel != null) {
                factor *= burn(fuel, row, (Math.abs(x) + Math.abs(y) + Math.abs(z)) * dt);
            }
            factor /= model.mass[row];
            x *= factor * (x > 0f ? model.thrustForward[row] : model.thrustReverse[row]);
            y *= factor * model.thrustLateral[row];
            z *= factor * model.thrustLateral[row];
            accelerate(attitude, motion, steering, row, x, y, z, model.maxSpeed[row], dt);
        }
    }

    private static float burn(FuelColumn fuel, int row, float fullThrustSeconds) {
        float left = fuel.kilograms[row];
        if (left <= 0f) {
            return EMPTY_TANK_THRUST;
        }
        fuel.kilograms[row] = Math.max(0f, left - fuel.burn[row] * fullThrustSeconds);
        fuel.markRow(row);
        return 1f;
    }

    /** Adds a body acceleration to the velocity; at the speed limit only its direction changes. */
    private static void accelerate(
            AttitudeColumn attitude,
            MotionColumn motion,
            @Nullable SteeringColumn steering,
            int row,
            float bodyX,
            float bodyY,
            float bodyZ,
            float maxSpeed,
            float dt) {
        float qx = attitude.qx[row];
        float qy = attitude.qy[row];
        float qz = attitude.qz[row];
        float qw = attitude.qw[row];
        float ax = Rotation.outerX(qx, qy, qz, qw, bodyX, bodyY, bodyZ);
        float ay = Rotation.outerY(qx, qy, qz, qw, bodyX, bodyY, bodyZ);
        float az = Rotation.outerZ(qx, qy, qz, qw, bodyX, bodyY, bodyZ);
        float vx = motion.vx[row] + ax * dt;
        float vy = motion.vy[row] + ay * dt;
        float vz = motion.vz[row] + az * dt;
        float speedSquared = vx * vx + vy * vy + vz * vz;
        if (speedSquared > maxSpeed * maxSpeed) {
            float scale = maxSpeed / (float) Math.sqrt(speedSquared);
            vx *= scale;
            vy *= scale;
            vz *= scale;
            ax = (vx - motion.vx[row]) / dt;
            ay = (vy - motion.vy[row]) / dt;
            az = (vz - motion.vz[row]) / dt;
            steer(
                    steering,
                    row,
                    step(Rotation.bodyX(qx, qy, qz, qw, ax, ay, az)),
                    step(Rotation.bodyY(qx, qy, qz, qw, ax, ay, az)),
                    step(Rotation.bodyZ(qx, qy, qz, qw, ax, ay, az)));
        } else {
            steer(steering, row, bodyX, bodyY, bodyZ);
        }
        motion.vx[row] = vx;
        motion.vy[row] = vy;
        motion.vz[row] = vz;
        motion.ax[row] = ax;
        motion.ay[row] = ay;
        motion.az[row] = az;
    }

    /** In steps: at the speed limit it is another at each tick, and who watches is told of it. */
    private static float step(float acceleration) {
        return (float) Math.rint(acceleration / LIMITED_STEP) * LIMITED_STEP;
    }

    private static void steer(
            @Nullable SteeringColumn steering, int row, float x, float y, float z) {
        if (steering != null
                && (steering.thrustX[row] != x
                        || steering.thrustY[row] != y
                        || steering.thrustZ[row] != z)) {
            steering.thrustX[row] = x;
            steering.thrustY[row] = y;
            steering.thrustZ[row] = z;
            steering.markRow(row);
        }
    }

    private static void strive(
            @Nullable SteeringColumn steering, int row, float x, float y, float z, float ramp) {
        if (steering != null
                && (steering.spinX[row] != x
                        || steering.spinY[row] != y
                        || steering.spinZ[row] != z
                        || steering.spinRamp[row] != ramp)) {
            steering.spinX[row] = x;
            steering.spinY[row] = y;
            steering.spinZ[row] = z;
            steering.spinRamp[row] = ramp;
            steering.markRow(row);
        }
    }

    private static void turn(Rows rows, float dt) {
        ControlsColumn controls = rows.read(ControlsColumn.TYPE);
        FlightModelColumn model = rows.read(FlightModelColumn.TYPE);
        AttitudeColumn attitude = rows.write(AttitudeColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        SteeringColumn steering = rows.optionalUpdate(SteeringColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            float rate = model.turnRate[row];
            float rollRate = model.rollRate[row];
            float ramp = model.turnAcceleration[row];
            if (systems != null) {
                float health = systems.turn[row];
                rate *= health;
                rollRate *= health;
                ramp *= health;
            }
            float rollTo = Controls.clamp(controls.roll[row]) * rollRate;
            float pitchTo = Controls.clamp(controls.pitch[row]) * rate;
            float yawTo = Controls.clamp(controls.yaw[row]) * rate;
            strive(steering, row, rollTo, pitchTo, yawTo, ramp);
            float step = ramp * dt;
            float wx = approach(attitude.wx[row], rollTo, step);
            float wy = approach(attitude.wy[row], pitchTo, step);
            float wz = approach(attitude.wz[row], yawTo, step);
            attitude.wx[row] = wx;
            attitude.wy[row] = wy;
            attitude.wz[row] = wz;
            if (wx != 0f || wy != 0f || wz != 0f) {
                Turning.step(attitude, row, 0.5f * dt);
            }
        }
    }

    private static float approach(float from, float to, float step) {
        return from + Math.max(-step, Math.min(step, to - from));
    }

    /** The velocity is that of the tick's end; half a tick's acceleration off is its mean. */
    private static void advance(
            PositionColumn position, MotionColumn motion, Rows rows, double dt) {
        int to = rows.to();
        double half = 0.5 * dt;
        for (int row = rows.from(); row < to; row++) {
            position.x[row] += (motion.vx[row] - half * motion.ax[row]) * dt;
            position.y[row] += (motion.vy[row] - half * motion.ay[row]) * dt;
            position.z[row] += (motion.vz[row] - half * motion.az[row]) * dt;
        }
    }

    /** The same for what has no drive. */
    static void move(PositionColumn position, MotionColumn motion, Rows rows, double dt) {
        int to = rows.to();
        for (int row = rows.from(); row < to; row++) {
            position.x[row] += motion.vx[row] * dt;
            position.y[row] += motion.vy[row] * dt;
            position.z[row] += motion.vz[row] * dt;
        }
    }
}
