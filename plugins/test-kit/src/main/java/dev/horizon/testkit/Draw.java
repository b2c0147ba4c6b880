package dev.horizon.testkit;

import dev.horizon.engine.systems.Randomness;
import java.util.List;

/** Chance of one step of a {@link Property}: the same for the same seed and step. */
public final class Draw {
    private final long seed;
    private final int step;
    private int draws;

    Draw(long seed, int step) {
        this.seed = seed;
        this.step = step;
    }

    /** Which step this is, from 0 on. */
    public int step() {
        return step;
    }

    /**
     * A whole number from 0 to below a bound.
     *
     * @param bound more than 0
     */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nothing is below " + bound);
        }
        return (int) Long.remainderUnsigned(bits(), bound);
    }

    /** A whole number within bounds, both included. */
    public int between(int least, int most) {
        return least + below(Math.addExact(Math.subtractExact(most, least), 1));
    }

    /** A number from 0 to below 1. */
    public double uniform() {
        return Randomness.uniform(bits());
    }

    /** True with a chance from 0 to 1. */
    public boolean chance(double of) {
        return uniform() < of;
    }

    /** One of some; there must be any. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    private long bits() {
        return Randomness.bits(seed, step, draws++, 0);
    }
}
