package dev.horizon.engine.systems;

/** The order of a tick's systems; within a stage, systems run in order of registration. */
public enum Stage {
    /** Decide: pilots' inputs and traffic steering become demands on the controls. */
    DECIDE,
    /** Move: integrate motion, follow orbits, carry what rides. */
    MOVE,
    /** Sense: rebuild the spatial grid, see who sees whom. */
    SENSE,
    /** Act: fire, mine, dock, trade. */
    ACT,
    /** Resolve: apply damage and other effects on other entities. */
    RESOLVE,
    /** Upkeep: repair, recharge, expire, spawn. */
    UPKEEP
}
