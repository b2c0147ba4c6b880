package dev.horizon.engine.systems;

import dev.horizon.engine.world.Column;

/**
 * A queue of effects on other entities: rows of a component that no entity holds. Systems append in
 * parallel, an exclusive system of a later stage (or later in the same stage) applies them in
 * order. What is not consumed by the end of the tick is dropped.
 *
 * @param <C> the generated column class of the effect
 */
public interface Effects<C extends Column<?>> {
    /** Appends a row of zeros and returns its index; fetch {@link #column()} again afterwards. */
    int add();

    /** Rows in the queue. */
    int size();

    /** The rows' fields; replaced when the queue grows. */
    C column();
}
