package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TickClock;

/** When the next tick is due. Tick thread. */
record Pace(TickClock clock, TickMetrics metrics, int lagTicksMax) {
    private static final int NORMAL_PERMILLE = 1_000;

    /** Behind the tick that was due then; gives lost periods up where there are many. */
    long next(long due) {
        long period = metrics.budgetNanos() * NORMAL_PERMILLE / metrics.dilationPermille();
        long next = due + period;
        long behind = (clock.nanoTime() - next) / period;
        if (behind < lagTicksMax) {
            return next;
        }
        metrics.add(Counter.TICKS_SKIPPED, behind);
        return next + behind * period;
    }
}
