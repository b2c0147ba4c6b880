package dev.horizon.engine.channels;

/**
 * Where something is by now, from what was last heard of it: the same function for node, Java client
 * and browser. Pure; allocates nothing.
 */
public final class Extrapolation {
    /** Below this squared half angle the series are exact to 3e-11; above, StrictMath is asked. */
    private static final double SERIES_MAX = 0.25;

    private Extrapolation() {}

    /**
     * One axis after some time: uniformly accelerated motion.
     *
     * @param place metres
     * @param velocity metres per second
     * @param acceleration metres per second squared
     * @param seconds since the row was true
     */
    public static double place(
            double place, double velocity, double acceleration, double seconds) {
        return place + (velocity + acceleration * seconds * 0.5) * seconds;
    }

    /**
     * An attitude after turning at a constant rate in body axes: {@code q * exp(w t / 2)}, the exact
     * solution of rigid rotation at constant body rates (Diebel, "Representing Attitude", 2006,
     * section 6).
     *
     * @param seconds since the row was true
     * @param out receives x, y, z, w
     */
    public static void attitude(
            double qx,
            double qy,
            double qz,
            double qw,
            double wx,
            double wy,
            double wz,
            double seconds,
            double[] out) {
        double half = seconds * 0.5;
        double squared = (wx * wx + wy * wy + wz * wz) * half * half;
        double sine;
        double cosine;
        if (squared <= SERIES_MAX) {
            double s = squared;
            sine = half * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72))));
            cosine = 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90))));
        } else {
            double angle = Math.sqrt(squared);
            sine = half * StrictMath.sin(angle) / angle;
            cosine = StrictMath.cos(angle);
        }
        double dx = wx * sine;
        double dy = wy * sine;
        double dz = wz * sine;
        out[0] = qw * dx + qx * cosine + qy * dz - qz * dy;
        out[1] = qw * dy - qx * dz + qy * cosine + qz * dx;
        out[2] = qw * dz + qx * dy - qy * dx + qz * cosine;
        out[3] = qw * cosine - qx * dx - qy * dy - qz * dz;
    }
}
