package dev.horizon.engine.systems;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** All tables of an exclusive system. The same rules as for {@link Rows}. */
public interface Sweep {
    /** Tables that match the access, in table order; empty tables are left out. */
    int tables();

    /** All rows of one of them. */
    Rows rows(int index);

    /** Reads entities by id: components declared as looked up, read, written or updated. */
    Lookup lookup();

    /**
     * The column at a location for a sparse write to a component declared as updated or optionally
     * updated, in any table; null where the table lacks it. Mark the row.
     */
    <C extends Column<?>> @Nullable C update(ComponentType<C> type, long location);

    /**
     * The effects emitted so far in this tick, of all ranges, in (system, range, sequence) order.
     */
    <C extends Column<?>> Effects<C> consume(ComponentType<C> type);

    /** This system's own effect queue. */
    <C extends Column<?>> Effects<C> effects(ComponentType<C> type);

    /** Structural changes, applied when the tick's systems are done. */
    Commands commands();

    /** A derived object declared as used or built. */
    <T> T derived(DerivedKey<T> key);
}
