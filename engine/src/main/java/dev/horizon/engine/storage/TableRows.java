package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.Composition;

/** A table, or a copy of one, as a snapshot writes it. */
interface TableRows {
    Composition composition();

    int size();

    long entityAt(int row);

    /** In the order of the composition's components. */
    Column<?>[] columns();
}
