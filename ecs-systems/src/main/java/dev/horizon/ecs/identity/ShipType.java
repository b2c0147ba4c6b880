package dev.horizon.ecs.identity;

/**
 * What kind of object it is, for eyes and rules. The ordinals are stored and travel on the wire.
 */
public enum ShipType {
    /** A star. */
    STAR,
    /** A planet. */
    PLANET,
    /** A moon. */
    MOON,
    /** A station with docking bays. */
    STATION,
    /** A jump gate. */
    GATE,
    /** A rock with ore. */
    ASTEROID,
    /** A drifting container. */
    CONTAINER,
    /** What is left of a ship. */
    WRECK,
    /** A light warship. */
    FIGHTER,
    /** A medium warship. */
    CORVETTE,
    /** A capital warship. */
    CRUISER,
    /** Carries goods between stations. */
    FREIGHTER,
    /** Carries a mining laser. */
    MINER,
    /** A player's all-round ship. */
    EXPLORER
}
