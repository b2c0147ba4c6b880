package dev.horizon.net.client;

/**
 * Lets a jump between two predictions fade: what is shown leaves the old one with its place and
 * velocity and arrives on the new one at rest with it, along a cubic Hermite curve (Ferguson 1964).
 * Attitudes are blended along the straight line between quaternions.
 */
final class Blend {
    private static final double TICKS_MIN = 0.01;

    private final int tickHz;
    private final double snapMetres;
    private final double[] away = new double[3];
    private final double[] drift = new double[3];
    private final double[] turn = {0, 0, 0, 1};
    private double start;
    private double ticks;

    Blend(int tickHz, double snapMetres) {
        this.tickHz = tickHz;
        this.snapMetres = snapMetres;
    }

    void end() {
        ticks = 0;
    }

    /** Begins: at a tick, what was shown stood where the prediction is from now on. */
    void begin(double tick, double overTicks, ShipState shown, ShipState now) {
        start = tick;
        ticks = Math.max(TICKS_MIN, overTicks);
        double seconds = ticks / tickHz;
        away[0] = shown.x - now.x;
        away[1] = shown.y - now.y;
        away[2] = shown.z - now.z;
        drift[0] = (shown.vx - now.vx) * seconds;
        drift[1] = (shown.vy - now.vy) * seconds;
        drift[2] = (shown.vz - now.vz) * seconds;
        if (!(length(away) <= snapMetres)) {
            ticks = 0;
            return;
        }
        // A blend may overshoot by 4/27 of its drift: never by more than what would be jumped.
        if (!(length(drift) <= snapMetres)) {
            drift[0] = 0;
            drift[1] = 0;
            drift[2] = 0;
        }
        turnFrom(now, shown);
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    /** What turns b into a: a times b's inverse, on the near side. */
    private void turnFrom(ShipState b, ShipState a) {
        double x = -a.qw * b.qx + a.qx * b.qw - a.qy * b.qz + a.qz * b.qy;
        double y = -a.qw * b.qy + a.qx * b.qz + a.qy * b.qw - a.qz * b.qx;
        double z = -a.qw * b.qz - a.qx * b.qy + a.qy * b.qx + a.qz * b.qw;
        double w = a.qw * b.qw + a.qx * b.qx + a.qy * b.qy + a.qz * b.qz;
        double near = w < 0 ? -1 : 1;
        turn[0] = x * near;
        turn[1] = y * near;
        turn[2] = z * near;
        turn[3] = w * near;
    }

    private double past(double tick) {
        return ticks == 0 ? 1 : Math.clamp((tick - start) / ticks, 0.0, 1.0);
    }

    /** Moves a prediction's place and attitude to what is shown; velocities stay its own. */
    void apply(double tick, ShipState out) {
        double u = past(tick);
        if (u >= 1) {
            return;
        }
        double stay = Shown.stay(u);
        double carry = Shown.carry(u);
        out.x += away[0] * stay + drift[0] * carry;
        out.y += away[1] * stay + drift[1] * carry;
        out.z += away[2] * stay + drift[2] * carry;
        rotate(stay, out);
    }

    /** Adds to a prediction's velocity what the blend adds to it. */
    void hasten(double tick, ShipState out) {
        double u = past(tick);
        if (u >= 1) {
            return;
        }
        double rate = tickHz / ticks;
        double stay = 6 * u * (u - 1) * rate;
        double carry = (1 - u) * (1 - 3 * u) * rate;
        out.vx += away[0] * stay + drift[0] * carry;
        out.vy += away[1] * stay + drift[1] * carry;
        out.vz += away[2] * stay + drift[2] * carry;
    }

    private void rotate(double share, ShipState out) {
        double x = turn[0] * share;
        double y = turn[1] * share;
        double z = turn[2] * share;
        double w = 1 + (turn[3] - 1) * share;
        double norm = 1 / Math.sqrt(x * x + y * y + z * z + w * w);
        double qx = out.qx;
        double qy = out.qy;
        double qz = out.qz;
        double qw = out.qw;
        out.qx = (w * qx + x * qw + y * qz - z * qy) * norm;
        out.qy = (w * qy - x * qz + y * qw + z * qx) * norm;
        out.qz = (w * qz + x * qy - y * qx + z * qw) * norm;
        out.qw = (w * qw - x * qx - y * qy - z * qz) * norm;
    }
}
