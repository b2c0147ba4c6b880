package dev.horizon.ecs.orbits;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * The six classical elements of an ellipse, as authors give them.
 *
 * @param semiMajorAxis metres, greater than 0
 * @param eccentricity 0 to below 1
 * @param inclination radians
 * @param ascendingNode longitude of it, radians
 * @param argumentOfPeriapsis radians
 * @param meanAnomaly radians, at tick 0
 */
public record Elements(
        double semiMajorAxis,
        double eccentricity,
        double inclination,
        double ascendingNode,
        double argumentOfPeriapsis,
        double meanAnomaly) {
    /** Refuses what is no ellipse, and numbers that aren't finite. */
    public Elements {
        boolean finite =
                Double.isFinite(inclination + ascendingNode + argumentOfPeriapsis + meanAnomaly);
        if (!(semiMajorAxis > 0 && semiMajorAxis < Double.POSITIVE_INFINITY)
                || !(eccentricity >= 0 && eccentricity < 1)
                || !finite) {
            throw new IllegalArgumentException(
                    "not an ellipse: semi-major axis "
                            + semiMajorAxis
                            + " m, eccentricity "
                            + eccentricity
                            + "; the axis must be above 0, the eccentricity from 0 to below 1");
        }
    }

    /**
     * The component for a body on this ellipse. The axes of the orbit's plane are worked out once
     * here (perifocal frame, Vallado section 2.6), so that a tick needs one sine and one cosine.
     *
     * @param around the body at the focus, or {@link EntityId#NONE} for the system's origin
     * @param depth 0 around the origin, else one more than the central body's
     * @param mu gravitational parameter of the central body, m³/s²
     */
    public Orbit around(EntityId around, int depth, double mu) {
        double cosNode = StrictMath.cos(ascendingNode);
        double sinNode = StrictMath.sin(ascendingNode);
        double cosPeriapsis = StrictMath.cos(argumentOfPeriapsis);
        double sinPeriapsis = StrictMath.sin(argumentOfPeriapsis);
        double cosTilt = StrictMath.cos(inclination);
        double sinTilt = StrictMath.sin(inclination);
        double meanMotion = Math.sqrt(mu / (semiMajorAxis * semiMajorAxis * semiMajorAxis));
        return new Orbit(
                around,
                (byte) depth,
                semiMajorAxis,
                eccentricity,
                meanAnomaly,
                meanMotion,
                cosNode * cosPeriapsis - sinNode * sinPeriapsis * cosTilt,
                sinNode * cosPeriapsis + cosNode * sinPeriapsis * cosTilt,
                sinPeriapsis * sinTilt,
                -cosNode * sinPeriapsis - sinNode * cosPeriapsis * cosTilt,
                -sinNode * sinPeriapsis + cosNode * cosPeriapsis * cosTilt,
                cosPeriapsis * sinTilt);
    }

    /**
     * Where a body on this ellipse is, for laying things out; a tick asks the columns instead.
     *
     * @param mu gravitational parameter of the central body, m³/s²
     * @param seconds since tick 0
     * @return place and velocity relative to the central body
     */
    public State at(double mu, double seconds) {
        OrbitColumn orbit = new OrbitColumn(1);
        PositionColumn position = new PositionColumn(1);
        MotionColumn motion = new MotionColumn(1);
        orbit.setRow(0, around(EntityId.NONE, 0, mu));
        OrbitSystem.follow(orbit, position, motion, 0, seconds);
        return new State(
                position.x[0],
                position.y[0],
                position.z[0],
                motion.vx[0],
                motion.vy[0],
                motion.vz[0]);
    }

    /**
     * Place and velocity relative to a central body.
     *
     * @param x metres
     * @param y metres
     * @param z metres
     * @param vx metres per second
     * @param vy metres per second
     * @param vz metres per second
     */
    public record State(double x, double y, double z, double vx, double vy, double vz) {}
}
