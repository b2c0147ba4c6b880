package dev.horizon.net.streams;

/** What carries the streams. */
public enum TransportKind {
    /** Shared memory of one machine: a paused subscriber blocks its publisher. */
    IPC,
    /** UDP multicast on a named interface: a paused receiver loses, and blocks nobody. */
    MULTICAST,
    /** UDP, a copy to each gateway that joined: where a network carries no multicast. */
    MULTI_DESTINATION,
    /** UDP to one gateway at a known address: where not even that passes. */
    UNICAST
}
