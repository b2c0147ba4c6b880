package dev.horizon.engine.world;

/** How far an entity shows: scales the tier radii. The ordinals are wire form. */
public enum SizeClass {
    /** Ships, projectiles, containers, rocks. */
    CRAFT,
    /** Capital ships. */
    CAPITAL,
    /** Stations and gates. */
    STATION,
    /** Stars, planets, moons. */
    BODY
}
