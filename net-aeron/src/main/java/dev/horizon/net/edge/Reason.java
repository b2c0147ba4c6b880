package dev.horizon.net.edge;

/** What decided that a client holds an entity at its tier. */
public enum Reason {
    /** Its distance; without one, no channel within reach tells of it. */
    RANGE,
    /** It is in the tier's range, but beyond the sensors'. */
    SENSOR_RANGE,
    /** It is in the session's focus list. */
    FOCUS,
    /** Others are nearer, and CLOSE is full. */
    CLOSE_BUDGET,
    /** Others are nearer, and MEDIUM is full. */
    MEDIUM_BUDGET,
    /** Its rows wait until the client's bytes suffice. */
    BYTES,
    /** Its channel lost something, or has not come yet. */
    LOSS,
    /** It was removed, or no received channel has it any more. */
    GONE,
    /** What it rides in decides. */
    CARRIER,
    /** It is for an audience that the session is not of. */
    AUDIENCE
}
