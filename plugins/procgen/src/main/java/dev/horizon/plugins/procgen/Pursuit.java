package dev.horizon.plugins.procgen;

/** What players spend their time with. The ordinals are stored. */
public enum Pursuit {
    /** Cutting ore. */
    MINE,
    /** Carrying goods to stations. */
    HAUL,
    /** Destroying ships. */
    FIGHT,
    /** Going where they have not been. */
    EXPLORE;

    /** How many there are. */
    public static final int COUNT = 4;
}
