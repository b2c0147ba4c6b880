package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.GhostRows;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** Lookup as one system may use it. One per thread, bound to a system at a time. */
final class SystemLookup implements Lookup {
    private final WorldState world;
    private final Lookup all;
    private final GhostRows ghosts;
    private PlannedSystem system;
    private int allowed;

    SystemLookup(WorldState world, PlannedSystem any) {
        this.world = world;
        this.all = world.lookup();
        this.ghosts = world.ghosts();
        this.system = any;
    }

    void bind(PlannedSystem bound) {
        system = bound;
        allowed = bound.spec.exclusive() == null ? Modes.LOOKUP : Modes.LOOKUP_EXCLUSIVE;
    }

    @Override
    public long locate(long entityId) {
        long location = all.locate(entityId);
        return location == NOWHERE && system.seesGhosts ? ghosts.locate(entityId) : location;
    }

    @Override
    public <C extends Column<?>> @Nullable C column(ComponentType<C> type, long location) {
        int use = system.require(type, allowed, "lookingUp");
        return location == NOWHERE
                ? null
                : type.columnClass().cast(system.columns[Lookup.table(location)][use]);
    }

    @Override
    public long entityAt(long location) {
        return location == NOWHERE
                ? 0
                : world.table(Lookup.table(location)).entityAt(Lookup.row(location));
    }

    @Override
    public long firstChild(long entityId) {
        return all.firstChild(entityId);
    }

    @Override
    public long nextSibling(long entityId) {
        return all.nextSibling(entityId);
    }
}
