package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** Lookup of every component, for code outside systems. */
final class WorldLookup implements Lookup {
    private final WorldState world;

    WorldLookup(WorldState world) {
        this.world = world;
    }

    @Override
    public long locate(long entityId) {
        return world.locate(entityId);
    }

    @Override
    public <C extends Column<?>> @Nullable C column(ComponentType<C> type, long location) {
        return location == NOWHERE ? null : world.table(Lookup.table(location)).column(type);
    }

    @Override
    public long entityAt(long location) {
        return location == NOWHERE
                ? 0
                : world.table(Lookup.table(location)).entityAt(Lookup.row(location));
    }

    @Override
    public long firstChild(long entityId) {
        return world.riders().firstChild(entityId);
    }

    @Override
    public long nextSibling(long entityId) {
        return world.riders().nextSibling(entityId);
    }
}
