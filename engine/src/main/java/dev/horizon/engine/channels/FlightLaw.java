package dev.horizon.engine.channels;

/** How the state of a {@link Flight} goes on: the same operations in the same order everywhere. */
final class FlightLaw {
    private FlightLaw() {}

    /** The acceleration of a state: its thrust, turned as it is turned. */
    static void pull(double[] s, int from, double[] out, int at) {
        double x = s[from + Flight.THRUST];
        double y = s[from + Flight.THRUST + 1];
        double z = s[from + Flight.THRUST + 2];
        double qx = s[from + Flight.ATTITUDE];
        double qy = s[from + Flight.ATTITUDE + 1];
        double qz = s[from + Flight.ATTITUDE + 2];
        double qw = s[from + Flight.ATTITUDE + 3];
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
     * @param at where its {@link Flight#NUMBERS} begin
     * @param seconds of each step
     */
    static void step(double[] s, int at, int steps, double seconds) {
        double px = s[at];
        double py = s[at + 1];
        double pz = s[at + 2];
        double vx = s[at + Flight.VELOCITY];
        double vy = s[at + Flight.VELOCITY + 1];
        double vz = s[at + Flight.VELOCITY + 2];
        double qx = s[at + Flight.ATTITUDE];
        double qy = s[at + Flight.ATTITUDE + 1];
        double qz = s[at + Flight.ATTITUDE + 2];
        double qw = s[at + Flight.ATTITUDE + 3];
        double wx = s[at + Flight.TURN];
        double wy = s[at + Flight.TURN + 1];
        double wz = s[at + Flight.TURN + 2];
        double x = s[at + Flight.THRUST];
        double y = s[at + Flight.THRUST + 1];
        double z = s[at + Flight.THRUST + 2];
        double spinX = s[at + Flight.SPIN];
        double spinY = s[at + Flight.SPIN + 1];
        double spinZ = s[at + Flight.SPIN + 2];
        double most = s[at + Flight.RAMP] * seconds;
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
        s[at] = px;
        s[at + 1] = py;
        s[at + 2] = pz;
        s[at + Flight.VELOCITY] = vx;
        s[at + Flight.VELOCITY + 1] = vy;
        s[at + Flight.VELOCITY + 2] = vz;
        s[at + Flight.ATTITUDE] = qx;
        s[at + Flight.ATTITUDE + 1] = qy;
        s[at + Flight.ATTITUDE + 2] = qz;
        s[at + Flight.ATTITUDE + 3] = qw;
        s[at + Flight.TURN] = wx;
        s[at + Flight.TURN + 1] = wy;
        s[at + Flight.TURN + 2] = wz;
    }

    /** Without branches, which cost as much as all else here: no one foresees where they go. */
    private static double approach(double from, double to, double most) {
        long way = Double.doubleToRawLongBits(to - from);
        long size = way & Long.MAX_VALUE;
        long limit = Double.doubleToRawLongBits(most);
        long isBeyond = (limit - size) >> 63;
        long taken = size ^ ((size ^ limit) & isBeyond);
        return from + Double.longBitsToDouble(taken | (way & Long.MIN_VALUE));
    }
}
