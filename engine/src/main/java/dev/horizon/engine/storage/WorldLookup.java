package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** Lookup of every component, for code outside systems. */
final class WorldLookup implements Lookup {
    private final Tables tables;
    private final Riders riders;

    WorldLookup(Tables tables, Riders riders) {
        this.tables = tables;
        this.riders = riders;
    }

    @Override
    public long locate(long entityId) {
        return tables.locate(entityId);
    }

    @Override
    public long locate(long entityId, long before) {
        return tables.isAt(entityId, before) ? before : tables.locate(entityId);
    }

    @Override
    public <C extends Column<?>> @Nullable C column(ComponentType<C> type, long location) {
        return location == NOWHERE ? null : tables.of(location).column(type);
    }

    @Override
    public long entityAt(long location) {
        return location == NOWHERE ? 0 : tables.of(location).entityAt(Lookup.row(location));
    }

    @Override
    public long firstChild(long entityId) {
        return riders.firstChild(entityId);
    }

    @Override
    public long nextSibling(long entityId) {
        return riders.nextSibling(entityId);
    }
}
