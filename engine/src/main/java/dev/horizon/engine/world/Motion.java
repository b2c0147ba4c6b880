package dev.horizon.engine.world;

/**
 * How an entity moves: what second-order dead reckoning extrapolates.
 *
 * @param vx metres per second
 * @param vy metres per second
 * @param vz metres per second
 * @param ax metres per second squared
 * @param ay metres per second squared
 * @param az metres per second squared
 */
@Component
public record Motion(float vx, float vy, float vz, float ax, float ay, float az) {}
