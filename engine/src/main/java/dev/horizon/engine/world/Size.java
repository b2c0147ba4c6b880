package dev.horizon.engine.world;

/**
 * How large an entity is. Without it an entity is never published by itself.
 *
 * @param sizeClass scales the tier radii
 * @param radius of its bounding sphere, metres
 */
@Component
public record Size(SizeClass sizeClass, float radius) {}
