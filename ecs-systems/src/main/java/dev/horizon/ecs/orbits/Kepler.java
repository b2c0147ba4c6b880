package dev.horizon.ecs.orbits;

/**
 * Kepler's equation. Vallado, "Fundamentals of Astrodynamics and Applications", 4th edition,
 * algorithm 2 (KepEqtnE): Newton's method on {@code E - e sin E = M}.
 */
public final class Kepler {
    /** Newton converges to the last bits within six steps for e below 0.9; the rest is margin. */
    private static final int STEPS_MAX = 16;

    private static final double PRECISION_RADIANS = 1e-13;
    private static final double TWO_PI = 2 * Math.PI;

    private Kepler() {}

    /**
     * The eccentric anomaly of an ellipse.
     *
     * @param meanAnomaly radians, any number of turns
     * @param eccentricity 0 to below 1
     * @return radians, within half a turn of the mean anomaly reduced to [-pi, pi]
     */
    public static double eccentricAnomaly(double meanAnomaly, double eccentricity) {
        double m = meanAnomaly - TWO_PI * Math.floor(meanAnomaly / TWO_PI + 0.5);
        double anomaly = m < 0 ? m - eccentricity : m + eccentricity;
        for (int step = 0; step < STEPS_MAX; step++) {
            double change =
                    (m - anomaly + eccentricity * Circular.sin(anomaly))
                            / (1 - eccentricity * Circular.cos(anomaly));
            anomaly += change;
            if (Math.abs(change) < PRECISION_RADIANS) {
                break;
            }
        }
        return anomaly;
    }
}
