package dev.horizon.net.streams;

/** What carries the streams. */
public enum TransportKind {
    /** Shared memory of one machine: a paused subscriber blocks its publisher. */
    IPC,
    /** UDP multicast on a named interface: a paused receiver loses, and blocks nobody. */
    MULTICAST
}
