package dev.horizon.engine.channels;

/** {@link Extrapolation#seconds} of whole ticks: the same bits, most of them looked up. */
final class TickAges {
    private static final int TICKS_KNOWN = 1_024;

    private final int tickHz;
    private final double[] known = new double[TICKS_KNOWN];

    TickAges(int tickHz) {
        this.tickHz = tickHz;
        for (int ticks = 0; ticks < TICKS_KNOWN; ticks++) {
            known[ticks] = Extrapolation.seconds(ticks, tickHz);
        }
    }

    double seconds(int ticks) {
        return ticks >= 0 && ticks < TICKS_KNOWN
                ? known[ticks]
                : Extrapolation.seconds(ticks, tickHz);
    }
}
