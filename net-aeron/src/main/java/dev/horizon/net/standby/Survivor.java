package dev.horizon.net.standby;

/**
 * Who goes on alone when a node and its standby hear nothing of each other. Only one of them may:
 * neither can know whether the other is gone or merely unheard.
 */
public enum Survivor {
    /** The standby takes over; a node whose standby is silent waits for it, or for an operator. */
    STANDBY,
    /** The node goes on without; a standby takes over when an operator vouches for its end. */
    NODE,
    /** Whom an operator names: both wait. */
    OPERATOR
}
