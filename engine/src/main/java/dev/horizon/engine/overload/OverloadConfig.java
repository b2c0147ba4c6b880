package dev.horizon.engine.overload;

/**
 * When a node takes steps against overload.
 *
 * @param isEnabled false for a node that never does
 * @param raisePermille part of their budget, in 1/1000, that ticks take on average beyond which the
 *     next step is taken
 * @param lowerPermille the same below which the last step is taken back
 * @param slowestPermille the slowest that simulated time may run, in 1/1000 of real time
 * @param warmUpSeconds after a start in which no step is taken: code is loaded and compiled then
 */
public record OverloadConfig(
        boolean isEnabled,
        int raisePermille,
        int lowerPermille,
        int slowestPermille,
        int warmUpSeconds) {
    /** Design section 10: time runs at a tenth at least. */
    public static final int SLOWEST_PERMILLE = 100;

    /** No steps. */
    public static final OverloadConfig OFF = new OverloadConfig(false, 850, 600, 100, 0);

    /** Refuses what would climb up and down for ever. */
    public OverloadConfig {
        if (lowerPermille < 1 || lowerPermille >= raisePermille) {
            throw new IllegalArgumentException(
                    "a step is taken back below "
                            + lowerPermille
                            + " and taken above "
                            + raisePermille
                            + ": the first has to be less than the second");
        }
        if (slowestPermille < SLOWEST_PERMILLE || slowestPermille > 1_000) {
            throw new IllegalArgumentException(
                    "time can't run at " + slowestPermille + "/1000; set it to 100 to 1000");
        }
    }
}
