package dev.horizon.ecs.subsystems;

/** What a part of a ship does for it. The ordinals are stored and travel on the wire. */
public enum SubsystemKind {
    /** An empty place. */
    NONE,
    /** Main and lateral thrust. */
    ENGINE,
    /** Turning. */
    THRUSTER,
    /** Power for guns and shields. */
    REACTOR,
    /** Shield recharge. */
    SHIELD_GENERATOR,
    /** A gun's mount. */
    TURRET,
    /** Sensor range. */
    SENSOR_ARRAY,
    /** Keeps the crew able to work. */
    LIFE_SUPPORT,
    /** A hold's bay. */
    CARGO_BAY,
    /** A mining laser or a tractor beam. */
    TOOL,
    /** Where crew repair the ship from. */
    CREW_STATION
}
