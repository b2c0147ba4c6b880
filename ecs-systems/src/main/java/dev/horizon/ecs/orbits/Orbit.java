package dev.horizon.ecs.orbits;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * An ellipse around another body, made by {@link Elements#around}.
 *
 * @param around the body at the focus, or {@link EntityId#NONE} for the system's origin
 * @param depth 0 around the origin, else one more than the central body's, at most 3
 * @param semiMajorAxis metres
 * @param eccentricity 0 to below 1
 * @param meanAnomaly radians, at tick 0
 * @param meanMotion radians per second
 * @param px unit vector to the periapsis
 * @param py unit vector to the periapsis
 * @param pz unit vector to the periapsis
 * @param qx unit vector in the plane, 90 degrees ahead
 * @param qy unit vector in the plane, 90 degrees ahead
 * @param qz unit vector in the plane, 90 degrees ahead
 */
@Component
public record Orbit(
        EntityId around,
        byte depth,
        double semiMajorAxis,
        double eccentricity,
        double meanAnomaly,
        double meanMotion,
        double px,
        double py,
        double pz,
        double qx,
        double qy,
        double qz) {}
