package dev.horizon.engine.channels;

import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import java.util.Arrays;

/** The world's tables as channels see them, in order of creation. */
final class TableViews {
    /** Carriers of carriers that are followed to one with a place. */
    private static final int RIDE_DEPTH_MAX = 16;

    private final WorldState world;
    private final FrameWriter[] writers;
    private final Seats seats;
    private final ChannelConfig config;
    private TableView[] views = new TableView[0];
    private int entityBytesMax;

    TableViews(WorldState world, FrameWriter[] writers, Seats seats, ChannelConfig config) {
        this.config = config;
        this.world = world;
        this.writers = writers;
        this.seats = seats;
    }

    int count() {
        return views.length;
    }

    TableView at(int table) {
        return views[table];
    }

    /** The most bytes that a frame says of any entity. */
    int entityBytesMax() {
        return entityBytesMax;
    }

    /** Follows tables that came and columns that were replaced. */
    void refresh() {
        int tables = world.tableCount();
        if (tables > views.length) {
            int known = views.length;
            views = Arrays.copyOf(views, tables);
            for (int i = known; i < tables; i++) {
                enter(i, new TableView(world.table(i), writers, config));
            }
        }
        for (int i = 0; i < views.length; i++) {
            if (views[i].isOutdated()) {
                enter(i, new TableView(views[i], writers, config));
            }
            TableView view = views[i];
            if (view.isRoot || view.isRider) {
                view.refresh();
            }
        }
    }

    private void enter(int table, TableView view) {
        views[table] = view;
        seats.ensureComponents(view.componentsMax());
        entityBytesMax = Math.max(entityBytesMax, view.entityBytesMax());
    }

    /**
     * The member in whose channels an entity is that a carrier carries, through other carriers if
     * need be: one with a place, or veiled.
     */
    int rootOf(long carrier) {
        Lookup lookup = world.lookup();
        long entity = carrier;
        for (int depth = 0; depth < RIDE_DEPTH_MAX && entity != 0; depth++) {
            long location = lookup.locate(entity);
            if (location == Lookup.NOWHERE) {
                return Members.NONE;
            }
            TableView view = views[Lookup.table(location)];
            int row = Lookup.row(location);
            if (view.isRoot) {
                return view.member[row];
            }
            if (view.isRider && view.audience(row) != 0) {
                return veiled(view, row, entity);
            }
            ParentColumn parent = lookup.column(ParentColumn.TYPE, location);
            entity = parent == null ? 0 : parent.id[row];
        }
        return Members.NONE;
    }

    /** Its table may not have been looked at since it came. */
    private int veiled(TableView view, int row, long entity) {
        boolean isKnown = row < view.seenRows && view.seen[row] == entity;
        return isKnown ? view.member[row] : Members.NONE;
    }
}
