package dev.horizon.ecs.docking;

/** What a ship asks of a station. The ordinals are stored. */
public enum DockRequest {
    /** Nothing. */
    NONE,
    /** To come in: granted as soon as a bay is free and the ship is near and slow enough. */
    DOCK,
    /** To leave. */
    UNDOCK
}
