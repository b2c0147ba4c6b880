package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Tick;

/** The current tick: one object, advanced by the tick thread between ticks. */
public final class TickState implements Tick {
    private final long seed;
    private final double dt;
    private long number;

    /**
     * Stands before the first tick.
     *
     * @param seed the star system's
     * @param dt simulated seconds of one tick
     */
    public TickState(long seed, double dt) {
        this.seed = seed;
        this.dt = dt;
    }

    /** Goes to the next tick. */
    public void advance() {
        number++;
    }

    /** Goes to a tick, as after a restore. */
    public void moveTo(long tick) {
        number = tick;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public double dt() {
        return dt;
    }

    @Override
    public long seed() {
        return seed;
    }
}
