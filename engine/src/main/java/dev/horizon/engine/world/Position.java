package dev.horizon.engine.world;

/**
 * Where an entity is in its star system.
 *
 * @param x metres
 * @param y metres
 * @param z metres
 */
@Component
public record Position(double x, double y, double z) {}
