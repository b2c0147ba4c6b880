package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SteeringColumn;
import dev.horizon.engine.world.Tier;

/**
 * Tells receivers of what is steered by its controls alone: whether new ones must be told, and
 * which make what receivers extrapolate come back to the truth. Rounded controls drift away from
 * it; so each time that controls are told, they are chosen against what has come of those before.
 */
final class Steerer {
    private static final Tier[] TIERS = Tier.values();

    /** Receivers step through no more ticks than these. */
    private static final int REFRESH_TICKS = 1_024;

    /** How far ahead new controls are looked at: longer than a pilot mostly keeps them. */
    private static final double HORIZON_SECONDS = 1;

    /** Ticks that a look ahead takes at once, at most. */
    private static final int STRIDE_TICKS = 10;

    /** Of a place's error, of a velocity's and of an attitude's, what a second takes back. */
    private static final double PLACE_GAIN = 0.25;

    private static final double VELOCITY_GAIN = 0.875;
    private static final double ATTITUDE_GAIN = 0.7;

    /** Metres, and metres per second: what is farther or faster isn't on the grids. */
    private static final double PLACE_MAX = 1e12;

    private static final double VELOCITY_MAX = 1e6;
    private static final int RAMP_MAX = 0xFFFF;

    private final Tracks tracks;
    private final FrameWriter writer;
    private final int tickHz;
    private final double tickSeconds;
    private final int horizonTicks;
    private final boolean[] isSteered = new boolean[TIERS.length];
    private final int[] period = new int[TIERS.length];
    private final int[] placeExponent = new int[TIERS.length];
    private final double[] error = new double[TIERS.length];
    private final double[] errorSquared = new double[TIERS.length];
    private final double[] angle = new double[TIERS.length];
    private final double[] cosineHalfAngle = new double[TIERS.length];
    private final double[] truth = new double[Flight.NUMBERS];
    private final double[] shown = new double[Flight.NUMBERS];
    private final double[] later = new double[Flight.NUMBERS];
    private final double[] expected = new double[Flight.NUMBERS];
    private final double[] controls = new double[6];
    private long now;

    Steerer(
            Channels channels,
            FrameWriter writer,
            ChannelConfig config,
            int tickHz,
            int attitudeTiers) {
        this.tracks = channels.members.tracks;
        this.writer = writer;
        this.tickHz = tickHz;
        this.tickSeconds = Extrapolation.seconds(1, tickHz);
        this.horizonTicks = Math.max(1, (int) Math.rint(HORIZON_SECONDS * tickHz));
        for (Tier tier : TIERS) {
            int t = tier.ordinal();
            TierConfig promises = config.tier(tier);
            period[t] = channels.due[t].period();
            isSteered[t] =
                    config.steering()
                            && config.deadReckoning()
                            && (attitudeTiers & 1 << t) != 0
                            && period[t] <= Flight.AGE_MAX;
            placeExponent[t] = FrameWriter.placeExponent(promises.errorMetres());
            error[t] = promises.errorMetres();
            errorSquared[t] = error[t] * error[t];
            angle[t] = StrictMath.toRadians(promises.attitudeErrorDegrees());
            cosineHalfAngle[t] = StrictMath.cos(angle[t] / 2);
        }
    }

    void begin(long tick) {
        now = tick;
    }

    /** True when an entity is told by its controls at a tier now. */
    boolean steers(int lane, int tier, TableView view, int row) {
        SteeringColumn steering = view.steering;
        MotionColumn motion = view.motion;
        AttitudeColumn attitude = view.attitude;
        if (!isSteered[tier] || steering == null || motion == null || attitude == null) {
            return false;
        }
        boolean isUnderWay =
                isAny(steering.thrustX[row], steering.thrustY[row], steering.thrustZ[row])
                        || isAny(steering.spinX[row], steering.spinY[row], steering.spinZ[row])
                        || isAny(attitude.wx[row], attitude.wy[row], attitude.wz[row]);
        return (isUnderWay
                        || (tracks.isFlown(lane, tier)
                                && isAny(motion.vx[row], motion.vy[row], motion.vz[row])))
                && fits(view, steering, row, isCoarse(tier));
    }

    private static boolean isAny(float x, float y, float z) {
        return x != 0 || y != 0 || z != 0;
    }

    /** False for NaN too. */
    private boolean fits(TableView view, SteeringColumn steering, int row, boolean isCoarse) {
        PositionColumn position = view.position;
        if (position == null
                || !(Math.abs(position.x[row]) <= PLACE_MAX)
                || !(Math.abs(position.y[row]) <= PLACE_MAX)
                || !(Math.abs(position.z[row]) <= PLACE_MAX)
                || !(steering.spinRamp[row] >= 0)
                || !(steering.spinRamp[row] <= RAMP_MAX * Flight.RAMP_STEP)) {
            return false;
        }
        load(view, position, steering, row);
        return Math.abs(truth[3]) <= VELOCITY_MAX
                && Math.abs(truth[4]) <= VELOCITY_MAX
                && Math.abs(truth[5]) <= VELOCITY_MAX
                && PackedThree.fits(truth[10], truth[11], truth[12], FrameWriter.SPIN_STEP, false)
                && PackedThree.fits(truth[13], truth[14], truth[15], Flight.THRUST_STEP, isCoarse)
                && PackedThree.fits(truth[16], truth[17], truth[18], Flight.SPIN_STEP, isCoarse);
    }

    /** Where a tier isn't due every tick, controls are told in fewer bits, but with an age. */
    private boolean isCoarse(int tier) {
        return period[tier] > 1;
    }

    /** Columns of a row that {@link #steers} found. */
    private void load(TableView view, PositionColumn position, SteeringColumn steering, int row) {
        MotionColumn motion = view.motion;
        AttitudeColumn attitude = view.attitude;
        if (motion == null || attitude == null) {
            throw new IllegalStateException("a steered entity has motion and attitude");
        }
        truth[0] = position.x[row];
        truth[1] = position.y[row];
        truth[2] = position.z[row];
        truth[3] = motion.vx[row];
        truth[4] = motion.vy[row];
        truth[5] = motion.vz[row];
        truth[6] = attitude.qx[row];
        truth[7] = attitude.qy[row];
        truth[8] = attitude.qz[row];
        truth[9] = attitude.qw[row];
        truth[10] = attitude.wx[row];
        truth[11] = attitude.wy[row];
        truth[12] = attitude.wz[row];
        truth[13] = steering.thrustX[row];
        truth[14] = steering.thrustY[row];
        truth[15] = steering.thrustZ[row];
        truth[16] = steering.spinX[row];
        truth[17] = steering.spinY[row];
        truth[18] = steering.spinZ[row];
        truth[Flight.RAMP] = steering.spinRamp[row];
    }

    /**
     * Whether receivers must be told of an entity that {@link #steers} just said is steered.
     *
     * @param changedTick when its controls changed last
     */
    boolean mustTell(int lane, int tier, int changedTick) {
        if (!tracks.isFlown(lane, tier)) {
            return true;
        }
        Flight flight = tracks.flights.of(lane, tier);
        flight.peek(now, shown);
        boolean must = mustTell(flight, tier, changedTick);
        if (!must) {
            // What is told goes on from where it was: its new controls may have begun before now.
            flight.keep(now, shown);
        }
        return must;
    }

    private boolean mustTell(Flight flight, int tier, int changedTick) {
        if (now - flight.tick() >= REFRESH_TICKS || !isWithin(shown, truth, tier)) {
            return true;
        }
        if (isCoarse(tier)) {
            int ahead = isNew(flight, changedTick) ? horizonTicks : period[tier];
            return !isWithinAfter(ahead, tier);
        }
        // Later than in the tick in which they change, controls can't be told without all else.
        return changedTick == (int) now
                && isNew(flight, changedTick)
                && !isWithinAfter(horizonTicks, tier);
    }

    private static boolean isNew(Flight flight, int changedTick) {
        return changedTick - (int) flight.tick() > 0;
    }

    private boolean isWithinAfter(int ticks, int tier) {
        if (Parting.isWithin(shown, truth, ticks * tickSeconds, error[tier], angle[tier])) {
            return true;
        }
        System.arraycopy(shown, 0, expected, 0, Flight.NUMBERS);
        System.arraycopy(truth, 0, later, 0, Flight.NUMBERS);
        // Both go the same way in strides: what these leave out parts them by next to nothing.
        int strides = (ticks + STRIDE_TICKS - 1) / STRIDE_TICKS;
        double seconds = ticks * tickSeconds / Math.max(1, strides);
        FlightLaw.step(expected, 0, strides, seconds);
        FlightLaw.step(later, 0, strides, seconds);
        return isWithin(expected, later, tier);
    }

    private boolean isWithin(double[] shown, double[] real, int tier) {
        double dx = shown[0] - real[0];
        double dy = shown[1] - real[1];
        double dz = shown[2] - real[2];
        double dot =
                shown[6] * real[6] + shown[7] * real[7] + shown[8] * real[8] + shown[9] * real[9];
        return dx * dx + dy * dy + dz * dz <= errorSquared[tier]
                && Math.abs(dot) >= cosineHalfAngle[tier];
    }

    /** Tells of an entity that {@link #steers} just said is steered: its controls, or all of it. */
    void write(int slot, int lane, int tier, int changedTick, boolean isAnew) {
        Flight flight = tracks.flights.of(lane, tier);
        if (isAnew || !tracks.isFlown(lane, tier) || !steer(slot, flight, tier, changedTick)) {
            begin(slot, flight, lane, tier);
        }
        tracks.isFlown(lane, tier, true);
        tracks.placeTick(lane, tier, (int) now);
        double[] track = tracks.numbers[tier];
        flight.track(track, lane * Tracks.STRIDE);
    }

    private boolean steer(int slot, Flight flight, int tier, int changedTick) {
        int age = age(flight, tier, changedTick);
        int ramp = (int) Math.rint(truth[Flight.RAMP] / Flight.RAMP_STEP);
        if (age < 0 || ramp != flight.rampSteps() || now - flight.tick() >= REFRESH_TICKS) {
            return false;
        }
        flight.peek(now - age, shown);
        System.arraycopy(truth, Flight.THRUST, shown, Flight.THRUST, 6);
        FlightLaw.step(shown, 0, age, tickSeconds);
        bringBack();
        long thrust = PackedThree.pack(controls, 0, Flight.THRUST_STEP, isCoarse(tier));
        long spin = PackedThree.pack(controls, 3, Flight.SPIN_STEP, isCoarse(tier));
        if (thrust == PackedThree.NONE
                || spin == PackedThree.NONE
                || !flight.steer(now, age, (int) thrust, (int) spin, placeExponent[tier])) {
            return false;
        }
        flight.peek(now, shown);
        if (!isWithin(shown, truth, tier)
                || !isWithinAfter(period[tier], tier)
                || !isWithinAfter(horizonTicks, tier)) {
            return false;
        }
        writer.steered(slot, (int) thrust, (int) spin, age);
        return true;
    }

    /**
     * Ticks before now at which controls that are told now begin, -1 where that can't be told.
     * Where a tier is due every tick it is always one, so that gateways need not say it.
     */
    private int age(Flight flight, int tier, int changedTick) {
        long told = now - flight.tick();
        if (!isCoarse(tier)) {
            boolean isLate = isNew(flight, changedTick) && (int) now - changedTick > 0;
            return told < 1 || isLate ? -1 : 1;
        }
        int age = isNew(flight, changedTick) ? (int) now - changedTick + 1 : 0;
        return age > Math.min(told, Flight.AGE_MAX) ? -1 : age;
    }

    /** Wants controls that take back what is shown with those of the truth, in body axes. */
    private void bringBack() {
        double qx = truth[6];
        double qy = truth[7];
        double qz = truth[8];
        double qw = truth[9];
        double ex = PLACE_GAIN * (truth[0] - shown[0]) + VELOCITY_GAIN * (truth[3] - shown[3]);
        double ey = PLACE_GAIN * (truth[1] - shown[1]) + VELOCITY_GAIN * (truth[4] - shown[4]);
        double ez = PLACE_GAIN * (truth[2] - shown[2]) + VELOCITY_GAIN * (truth[5] - shown[5]);
        double tx = 2 * (qz * ey - qy * ez);
        double ty = 2 * (qx * ez - qz * ex);
        double tz = 2 * (qy * ex - qx * ey);
        controls[0] = truth[13] + ex + qw * tx + (qz * ty - qy * tz);
        controls[1] = truth[14] + ey + qw * ty + (qx * tz - qz * tx);
        controls[2] = truth[15] + ez + qw * tz + (qy * tx - qx * ty);
        // Twice the vector part of conjugate(truth) * shown: the turn from one to the other.
        double x = shown[6];
        double y = shown[7];
        double z = shown[8];
        double w = shown[9];
        double gain =
                qx * x + qy * y + qz * z + qw * w < 0 ? 2 * ATTITUDE_GAIN : -2 * ATTITUDE_GAIN;
        controls[3] = truth[16] + gain * (qw * x - qx * w - qy * z + qz * y);
        controls[4] = truth[17] + gain * (qw * y + qx * z - qy * w - qz * x);
        controls[5] = truth[18] + gain * (qw * z - qx * y + qy * x - qz * w);
    }

    private void begin(int slot, Flight flight, int lane, int tier) {
        double grid = Math.scalb(1.0, Flight.gridExponent(placeExponent[tier]));
        double speed = Math.scalb(1.0, Flight.speedExponent(placeExponent[tier]));
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE;
        for (int axis = 0; axis < 3; axis++) {
            expected[axis] = Math.rint(truth[axis] / grid) * grid + 0.0;
            expected[3 + axis] = Math.rint(truth[3 + axis] / speed) * speed + 0.0;
            track[at + axis] = expected[axis];
            track[at + 3 + axis] = expected[3 + axis];
        }
        boolean isCoarse = isCoarse(tier);
        int turn = (int) PackedThree.pack(truth, Flight.TURN, FrameWriter.SPIN_STEP, false);
        flight.begin(
                now,
                tickHz,
                expected,
                AttitudeCode.pack(truth[6], truth[7], truth[8], truth[9]),
                turn,
                (int) PackedThree.pack(truth, Flight.THRUST, Flight.THRUST_STEP, isCoarse),
                (int) PackedThree.pack(truth, Flight.SPIN, Flight.SPIN_STEP, isCoarse),
                (int) Math.rint(truth[Flight.RAMP] / Flight.RAMP_STEP));
        writer.flown(slot, track, at, turn, flight);
    }
}
