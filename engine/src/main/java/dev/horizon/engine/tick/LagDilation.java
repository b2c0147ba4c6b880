package dev.horizon.engine.tick;

/**
 * How slow simulated time runs while the recorder lags, before the node has to pause: from a
 * quarter of the ticks that may be held on, the more the slower.
 */
record LagDilation(int heldTicksMax) {
    private static final int NORMAL_PERMILLE = 1_000;
    private static final int SLOWEST_PERMILLE = 100;

    /** Coarse, so that it rarely changes. */
    private static final int STEP_PERMILLE = 100;

    /** Of those that may be held: fewer are a recorder's everyday life. */
    private static final int HELD_SHARE = 4;

    private static final int HELD_MIN = 3;

    /** What time runs at while so many ticks are held, in 1/1000. */
    int permille(int heldTicks) {
        int heldFrom = Math.max(HELD_MIN, heldTicksMax / HELD_SHARE);
        if (heldTicks <= heldFrom) {
            return NORMAL_PERMILLE;
        }
        int left =
                NORMAL_PERMILLE * (heldTicksMax - heldTicks) / Math.max(1, heldTicksMax - heldFrom);
        return Math.max(SLOWEST_PERMILLE, left / STEP_PERMILLE * STEP_PERMILLE);
    }
}
