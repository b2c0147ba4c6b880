package dev.horizon.engine.budget;

/**
 * What plugins' code may cost in one tick; 0 for any amount. Costs differ from run to run, so they
 * are reported, and act on what is simulated only as a recorded command of a later tick.
 *
 * @param pluginNanos that a plugin's handlers, commands and systems take
 * @param pluginBytes that they allocate
 * @param systemNanos that one system takes, over all threads
 * @param systemBytes that it allocates
 * @param ticksMax in a row beyond a budget after which a plugin or system is skipped; 0 for never
 * @param warmUpTicks after a start or reload that don't count: code is loaded and compiled then
 * @param patience with what takes more time
 */
public record CostBudget(
        long pluginNanos,
        long pluginBytes,
        long systemNanos,
        long systemBytes,
        int ticksMax,
        int warmUpTicks,
        Patience patience) {
    /** Measures nothing. */
    public static final CostBudget NONE = new CostBudget(0, 0, 0, 0, 0, 0);

    /**
     * When time is too much.
     *
     * @param times the budget
     * @param ticks in a row
     */
    public record Patience(int times, int ticks) {
        /** Of a node: each tick beyond the budget counts. */
        public static final Patience NONE = new Patience(1, 1);
    }

    /** Without patience. */
    public CostBudget(
            long pluginNanos,
            long pluginBytes,
            long systemNanos,
            long systemBytes,
            int ticksMax,
            int warmUpTicks) {
        this(
                pluginNanos,
                pluginBytes,
                systemNanos,
                systemBytes,
                ticksMax,
                warmUpTicks,
                Patience.NONE);
    }

    boolean isMeasured() {
        return pluginNanos > 0 || pluginBytes > 0 || systemNanos > 0 || systemBytes > 0;
    }
}
