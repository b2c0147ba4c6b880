package dev.horizon.plugins.fleetai;

/** What a squadron may do. The ordinals are stored. */
public enum Tactic {
    /** Each ship fights whoever is nearest to it. */
    NEAREST,
    /** All fight the enemy with the least hull and shield left. */
    WEAKEST,
    /** All fight the enemy with the most left. */
    STRONGEST,
    /** All draw away, for shields to recover. */
    FALL_BACK;

    /** How many there are. */
    public static final int COUNT = 4;
}
