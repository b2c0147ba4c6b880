package dev.horizon.plugins.economy;

/** What things are worth: a base price each, and a curve by what a station has in store. */
public final class Tariff {
    private static final int[] BASE = {10, 30, 15, 60};

    private Tariff() {}

    /** Credits per unit at a usual stock, by ordinal of the commodity. */
    public static long base(int commodity) {
        return BASE[commodity];
    }

    /**
     * Credits per unit at a station: twice the base where there is nothing, half of it where there
     * is far too much, {@code base * (1/2 + 3/2 * target / (target + stock))} in between, at least
     * 1.
     */
    public static long fair(int commodity, int stock, int target) {
        double scarcity = (double) target / ((double) target + stock);
        return Math.max(1, (long) (BASE[commodity] * (0.5 + 1.5 * scarcity)));
    }

    /** What a station pays at most: a little below fair. */
    public static long bid(int commodity, int stock, int target) {
        return Math.max(1, fair(commodity, stock, target) * 95 / 100);
    }

    /** What a station asks at least: a little above fair, and always above its bid. */
    public static long ask(int commodity, int stock, int target) {
        return Math.max(
                bid(commodity, stock, target) + 1, fair(commodity, stock, target) * 105 / 100);
    }
}
