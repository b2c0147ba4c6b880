package dev.horizon.ecs.steering;

/** What a helm is doing about its orders. The ordinals are stored. */
public enum HelmState {
    /** Nothing: the controls belong to the pilot, or the ship is docked. */
    OFF,
    /** Under way to the goal. */
    TRAVEL,
    /** Fighting the target. */
    ENGAGE,
    /** Holding beside a rock while the laser works. */
    EXTRACT,
    /** Coming in to a station. */
    APPROACH,
    /** Running from a hostile ship. */
    FLEE
}
