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
        double ux = Extrapolation.velocity(track[at + 3], track[at + 6], seconds);
        double uy = Extrapolation.velocity(track[at + 4], track[at + 7], seconds);
        double uz = Extrapolation.velocity(track[at + 5], track[at + 8], seconds);
        double px = Extrapolation.place(track[at], track[at + 3], track[at + 6], seconds);
        double py = Extrapolation.place(track[at + 1], track[at + 4], track[at + 7], seconds);
        double pz = Extrapolation.place(track[at + 2], track[at + 5], track[at + 8], seconds);
        double ox = steps(position.x[row] - px, placeSteps[tier]);
        double oy = steps(position.y[row] - py, placeSteps[tier]);
        double oz = steps(position.z[row] - pz, placeSteps[tier]);
        double kx = steps(motion.vx[row] - ux, kickSteps[tier]);
        double ky = steps(motion.vy[row] - uy, kickSteps[tier]);
        double kz = steps(motion.vz[row] - uz, kickSteps[tier]);
        if (!fits(ox, oy, oz, OFFSET_MAX) || !fits(kx, ky, kz, OFFSET_MAX)) {
            return false;
        }
        // What stays off after the correction.
        double step = placeStep[tier];
        double kickBy = kickStep[tier];
        double dx = position.x[row] - px - ox * step;
        double dy = position.y[row] - py - oy * step;
        double dz = position.z[row] - pz - oz * step;
        double dvx = motion.vx[row] - ux - kx * kickBy;
        double dvy = motion.vy[row] - uy - ky * kickBy;
        double dvz = motion.vz[row] - uz - kz * kickBy;
        double unit = pullSteps[tier];
        double fine =
                1
                        << PackedThree.shiftOf(
                                motion.ax[row] * unit,
                                motion.ay[row] * unit,
                                motion.az[row] * unit);
        double fx = track[at + 6];
        double fy = track[at + 7];
        double fz = track[at + 8];
        boolean nudges =
                kx == 0
                        && ky == 0
                        && kz == 0
                        && isPullRight(motion, row, track, at + 6, pullStep[tier] * fine)
                        && lasts(tier, motion, row, dx, dy, dz, dvx, dvy, dvz, fx, fy, fz);
        if (nudges) {
            writer.nudged(slot, (int) ox, (int) oy, (int) oz);
        } else {
            // Rounded so that gateways can pack it.
            double packed = unit / fine;
            double ax = steps(motion.ax[row], packed) * fine;
            double ay = steps(motion.ay[row], packed) * fine;
            double az = steps(motion.az[row], packed) * fine;
            fx = ax * pullStep[tier];
            fy = ay * pullStep[tier];
            fz = az * pullStep[tier];
            if (!fits(ax, ay, az, ACCELERATION_MAX)
                    || !lasts(tier, motion, row, dx, dy, dz, dvx, dvy, dvz, fx, fy, fz)) {
                return false;
            }
            writer.kicked(
                    slot, (int) ox, (int) oy, (int) oz, (int) kx, (int) ky, (int) kz, (int) ax,
                    (int) ay, (int) az);
        }
        track[at] = px + ox * step;
        track[at + 1] = py + oy * step;
        track[at + 2] = pz + oz * step;
        track[at + 3] = ux + kx * kickBy;
        track[at + 4] = uy + ky * kickBy;
        track[at + 5] = uz + kz * kickBy;
        track[at + 6] = fx;
        track[at + 7] = fy;
        track[at + 8] = fz;
        tracks.placeTick(lane, tier, now);
        return true;
    }

    /**
     * True when receivers will be within the bound when the channel is due next, as it moves now:
     * what place and velocity are off by, and the acceleration that receivers will know.
     */
    private boolean lasts(
            int tier,
            MotionColumn motion,
            int row,
            double dx,
            double dy,
            double dz,
            double dvx,
            double dvy,
            double dvz,
            double ax,
            double ay,
            double az) {
        double t = periodSeconds[tier];
        double x = Extrapolation.place(dx, dvx, motion.ax[row] - ax, t);
        double y = Extrapolation.place(dy, dvy, motion.ay[row] - ay, t);
        double z = Extrapolation.place(dz, dvz, motion.az[row] - az, t);
        return x * x + y * y + z * z <= errorSquared[tier];
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
    private static boolean fits(double x, double y, double z, int most) {
        return Math.abs(x) <= most && Math.abs(y) <= most && Math.abs(z) <= most;
    }
}
