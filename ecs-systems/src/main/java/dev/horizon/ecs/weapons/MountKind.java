package dev.horizon.ecs.weapons;

/** What sits in a weapon mount. The ordinals are stored. */
public enum MountKind {
    /** Nothing. */
    EMPTY,
    /** Launches projectiles. */
    LAUNCHER,
    /** Hits at once, as far as it reaches. */
    BEAM
}
