package dev.horizon.ecs.steering;

/** What a ship was told to do. The ordinals are stored. */
public enum Behaviour {
    /** A pilot has the controls; steering leaves them alone. */
    MANUAL,
    /** Go to a place and keep station there. */
    GO_TO,
    /** Fly rounds about a place or an object, and fight who comes near. */
    PATROL,
    /** Keep formation with another ship, and fight who comes near. */
    ESCORT,
    /** Carry goods between two stations. */
    HAUL,
    /** Mine a field and bring the ore home. */
    MINE,
    /** Get away from whoever is hostile, then keep station. */
    FLEE,
    /** Look for enemies about a place and fight them. */
    ATTACK,
    /** Go to a station and into a bay, then leave the controls alone. */
    DOCK
}
