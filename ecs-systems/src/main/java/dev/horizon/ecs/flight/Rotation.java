package dev.horizon.ecs.flight;

/**
 * Turns vectors by a unit quaternion, one result component per call, so that nothing is allocated.
 * {@code v' = v + 2 w (q x v) + 2 q x (q x v)} (Diebel, "Representing Attitude: Euler Angles, Unit
 * Quaternions, and Rotation Vectors", 2006, section 6, expanded).
 */
public final class Rotation {
    private Rotation() {}

    /** The x component of the vector in the outer frame, given in body axes. */
    public static float outerX(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return (1f - 2f * (qy * qy + qz * qz)) * x
                + 2f * (qx * qy - qw * qz) * y
                + 2f * (qx * qz + qw * qy) * z;
    }

    /** The y component of the vector in the outer frame. */
    public static float outerY(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return 2f * (qx * qy + qw * qz) * x
                + (1f - 2f * (qx * qx + qz * qz)) * y
                + 2f * (qy * qz - qw * qx) * z;
    }

    /** The z component of the vector in the outer frame. */
    public static float outerZ(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return 2f * (qx * qz - qw * qy) * x
                + 2f * (qy * qz + qw * qx) * y
                + (1f - 2f * (qx * qx + qy * qy)) * z;
    }

    /** The x component of an outer vector in body axes. */
    public static float bodyX(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return outerX(-qx, -qy, -qz, qw, x, y, z);
    }

    /** The y component of an outer vector in body axes. */
    public static float bodyY(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return outerY(-qx, -qy, -qz, qw, x, y, z);
    }

    /** The z component of an outer vector in body axes. */
    public static float bodyZ(float qx, float qy, float qz, float qw, float x, float y, float z) {
        return outerZ(-qx, -qy, -qz, qw, x, y, z);
    }
}
