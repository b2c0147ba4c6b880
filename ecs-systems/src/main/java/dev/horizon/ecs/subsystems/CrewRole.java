package dev.horizon.ecs.subsystems;

/** What a crew member does. The ordinals are stored and travel on the wire. */
public enum CrewRole {
    /** Flies. */
    PILOT,
    /** Repairs. */
    ENGINEER,
    /** Serves the guns. */
    GUNNER,
    /** Heals the others. */
    MEDIC
}
