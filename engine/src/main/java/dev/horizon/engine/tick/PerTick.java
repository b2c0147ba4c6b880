package dev.horizon.engine.tick;

/**
 * How much of one kind of work a tick takes on, where more may wait than it has time for. Little at
 * first, twice as much behind each tick that took all it might and had time left, and half as much
 * behind one that took too long: as TCP looks for what a way bears (slow start and multiplicative
 * decrease of RFC 5681). So code that nobody has run yet and a slow machine make the work take
 * longer, but not the ticks. Tick thread.
 */
final class PerTick {
    /** Of its budget, beyond which a tick took too long, and up to which it had time left. */
    private static final double LONG_LOAD = 1.0;

    private static final double SHORT_LOAD = 0.6;

    private final int min;
    private final int max;
    private int most;

    PerTick(int min, int max) {
        this.min = min;
        this.max = max;
        most = min;
    }

    /** What the next tick may take. */
    int most() {
        return most;
    }

    /**
     * Learns from a tick.
     *
     * @param taken what it took
     * @param load its time, of its budget
     */
    void tickDone(int taken, double load) {
        if (taken > 0 && load > LONG_LOAD) {
            most = Math.max(min, most / 2);
        } else if (taken >= most && load < SHORT_LOAD) {
            most = Math.min(max, 2 * most);
        }
    }
}
