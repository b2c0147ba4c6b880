package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentType;
import java.util.Collection;
import java.util.List;

/** Answers which tables have given components. Used by the tick thread, when a table appears. */
interface TableCatalogue extends AutoCloseable {
    /** Takes in a new table. */
    void add(Table table);

    /** Takes in the columns that a table has after it grew. */
    void replaced(Table table);

    /** The tables that have all the components, by ordinal. */
    List<Table> with(Collection<? extends ComponentType<?>> types);

    /** Frees what isn't on the heap. */
    @Override
    void close();
}
