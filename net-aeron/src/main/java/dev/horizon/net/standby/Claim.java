package dev.horizon.net.standby;

/** What a standby says of itself; the wire has the number. */
public enum Claim {
    /** It takes the copy. */
    COPYING,
    /** It has the copy, and waits for the tape. */
    READY,
    /** It records and acknowledges. */
    FOLLOWING,
    /** It acknowledges no more: it takes over as soon as it may, or has. */
    TAKING_OVER,
    /** It will never take over. */
    STOOD_DOWN,
    /** It acknowledges, and the tape comes no more: it wants it from there on. */
    UNFED
}
