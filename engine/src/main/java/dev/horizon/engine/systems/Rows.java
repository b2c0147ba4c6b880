package dev.horizon.engine.systems;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * One range of one table, as its system may touch it. Valid during the call alone, on the calling
 * thread alone. Every method throws {@link dev.horizon.engine.world.HorizonWorldException} for what
 * the system's {@link Access} doesn't declare, and allocates nothing.
 */
public interface Rows {
    /** First row. */
    int from();

    /** End of the rows, exclusive. */
    int to();

    /** The entity of a row. */
    long entityAt(int row);

    /** A required column, for reading (declared READ, WRITE or UPDATE). */
    <C extends Column<?>> C read(ComponentType<C> type);

    /** A required column, for a dense write: marks all rows of the range as changed. */
    <C extends Column<?>> C write(ComponentType<C> type);

    /** A required column, for a sparse write: call {@link Column#markRow} for each row written. */
    <C extends Column<?>> C update(ComponentType<C> type);

    /** A column declared optional, or null where this table lacks it. */
    <C extends Column<?>> @Nullable C optional(ComponentType<C> type);

    /** A column declared optionally updated, or null where this table lacks it. */
    <C extends Column<?>> @Nullable C optionalUpdate(ComponentType<C> type);

    /** Reads other entities, by id, of components declared as looked up. */
    Lookup lookup();

    /** This range's part of an effect queue. */
    <C extends Column<?>> Effects<C> effects(ComponentType<C> type);

    /** This range's structural changes, applied when the tick's systems are done. */
    Commands commands();

    /** A derived object declared as used or built. */
    <T> T derived(DerivedKey<T> key);
}
