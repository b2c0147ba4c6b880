package dev.horizon.engine.tick;

/** The parts of a tick, in order. */
public enum Phase {
    /** Bounded: all that the tick will read from outside. */
    DRAIN,
    /** Exactly that offered to the tick log. */
    LOG,
    /** Handlers, then systems, stage by stage. */
    SIMULATE,
    /** Structural changes. */
    APPLY,
    /** Cells and regions, and beside them the hash of the world. */
    LOCATE,
    /** Frames and messages. */
    ENCODE,
    /** Recorded effects leave. */
    RELEASE,
    /** The hash goes to the log; counters. */
    ACCOUNT
}
