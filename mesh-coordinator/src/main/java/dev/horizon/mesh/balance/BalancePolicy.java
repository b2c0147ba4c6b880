package dev.horizon.mesh.balance;

/**
 * When load is worth a move.
 *
 * @param highPercent of its budget that a node's ticks take before it gives something away
 * @param lowPercent that two nodes take, each of them, before what was cut is put together; less
 *     than half of the other, so that together they are not too much again
 * @param sustainMillis how long it has been so
 * @param settleMillis how long nothing is done after a step, for load is measured over a while
 */
public record BalancePolicy(
        int highPercent, int lowPercent, long sustainMillis, long settleMillis) {
    /** Checks the bounds. */
    public BalancePolicy {
        if (lowPercent < 0 || 2 * lowPercent >= highPercent) {
            throw new IllegalArgumentException(
                    "low is %d %% and high %d %%: low has to be less than half of high, or nodes would give and take for ever"
                            .formatted(lowPercent, highPercent));
        }
        if (sustainMillis < 0 || settleMillis < 0) {
            throw new IllegalArgumentException("times can't be negative");
        }
    }
}
