package dev.horizon.engine.channels;

import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;

/**
 * Writes rows that correct what receivers extrapolate, where a correction fits: a nudge of the
 * place where the motion that they extrapolate is right to a step, else a kick. The track is moved
 * on by the same operations in the same order as {@link ReplicaSlot#advance} does it.
 */
final class Corrections {
    private static final Tier[] TIERS = Tier.values();
    private static final int OFFSET_MAX = Byte.MAX_VALUE;
    private static final int ACCELERATION_MAX = Short.MAX_VALUE;

    private final Tracks tracks;
    private final FrameWriter writer;
    private final TickAges age;
    private final double[] errorSquared = new double[TIERS.length];
    private final double[] periodSeconds = new double[TIERS.length];
    private final double[] placeStep = new double[TIERS.length];
    private final double[] placeSteps = new double[TIERS.length];
    private final double[] kickStep = new double[TIERS.length];
    private final double[] kickSteps = new double[TIERS.length];
    private final double[] pullStep = new double[TIERS.length];
    private final double[] pullSteps = new double[TIERS.length];

    private final double[] place = new double[3];
    private final double[] velocity = new double[3];
    private final double[] offset = new double[3];
    private final double[] kick = new double[3];
    private final double[] pull = new double[3];

    Corrections(Channels channels, FrameWriter writer, ChannelConfig config, int tickHz) {
        this.tracks = channels.members.tracks;
        this.writer = writer;
        this.age = new TickAges(tickHz);
        for (Tier tier : TIERS) {
            int t = tier.ordinal();
            double error = config.tier(tier).errorMetres();
            int exponent = FrameWriter.placeExponent(error);
            errorSquared[t] = error * error;
            periodSeconds[t] = Extrapolation.seconds(channels.due[t].period(), tickHz);
            placeStep[t] = Math.scalb(1.0, exponent);
            kickStep[t] = Math.scalb(1.0, FrameWriter.kickExponent(exponent));
            pullStep[t] = Math.scalb(1.0, FrameWriter.accelerationExponent(exponent));
            placeSteps[t] = 1 / placeStep[t];
            kickSteps[t] = 1 / kickStep[t];
            pullSteps[t] = 1 / pullStep[t];
        }
    }

    /**
     * Corrects a track that receivers hold.
     *
     * @param motion of a moving entity; one at rest is better placed anew
     * @return false when nothing was written, because no correction fits
     */
    boolean write(
            int slot,
            int lane,
            int tier,
            PositionColumn position,
            MotionColumn motion,
            int row,
            int now) {
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE;
        double seconds = age.seconds(now - tracks.placeTick(lane, tier));
        for (int axis = 0; axis < 3; axis++) {
            double v = track[at + 3 + axis];
            double a = track[at + 6 + axis];
            place[axis] = Extrapolation.place(track[at + axis], v, a, seconds);
            velocity[axis] = Extrapolation.velocity(v, a, seconds);
        }
        offset[0] = steps(position.x[row] - place[0], placeSteps[tier]);
        offset[1] = steps(position.y[row] - place[1], placeSteps[tier]);
        offset[2] = steps(position.z[row] - place[2], placeSteps[tier]);
        if (!fits(offset, OFFSET_MAX)) {
            return false;
        }
        kick[0] = steps(motion.vx[row] - velocity[0], kickSteps[tier]);
        kick[1] = steps(motion.vy[row] - velocity[1], kickSteps[tier]);
        kick[2] = steps(motion.vz[row] - velocity[2], kickSteps[tier]);
        double unit = pullSteps[tier];
        double fine =
                1
                        << PackedThree.shiftOf(
                                motion.ax[row] * unit,
                                motion.ay[row] * unit,
                                motion.az[row] * unit);
        if (isPullRight(motion, row, track, at + 6, pullStep[tier] * fine) && fits(kick, 0)) {
            pull[0] = track[at + 6];
            pull[1] = track[at + 7];
            pull[2] = track[at + 8];
            if (lasts(tier, position, motion, row)) {
                writer.nudged(slot, (int) offset[0], (int) offset[1], (int) offset[2]);
                advance(track, at, tier);
                tracks.placeTick(lane, tier, now);
                return true;
            }
        }
        // Rounded so that gateways can pack it.
        double packed = unit / fine;
        double ax = steps(motion.ax[row], packed) * fine;
        double ay = steps(motion.ay[row], packed) * fine;
        double az = steps(motion.az[row], packed) * fine;
        pull[0] = ax;
        pull[1] = ay;
        pull[2] = az;
        if (!fits(kick, OFFSET_MAX) || !fits(pull, ACCELERATION_MAX)) {
            return false;
        }
        for (int axis = 0; axis < 3; axis++) {
            pull[axis] *= pullStep[tier];
        }
        if (!lasts(tier, position, motion, row)) {
            return false;
        }
        writer.kicked(
                slot,
                (int) offset[0],
                (int) offset[1],
                (int) offset[2],
                (int) kick[0],
                (int) kick[1],
                (int) kick[2],
                (int) ax,
                (int) ay,
                (int) az);
        advance(track, at, tier);
        tracks.placeTick(lane, tier, now);
        return true;
    }

    private void advance(double[] track, int at, int tier) {
        for (int axis = 0; axis < 3; axis++) {
            track[at + axis] = place[axis] + offset[axis] * placeStep[tier];
            track[at + 3 + axis] = velocity[axis] + kick[axis] * kickStep[tier];
            track[at + 6 + axis] = pull[axis];
        }
    }

    /**
     * True when receivers will be within the bound when the channel is due next, as it moves now.
     */
    private boolean lasts(int tier, PositionColumn position, MotionColumn motion, int row) {
        double t = periodSeconds[tier];
        double x = off(0, position.x[row], motion.vx[row], motion.ax[row], tier, t);
        double y = off(1, position.y[row], motion.vy[row], motion.ay[row], tier, t);
        double z = off(2, position.z[row], motion.vz[row], motion.az[row], tier, t);
        return x * x + y * y + z * z <= errorSquared[tier];
    }

    private double off(int axis, double truth, double speed, double thrust, int tier, double t) {
        double dx = truth - place[axis] - offset[axis] * placeStep[tier];
        double dv = speed - velocity[axis] - kick[axis] * kickStep[tier];
        return Extrapolation.place(dx, dv, thrust - pull[axis], t);
    }

    private static boolean isPullRight(
            MotionColumn motion, int row, double[] track, int at, double step) {
        return Math.abs(motion.ax[row] - track[at]) <= step
                && Math.abs(motion.ay[row] - track[at + 1]) <= step
                && Math.abs(motion.az[row] - track[at + 2]) <= step;
    }

    /**
     * Without the negative zero, which integers don't have. A step is a power of two, so that to
     * multiply by what is in one is to divide by it, to the bit.
     */
    private static double steps(double value, double inOne) {
        return Math.rint(value * inOne) + 0.0;
    }

    /** False for NaN too. */
    private static boolean fits(double[] steps, int most) {
        return Math.abs(steps[0]) <= most
                && Math.abs(steps[1]) <= most
                && Math.abs(steps[2]) <= most;
    }
}
