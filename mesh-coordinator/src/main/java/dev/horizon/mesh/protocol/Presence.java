package dev.horizon.mesh.protocol;

/** Whether a life of a node may tick, as far as the coordinator's log says. */
public enum Presence {
    /** It has its regions. */
    PRESENT,
    /** It said goodbye after its last tick. */
    LEFT,
    /** An operator vouched that its process is gone. */
    GONE
}
