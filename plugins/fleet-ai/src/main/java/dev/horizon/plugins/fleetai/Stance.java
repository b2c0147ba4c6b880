package dev.horizon.plugins.fleetai;

/** What the enemy is seen to do: the contexts that lore is kept for. The ordinals are stored. */
public enum Stance {
    /** Close together, and coming nearer. */
    MASSED_CLOSING,
    /** Close together, and not coming nearer. */
    MASSED_HOLDING,
    /** Far apart, and coming nearer. */
    SCATTERED_CLOSING,
    /** Far apart, and not coming nearer: some lead away, others wait. */
    SCATTERED_HOLDING;

    /** How many there are. */
    public static final int COUNT = 4;

    /** The stance of two observations. */
    static int of(boolean scattered, boolean closing) {
        return (scattered ? 2 : 0) + (closing ? 0 : 1);
    }
}
