package dev.horizon.ecs.flight;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What a hull's drives can do when everything works. Replicated, so that a pilot's client can
 * predict its own flight.
 *
 * @param mass tonnes, greater than 0
 * @param thrustForward kilonewtons along the nose
 * @param thrustReverse kilonewtons against it
 * @param thrustLateral kilonewtons sideways, up and down
 * @param turnRate radians per second of pitch and yaw at full stick
 * @param rollRate radians per second of roll at full stick
 * @param turnAcceleration radians per second squared, about every axis
 * @param maxSpeed metres per second in the star system's frame
 */
@Component
@Replicated(Tier.CLOSE)
public record FlightModel(
        float mass,
        float thrustForward,
        float thrustReverse,
        float thrustLateral,
        float turnRate,
        float rollRate,
        float turnAcceleration,
        float maxSpeed) {}
