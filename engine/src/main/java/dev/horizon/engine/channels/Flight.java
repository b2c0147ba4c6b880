package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * The track of an entity that is steered: its thrust turns with it, and its angular velocity comes
 * to the one it strives for at a steady rate. Extrapolated tick by tick, by the same operations in
 * the same order at node, gateway, Java client and browser ({@code docs/replication.md}, "Steered
 * flight"), so all come to the same bits. Not thread-safe; allocates when made, and once more when
 * a state is first asked for without a place to put it, or from before the last row.
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
    public static final int NUMBERS = 20;

    /** Numbers of a flight. */
    static final int ALL_NUMBERS = 2 * NUMBERS;

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

    /** Two states: that of the last row, and the last that was asked for. */
    private final double[] numbers;

    private final int base;
    private final int now;
    private double[] quaternion = NOTHING;
    private double[] moment = NOTHING;
    private double tickSeconds;
    private long baseTick;
    private long nowTick;
    private int attitude;
    private int thrust;
    private int spin;
    private int ramp;

    /** A flight of nothing yet. */
    public Flight() {
        this(new double[ALL_NUMBERS], 0);
    }

    /** The same, its {@link #ALL_NUMBERS} kept in an array that it shares with others. */
    Flight(double[] numbers, int from) {
        this.numbers = numbers;
        this.base = from;
        this.now = from + NUMBERS;
    }

    /** Takes over all of another. */
    public void copy(Flight other) {
        System.arraycopy(other.numbers, other.base, numbers, base, ALL_NUMBERS);
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
     * @param placeAndVelocity three each
     * @param attitudeCode as {@link AttitudeCode} packs it
     * @param turn angular velocity, packed in steps of {@link FrameWriter#SPIN_STEP}
     * @param newThrust packed in steps of {@link #THRUST_STEP}
     * @param newSpin that is striven for, packed in steps of {@link #SPIN_STEP}
     * @param newRamp steps of {@link #RAMP_STEP}
     */
    public void begin(
            long tick,
            int tickHz,
            double[] placeAndVelocity,
            int attitudeCode,
            int turn,
            int newThrust,
            int newSpin,
            int newRamp) {
        System.arraycopy(placeAndVelocity, 0, numbers, base, ATTITUDE);
        attitude = attitudeCode;
        AttitudeCode.unpack(attitudeCode, numbers, base + ATTITUDE);
        for (int axis = 0; axis < 3; axis++) {
            numbers[base + TURN + axis] = PackedThree.part(turn, axis) * FrameWriter.SPIN_STEP;
        }
        ramp = newRamp;
        numbers[base + RAMP] = newRamp * RAMP_STEP;
        control(newThrust, newSpin);
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
        System.arraycopy(numbers, now, numbers, base, NUMBERS);
        control(newThrust, newSpin);
        FlightLaw.step(numbers, base, age, tickSeconds);
        round(placeExponent);
        settle(tick);
        return true;
    }

    private void control(int newThrust, int newSpin) {
        thrust = newThrust;
        spin = newSpin;
        for (int axis = 0; axis < 3; axis++) {
            numbers[base + THRUST + axis] = PackedThree.part(newThrust, axis) * THRUST_STEP;
            numbers[base + SPIN + axis] = PackedThree.part(newSpin, axis) * SPIN_STEP;
        }
    }

    private void settle(long tick) {
        System.arraycopy(numbers, base, numbers, now, NUMBERS);
        baseTick = tick;
        nowTick = tick;
    }

    /** So that a row tells all of it in few bytes. */
    private void round(int placeExponent) {
        double[] s = numbers;
        double grid = Math.scalb(1.0, gridExponent(placeExponent));
        double speed = Math.scalb(1.0, speedExponent(placeExponent));
        for (int at = base; at < base + VELOCITY; at++) {
            s[at] = Math.rint(s[at] / grid) * grid + 0.0;
            s[at + VELOCITY] = Math.rint(s[at + VELOCITY] / speed) * speed + 0.0;
        }
        int q = base + ATTITUDE;
        attitude = AttitudeCode.pack(s[q], s[q + 1], s[q + 2], s[q + 3]);
        AttitudeCode.unpack(attitude, s, q);
        PackedThree.round(s, base + TURN, FrameWriter.SPIN_STEP);
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
        return (int) Math.rint(numbers[base + TURN + axis] / FrameWriter.SPIN_STEP);
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
        System.arraycopy(numbers, base, out, at, ATTITUDE);
        FlightLaw.pull(numbers, base, out, at + ATTITUDE);
    }

    /** Place, velocity and acceleration of a state, three each: how it goes on at once. */
    public static void plain(double[] state, double[] out) {
        System.arraycopy(state, 0, out, 0, ATTITUDE);
        FlightLaw.pull(state, 0, out, ATTITUDE);
    }

    /**
     * Its state at a tick that may have a fraction: place, velocity, attitude, angular velocity.
     * Don't change it; it is another after the next call.
     */
    public double[] at(double tick) {
        if (moment == NOTHING) {
            moment = new double[NUMBERS];
        }
        at(tick, moment);
        return moment;
    }

    /**
     * The same for who has many, and a place for one state.
     *
     * @param out receives {@link #NUMBERS}
     */
    public void at(double tick, double[] out) {
        double whole = Math.floor(tick);
        if (!(whole >= baseTick)) {
            before((tick - baseTick) * tickSeconds, out);
            return;
        }
        nowAt((long) whole);
        System.arraycopy(numbers, now, out, 0, NUMBERS);
        if (whole != tick) {
            FlightLaw.step(out, 0, 1, (tick - whole) * tickSeconds);
        }
    }

    /** Brings its state to a whole tick, not before the last row's. */
    private void nowAt(long tick) {
        rewind(tick);
        advance(numbers, now, tick - nowTick);
        nowTick = tick;
    }

    private void rewind(long tick) {
        if (tick < nowTick) {
            System.arraycopy(numbers, base, numbers, now, NUMBERS);
            nowTick = baseTick;
        }
    }

    private void advance(double[] state, int at, long steps) {
        if (steps > STEPS_MAX) {
            double seconds = steps * tickSeconds;
            for (int axis = at; axis < at + VELOCITY; axis++) {
                state[axis] += state[axis + VELOCITY] * seconds;
            }
        } else {
            FlightLaw.step(state, at, (int) steps, tickSeconds);
        }
    }

    /**
     * Its state at a whole tick, not before the last row's. Costs fewer steps the fewer ticks that
     * is past the last tick that it was {@linkplain #keep kept} at.
     *
     * @param out receives {@link #NUMBERS}
     */
    void peek(long tick, double[] out) {
        rewind(tick);
        System.arraycopy(numbers, now, out, 0, NUMBERS);
        advance(out, 0, tick - nowTick);
    }

    /** Goes on from a state that it gave for a tick. */
    void keep(long tick, double[] state) {
        System.arraycopy(state, 0, numbers, now, NUMBERS);
        nowTick = tick;
    }

    /** Before the last row was true: along what it did then. */
    private void before(double seconds, double[] out) {
        if (quaternion == NOTHING) {
            quaternion = new double[4];
        }
        System.arraycopy(numbers, base, out, 0, NUMBERS);
        FlightLaw.pull(out, 0, quaternion, 0);
        for (int axis = 0; axis < 3; axis++) {
            double v = out[VELOCITY + axis];
            double a = quaternion[axis];
            out[axis] = Extrapolation.place(out[axis], v, a, seconds);
            out[VELOCITY + axis] = Extrapolation.velocity(v, a, seconds);
        }
        Extrapolation.attitude(
                out[ATTITUDE],
                out[ATTITUDE + 1],
                out[ATTITUDE + 2],
                out[ATTITUDE + 3],
                out[TURN],
                out[TURN + 1],
                out[TURN + 2],
                seconds,
                quaternion);
        System.arraycopy(quaternion, 0, out, ATTITUDE, 4);
    }

    @Override
    public String toString() {
        return "flight since tick "
                + baseTick
                + " from "
                + Arrays.toString(Arrays.copyOfRange(numbers, base, now));
    }
}
