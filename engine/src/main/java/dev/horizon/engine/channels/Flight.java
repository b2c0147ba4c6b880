package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * The track of an entity that is steered: its thrust turns with it, and its angular velocity comes
 * to the one it strives for at a steady rate. Extrapolated tick by tick, by the same operations in
 * the same order at node, gateway, Java client and browser ({@code docs/replication.md}, "Steered
 * flight"), so all come to the same bits. Not thread-safe; allocates when made, and once more when
 * a moment between ticks is first asked for.
 */
public final class Flight {
    /** Ticks before a frame's at which new controls may have begun, at most. */
    public static final int AGE_MAX = 15;

    /** What one step of a packed thrust is, metres per second squared. */
    public static final double THRUST_STEP = 0x1p-10;

    /** What one step of a packed spin that is striven for is, radians per second. */
    public static final double SPIN_STEP = 0x1p-14;

    /** What one step of a ramp is, radians per second squared. */
    public static final double RAMP_STEP = 0x1p-8;

    /** Numbers of a state. */
    static final int NUMBERS = 20;

    static final int VELOCITY = 3;
    static final int ATTITUDE = 6;
    static final int TURN = 10;
    static final int THRUST = 13;
    static final int SPIN = 16;
    static final int RAMP = 19;

    /** Ticks that are stepped through; what is further ahead goes straight on. */
    private static final int STEPS_MAX = 4_096;

    /** A place is rounded to this power of two of its row's step, a velocity to half of that. */
    private static final int GRID_SHIFT = 2;

    private static final double[] NOTHING = {};

    private final double[] base = new double[NUMBERS];
    private final double[] now = new double[NUMBERS];
    private final double[] quaternion = new double[4];
    private double[] moment = NOTHING;
    private double tickSeconds;
    private long baseTick;
    private long nowTick;
    private int attitude;
    private int thrust;
    private int spin;
    private int ramp;

    /** A flight of nothing yet. */
    public Flight() {}

    /** Takes over all of another. */
    public void copy(Flight other) {
        System.arraycopy(other.base, 0, base, 0, NUMBERS);
        System.arraycopy(other.now, 0, now, 0, NUMBERS);
        tickSeconds = other.tickSeconds;
        baseTick = other.baseTick;
        nowTick = other.nowTick;
        attitude = other.attitude;
        thrust = other.thrust;
        spin = other.spin;
        ramp = other.ramp;
    }

    /** Exponent of the grid that places of steered entities are on, by that of a place's step. */
    public static int gridExponent(int placeExponent) {
        return placeExponent - GRID_SHIFT;
    }

    /** The same for velocities. */
    public static int speedExponent(int placeExponent) {
        return placeExponent - GRID_SHIFT - 1;
    }

    /**
     * Begins anew with all that a row says, true at a tick. Place and velocity are on their grids.
     *
     * @param numbers place and velocity, three each
     * @param attitudeCode as {@link AttitudeCode} packs it
     * @param turn angular velocity, packed in steps of {@link FrameWriter#SPIN_STEP}
     * @param newThrust packed in steps of {@link #THRUST_STEP}
     * @param newSpin that is striven for, packed in steps of {@link #SPIN_STEP}
     * @param newRamp steps of {@link #RAMP_STEP}
     */
    public void begin(
            long tick,
            int tickHz,
            double[] numbers,
            int attitudeCode,
            int turn,
            int newThrust,
            int newSpin,
            int newRamp) {
        System.arraycopy(numbers, 0, base, 0, ATTITUDE);
        attitude = attitudeCode;
        AttitudeCode.unpack(attitudeCode, quaternion);
        System.arraycopy(quaternion, 0, base, ATTITUDE, 4);
        for (int axis = 0; axis < 3; axis++) {
            base[TURN + axis] = PackedThree.part(turn, axis) * FrameWriter.SPIN_STEP;
        }
        ramp = newRamp;
        base[RAMP] = newRamp * RAMP_STEP;
        control(base, newThrust, newSpin);
        tickSeconds = Extrapolation.seconds(1, tickHz);
        settle(tick);
    }

    /**
     * Applies new controls that have held for some ticks by now, and rounds what comes of it.
     *
     * @param tick now; not before the last row's
     * @param age since when, ticks before now
     * @return false, with nothing changed, where that is before the last row
     */
    public boolean steer(long tick, int age, int newThrust, int newSpin, int placeExponent) {
        long from = tick - age;
        if (age < 0 || from < baseTick) {
            return false;
        }
        nowAt(from);
        System.arraycopy(now, 0, base, 0, NUMBERS);
        control(base, newThrust, newSpin);
        step(base, age, tickSeconds);
        round(base, placeExponent);
        settle(tick);
        return true;
    }

    private void control(double[] state, int newThrust, int newSpin) {
        thrust = newThrust;
        spin = newSpin;
        for (int axis = 0; axis < 3; axis++) {
            state[THRUST + axis] = PackedThree.part(newThrust, axis) * THRUST_STEP;
            state[SPIN + axis] = PackedThree.part(newSpin, axis) * SPIN_STEP;
        }
    }

    private void settle(long tick) {
        System.arraycopy(base, 0, now, 0, NUMBERS);
        baseTick = tick;
        nowTick = tick;
    }

    /** So that a row tells all of it in few bytes. */
    private void round(double[] state, int placeExponent) {
        double grid = Math.scalb(1.0, gridExponent(placeExponent));
        double speed = Math.scalb(1.0, speedExponent(placeExponent));
        for (int axis = 0; axis < 3; axis++) {
            state[axis] = Math.rint(state[axis] / grid) * grid + 0.0;
            state[VELOCITY + axis] = Math.rint(state[VELOCITY + axis] / speed) * speed + 0.0;
        }
        attitude =
                AttitudeCode.pack(
                        state[ATTITUDE],
                        state[ATTITUDE + 1],
                        state[ATTITUDE + 2],
                        state[ATTITUDE + 3]);
        AttitudeCode.unpack(attitude, quaternion);
        System.arraycopy(quaternion, 0, state, ATTITUDE, 4);
        PackedThree.round(state, TURN, FrameWriter.SPIN_STEP);
    }

    /** When the last row was true. */
    public long tick() {
        return baseTick;
    }

    /** Its attitude at that tick, as {@link AttitudeCode} packs it. */
    public int attitudeCode() {
        return attitude;
    }

    /** Its angular velocity at that tick, packed; {@link PackedThree#NONE} where it is too much. */
    public long packedTurn() {
        return PackedThree.pack(turnSteps(0), turnSteps(1), turnSteps(2));
    }

    private int turnSteps(int axis) {
        return (int) Math.rint(base[TURN + axis] / FrameWriter.SPIN_STEP);
    }

    /** Its thrust, packed. */
    public int packedThrust() {
        return thrust;
    }

    /** The spin that it strives for, packed. */
    public int packedSpin() {
        return spin;
    }

    /** Steps of its ramp. */
    public int rampSteps() {
        return ramp;
    }

    /**
     * Where it was when the last row was true.
     *
     * @param out receives place, velocity and acceleration, three each, at {@code at}
     */
    public void track(double[] out, int at) {
        System.arraycopy(base, 0, out, at, ATTITUDE);
        pull(base, out, at + ATTITUDE);
    }

    /** Place, velocity and acceleration of a state, three each: how it goes on at once. */
    public static void plain(double[] state, double[] out) {
        System.arraycopy(state, 0, out, 0, ATTITUDE);
        pull(state, out, ATTITUDE);
    }

    /**
     * Its state at a tick that may have a fraction: place, velocity, attitude, angular velocity.
     * Don't change it; it is another after the next call.
     */
    public double[] at(double tick) {
        double whole = Math.floor(tick);
        if (!(whole >= baseTick)) {
            return before((tick - baseTick) * tickSeconds);
        }
        nowAt((long) whole);
        if (whole == tick) {
            return now;
        }
        System.arraycopy(now, 0, between(), 0, NUMBERS);
        step(moment, 1, (tick - whole) * tickSeconds);
        return moment;
    }

    /** Its state at a whole tick, not before the last row's. */
    double[] nowAt(long tick) {
        if (tick < nowTick) {
            System.arraycopy(base, 0, now, 0, NUMBERS);
            nowTick = baseTick;
        }
        long steps = tick - nowTick;
        if (steps > STEPS_MAX) {
            double seconds = steps * tickSeconds;
            for (int axis = 0; axis < 3; axis++) {
                now[axis] += now[VELOCITY + axis] * seconds;
            }
        } else {
            step(now, (int) steps, tickSeconds);
        }
        nowTick = tick;
        return now;
    }

    /** Before the last row was true: along what it did then. */
    private double[] before(double seconds) {
        double[] out = between();
        System.arraycopy(base, 0, out, 0, NUMBERS);
        pull(base, quaternion, 0);
        for (int axis = 0; axis < 3; axis++) {
            double v = base[VELOCITY + axis];
            double a = quaternion[axis];
            out[axis] = Extrapolation.place(base[axis], v, a, seconds);
            out[VELOCITY + axis] = Extrapolation.velocity(v, a, seconds);
        }
        Extrapolation.attitude(
                base[ATTITUDE],
                base[ATTITUDE + 1],
                base[ATTITUDE + 2],
                base[ATTITUDE + 3],
                base[TURN],
                base[TURN + 1],
                base[TURN + 2],
                seconds,
                quaternion);
        System.arraycopy(quaternion, 0, out, ATTITUDE, 4);
        return out;
    }

    private double[] between() {
        if (moment == NOTHING) {
            moment = new double[NUMBERS];
        }
        return moment;
    }

    /** The acceleration of a state: its thrust, turned as it is turned. */
    static void pull(double[] s, double[] out, int at) {
        double x = s[THRUST];
        double y = s[THRUST + 1];
        double z = s[THRUST + 2];
        double qx = s[ATTITUDE];
        double qy = s[ATTITUDE + 1];
        double qz = s[ATTITUDE + 2];
        double qw = s[ATTITUDE + 3];
        double tx = 2 * (qy * z - qz * y);
        double ty = 2 * (qz * x - qx * z);
        double tz = 2 * (qx * y - qy * x);
        out[at] = x + qw * tx + (qy * tz - qz * ty);
        out[at + 1] = y + qw * ty + (qz * tx - qx * tz);
        out[at + 2] = z + qw * tz + (qx * ty - qy * tx);
    }

    /**
     * Moves a state on: thrust as it is turned at the beginning, then the spin comes nearer to the
     * one striven for, then it turns by that ({@code q' = q * (w, 0) / 2}; Diebel, "Representing
     * Attitude", 2006, section 6.5).
     *
     * @param seconds of each step
     */
    static void step(double[] s, int steps, double seconds) {
        double px = s[0];
        double py = s[1];
        double pz = s[2];
        double vx = s[VELOCITY];
        double vy = s[VELOCITY + 1];
        double vz = s[VELOCITY + 2];
        double qx = s[ATTITUDE];
        double qy = s[ATTITUDE + 1];
        double qz = s[ATTITUDE + 2];
        double qw = s[ATTITUDE + 3];
        double wx = s[TURN];
        double wy = s[TURN + 1];
        double wz = s[TURN + 2];
        double x = s[THRUST];
        double y = s[THRUST + 1];
        double z = s[THRUST + 2];
        double spinX = s[SPIN];
        double spinY = s[SPIN + 1];
        double spinZ = s[SPIN + 2];
        double most = s[RAMP] * seconds;
        double half = 0.5 * seconds;
        for (int i = 0; i < steps; i++) {
            double tx = 2 * (qy * z - qz * y);
            double ty = 2 * (qz * x - qx * z);
            double tz = 2 * (qx * y - qy * x);
            double ax = x + qw * tx + (qy * tz - qz * ty);
            double ay = y + qw * ty + (qz * tx - qx * tz);
            double az = z + qw * tz + (qx * ty - qy * tx);
            px = Extrapolation.place(px, vx, ax, seconds);
            py = Extrapolation.place(py, vy, ay, seconds);
            pz = Extrapolation.place(pz, vz, az, seconds);
            vx = Extrapolation.velocity(vx, ax, seconds);
            vy = Extrapolation.velocity(vy, ay, seconds);
            vz = Extrapolation.velocity(vz, az, seconds);
            wx = approach(wx, spinX, most);
            wy = approach(wy, spinY, most);
            wz = approach(wz, spinZ, most);
            double nx = qx + half * (qw * wx + qy * wz - qz * wy);
            double ny = qy + half * (qw * wy + qz * wx - qx * wz);
            double nz = qz + half * (qw * wz + qx * wy - qy * wx);
            double nw = qw - half * (qx * wx + qy * wy + qz * wz);
            double inverse = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz + nw * nw);
            qx = nx * inverse;
            qy = ny * inverse;
            qz = nz * inverse;
            qw = nw * inverse;
        }
        s[0] = px;
        s[1] = py;
        s[2] = pz;
        s[VELOCITY] = vx;
        s[VELOCITY + 1] = vy;
        s[VELOCITY + 2] = vz;
        s[ATTITUDE] = qx;
        s[ATTITUDE + 1] = qy;
        s[ATTITUDE + 2] = qz;
        s[ATTITUDE + 3] = qw;
        s[TURN] = wx;
        s[TURN + 1] = wy;
        s[TURN + 2] = wz;
    }

    private static double approach(double from, double to, double most) {
        double way = to - from;
        // Branches: Math.min and Math.max of doubles cost as much as all else here.
        return from + (way > most ? most : way < -most ? -most : way);
    }

    @Override
    public String toString() {
        return "flight since tick " + baseTick + " from " + Arrays.toString(base);
    }
}
