package dev.horizon.plugins.sol;

/** The designs of the system's yards. The ordinals are stored. */
public enum Design {
    /** Light, many. */
    FIGHTER,
    /** Medium. */
    CORVETTE,
    /** A capital ship with all 20 subsystems. */
    CRUISER,
    /** Civil, carries goods. */
    FREIGHTER,
    /** Civil, mines. */
    MINER,
    /** What players fly. */
    EXPLORER
}
