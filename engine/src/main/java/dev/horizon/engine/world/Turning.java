package dev.horizon.engine.world;

/** How what turns goes on turning. Allocates nothing; marks nothing. */
public final class Turning {
    private Turning() {}

    /**
     * Turns an attitude on at its angular velocity, and makes it a unit again, by the quaternion
     * rate {@code q' = q * (w, 0) / 2} (Diebel 2006, section 6.5).
     *
     * @param half of the time, seconds
     */
    public static void step(AttitudeColumn attitude, int row, float half) {
        float qx = attitude.qx[row];
        float qy = attitude.qy[row];
        float qz = attitude.qz[row];
        float qw = attitude.qw[row];
        float wx = attitude.wx[row];
        float wy = attitude.wy[row];
        float wz = attitude.wz[row];
        float nx = qx + half * (qw * wx + qy * wz - qz * wy);
        float ny = qy + half * (qw * wy + qz * wx - qx * wz);
        float nz = qz + half * (qw * wz + qx * wy - qy * wx);
        float nw = qw - half * (qx * wx + qy * wy + qz * wz);
        float inverse = 1f / (float) Math.sqrt(nx * nx + ny * ny + nz * nz + nw * nw);
        attitude.qx[row] = nx * inverse;
        attitude.qy[row] = ny * inverse;
        attitude.qz[row] = nz * inverse;
        attitude.qw[row] = nw * inverse;
    }
}
