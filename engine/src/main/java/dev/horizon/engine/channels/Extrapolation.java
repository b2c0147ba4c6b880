package dev.horizon.engine.channels;

/**
 * Where something is by now, from what was last heard of it: the same function for node, Java
 * client and browser. Pure; allocates nothing (StrictMath's sine does, hence the series here).
 */
public final class Extrapolation {
    /** Below this squared half angle the series are exact to 1e-13. */
    private static final double SERIES_MAX = 0.0625;

    /** Halvings of a half angle before the series: enough for a million radians. */
    private static final int HALVINGS_MAX = 22;

    private Extrapolation() {}

    /**
     * One axis after some time: uniformly accelerated motion.
     *
     * @param place metres
     * @param velocity metres per second
     * @param acceleration metres per second squared
     * @param seconds since the row was true
     */
    public static double place(double place, double velocity, double acceleration, double seconds) {
        return place + (velocity + acceleration * seconds * 0.5) * seconds;
    }

    /** Seconds of some ticks: a true division, so that every language comes to the same bits. */
    public static double seconds(long ticks, int tickHz) {
        return (double) ticks / tickHz;
    }

    /** A velocity after a time of constant acceleration. */
    public static double velocity(double velocity, double acceleration, double seconds) {
        return velocity + acceleration * seconds;
    }

    /**
     * An attitude after turning at a constant rate in body axes: {@code q * exp(w t / 2)}, the
     * exact solution of rigid rotation at constant body rates (Diebel, "Representing Attitude",
     * 2006, section 6).
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
        int doublings = 0;
        while (squared > SERIES_MAX && doublings < HALVINGS_MAX) {
            squared *= 0.25;
            half *= 0.5;
            doublings++;
        }
        double s = squared;
        double sine = half * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72))));
        double cosine = 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90))));
        // sin(2h) = 2 sin(h) cos(h), cos(2h) = 1 - 2 sin(h)^2: no library function, so that every
        // language comes to the same bits. The sine is kept per unit of angular velocity.
        double rate = wx * wx + wy * wy + wz * wz;
        for (int i = 0; i < doublings; i++) {
            double next = 2 * sine * cosine;
            cosine = 1 - 2 * rate * sine * sine;
            sine = next;
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
