package dev.horizon.engine.world;

/**
 * Level of detail, nearest first. Radii and rates are configuration; the ordinals are wire form.
 */
public enum Tier {
    /** Within 1 km by default: weapons, subsystems, crew, damage. */
    CLOSE,
    /** Within 10 km by default: silhouette, hull and shields. */
    MEDIUM,
    /** Within 100 km by default: position, faction and type, movement vector. */
    LOW,
    /** Beyond: a blip and its track. */
    SENSOR
}
