package dev.horizon.engine.tick;

/** What the tick loop counts. */
public enum Counter {
    /** Ticks done. */
    TICKS,
    /** Ticks that took longer than their period. */
    TICKS_OVER_BUDGET,
    /** Periods given up because the loop was too far behind the clock. */
    TICKS_SKIPPED,
    /** Ticks that nobody simulated while the node was away. */
    TICKS_MISSED,
    /** Times that a tick waited because the recorder lagged. */
    PAUSES,
    /** Steps up and down the ladder of overload. */
    OVERLOAD_STEPS,
    /** Inputs taken. */
    INPUTS,
    /** Inputs dropped because no tick could hold them. */
    INPUTS_OVERSIZED,
    /** Inputs that are no message of the tick-log schema. */
    INPUTS_MALFORMED,
    /** Inputs of a session that isn't here. */
    INPUTS_OF_UNKNOWN_SESSION,
    /** Inputs whose sequence had been passed. */
    INPUTS_STALE,
    /** Continuous inputs that a later one of the same tick replaced. */
    INPUTS_SUPERSEDED,
    /** Client events that were refused. */
    EVENTS_REFUSED,
    /** Sessions that began. */
    LOGINS,
    /** Logins that were refused. */
    LOGINS_REFUSED,
    /** Sessions that a second login of the same player ended. */
    SESSIONS_REPLACED,
    /** Messages to sessions for which there was no room. */
    MESSAGES_DROPPED,
    /** Frames for which there was no room; their rows stay dirty. */
    FRAMES_REFUSED,
    /** Frames that no stream took; their rows are sent again. */
    FRAMES_LOST,
    /** Profiles for which there was no room. */
    PROFILES_DROPPED,
    /** Profiles that couldn't be read at login. */
    PROFILES_DAMAGED,
    /** Exceptions of systems. */
    SYSTEM_FAULTS,
    /** Times that a plugin or system took more time or memory of a tick than its budget. */
    BUDGET_OVERRUNS,
    /** Ranges of rows that were written without a mark. */
    UNMARKED_WRITES
}
