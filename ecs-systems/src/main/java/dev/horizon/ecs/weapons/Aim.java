package dev.horizon.ecs.weapons;

/**
 * Where to shoot at something that moves. The first positive root of the intercept equation {@code
 * |d + v t| = s t} (Buckland, "Programming Game AI by Example", 3.4.4, solved exactly).
 */
public final class Aim {
    private Aim() {}

    /**
     * Seconds until a projectile can meet its target.
     *
     * @param dx metres from gun to target
     * @param dy metres from gun to target
     * @param dz metres from gun to target
     * @param vx of the target relative to the gun, metres per second
     * @param vy of the target relative to the gun, metres per second
     * @param vz of the target relative to the gun, metres per second
     * @param speed of the projectile relative to the gun, metres per second
     * @return seconds, or infinity where it can't
     */
    public static double interceptSeconds(
            double dx, double dy, double dz, double vx, double vy, double vz, double speed) {
        double a = vx * vx + vy * vy + vz * vz - speed * speed;
        double b = dx * vx + dy * vy + dz * vz;
        double c = dx * dx + dy * dy + dz * dz;
        if (a >= 0) {
            // The target is at least as fast as the shot: only one that comes closer is shot at.
            return b < 0 ? -c / (2 * b) : Double.POSITIVE_INFINITY;
        }
        return (-b - Math.sqrt(b * b - a * c)) / a;
    }
}
