package dev.horizon.engine.channels;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps members in step with the world's tables: who is published, in which cells, and which of
 * them changed since the last look. {@link RowScan} finds the rows that there is anything to do
 * about.
 */
final class Locator {
    private static final int ALL_TIERS = (1 << Members.TIERS) - 1;

    private final WorldState world;
    private final Channels channels;
    private final Members members;
    private final int attitudeTiers;
    private final CellKeeper cells;
    private final TableViews views;
    private final RowScan scan;
    private final Hiding hiding;
    private final Departures departures;
    private long[] suspects = new long[64];
    private int suspectCount;
    private int since;
    private long lookedAt = -1;

    Locator(
            WorldState world,
            Channels channels,
            CellKeeper cells,
            TableViews views,
            RowScan scan,
            int attitudeTiers) {
        this.world = world;
        this.scan = scan;
        this.channels = channels;
        this.members = channels.members;
        this.views = views;
        this.attitudeTiers = attitudeTiers;
        this.cells = cells;
        this.hiding = new Hiding(channels);
        this.departures = new Departures(channels, hiding, views);
    }

    /** Times that an entity was found beyond the last cell of a tier. */
    long outOfRange() {
        return cells.outOfRange();
    }

    /** Finds what changed since the last time, before {@link #locate} follows it. */
    void look(long tick) {
        if (lookedAt != tick) {
            lookedAt = tick;
            views.refresh();
            scan.run(since);
        }
    }

    void locate(long tick) {
        look(tick);
        for (int i = 0; i < views.count(); i++) {
            TableView view = views.at(i);
            if (view.isRoot) {
                recognise(view);
                lookAtRoots(view);
            }
        }
        for (int i = 0; i < views.count(); i++) {
            TableView view = views.at(i);
            if (view.isRider) {
                recognise(view);
                lookAtRiders(view);
            }
        }
        dropMissing();
        since = (int) tick;
    }

    /** Finds rows that hold another entity than at the last look. */
    private void recognise(TableView view) {
        Table table = view.table;
        int rows = table.size();
        long[] seen = view.seen;
        for (int row = view.nextMarked(0, rows); row < rows; row = view.nextMarked(row + 1, rows)) {
            long entity = table.entityAt(row);
            if (seen[row] != entity || row >= view.seenRows) {
                if (row < view.seenRows) {
                    suspect(view, row);
                }
                seen[row] = entity;
                view.member[row] =
                        view.isRoot ? adoptRoot(view, row, entity) : adoptRider(view, row, entity);
            }
        }
        for (int row = rows; row < view.seenRows; row++) {
            suspect(view, row);
        }
        view.seenRows = rows;
        if (view.orphans > 0) {
            adoptOrphans(view);
        }
    }

    private void suspect(TableView view, int row) {
        if (view.member[row] == Members.NONE) {
            view.orphans--;
        }
        if (suspectCount == suspects.length) {
            suspects = Arrays.copyOf(suspects, suspectCount * 2);
        }
        suspects[suspectCount++] = view.seen[row];
    }

    private void adoptOrphans(TableView view) {
        for (int row = 0; row < view.seenRows; row++) {
            if (view.member[row] == Members.NONE) {
                view.orphans--;
                view.member[row] = adoptRider(view, row, view.seen[row]);
            }
        }
    }

    private int adoptRoot(TableView view, int row, long entity) {
        int member = members.find(entity);
        if (member != Members.NONE && members.root[member] != member) {
            departures.drop(member, false);
            member = Members.NONE;
        }
        if (member != Members.NONE) {
            relocate(member, view, row);
            if (members.audience[member] != view.audience(row)) {
                reenter(member, view, row);
            }
            return member;
        }
        member = members.addRoot(entity);
        members.tiers[member] = view.tiers;
        members.table[member] = view.table.ordinal();
        members.row[member] = row;
        members.parentId[member] = view.parentId(row);
        members.audience[member] = view.audience(row);
        Arrays.fill(members.channel, member * Members.TIERS, (member + 1) * Members.TIERS, null);
        measure(member, view, row);
        cells.assignCells(member, view, row);
        return member;
    }

    private int adoptRider(TableView view, int row, long entity) {
        if (view.audience(row) != 0) {
            return adoptVeiled(view, row, entity);
        }
        int root = views.rootOf(view.parentId(row));
        int member = members.find(entity);
        if (member != Members.NONE
                && (members.root[member] != root
                        || members.tiers[member] != view.tiers
                        || members.parentId[member] != view.parentId(row))) {
            departures.drop(member, false);
            member = Members.NONE;
        }
        if (root == Members.NONE) {
            view.orphans++;
            return Members.NONE;
        }
        if (member != Members.NONE) {
            relocate(member, view, row);
            return member;
        }
        member = members.add(entity);
        members.root[member] = root;
        members.tiers[member] = view.tiers;
        members.table[member] = view.table.ordinal();
        members.row[member] = row;
        members.parentId[member] = view.parentId(row);
        members.sizeClass[member] = members.sizeClass[root];
        members.addRider(root, member);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            Channel channel = members.channel[root * Members.TIERS + tier];
            if (channel != null && channel.live) {
                channels.seating.seat(member, channel);
            }
        }
        return member;
    }

    /** What is veiled without a place is in channels of its own, whatever carries it. */
    private int adoptVeiled(TableView view, int row, long entity) {
        int member = members.find(entity);
        int audience = view.audience(row);
        if (member != Members.NONE
                && (members.audience[member] != audience
                        || members.tiers[member] != view.tiers
                        || members.parentId[member] != view.parentId(row))) {
            if (members.root[member] != member) {
                departures.orphanCarried(members.root[member], entity);
            }
            departures.drop(member, false, true);
            member = Members.NONE;
        }
        if (member != Members.NONE) {
            relocate(member, view, row);
            return member;
        }
        member = members.add(entity);
        members.root[member] = member;
        members.audience[member] = audience;
        members.tiers[member] = view.tiers;
        members.table[member] = view.table.ordinal();
        members.row[member] = row;
        members.parentId[member] = view.parentId(row);
        members.sizeClass[member] = 0;
        Arrays.fill(members.channel, member * Members.TIERS, (member + 1) * Members.TIERS, null);
        cells.assignPlaceless(member);
        hiding.show(member);
        return member;
    }

    private void relocate(int member, TableView view, int row) {
        boolean recomposed = members.table[member] != view.table.ordinal();
        members.table[member] = view.table.ordinal();
        members.row[member] = row;
        if (recomposed) {
            channels.seating.touch(member, ALL_TIERS);
        }
    }

    private void lookAtRoots(TableView view) {
        int rows = view.seenRows;
        for (int row = view.nextMarked(0, rows); row < rows; row = view.nextMarked(row + 1, rows)) {
            int member = view.member[row];
            if (hasChanged(view.size, row)) {
                resize(member, view, row);
            }
            if (hasChanged(view.position, row)) {
                move(member, view, row);
            }
            ParentColumn parent = view.parent;
            if (parent != null && parent.id[row] != members.parentId[member]) {
                reenter(member, view, row);
            }
            if (view.audience(row) != members.audience[member]) {
                reenter(member, view, row);
            }
            if (hasChanged(view.motion, row)) {
                channels.seating.touchMoved(member, ALL_TIERS);
            }
            if (hasChanged(view.attitude, row)) {
                channels.seating.touchMoved(member, attitudeTiers);
            }
            touchComponents(member, view, row);
        }
    }

    private void lookAtRiders(TableView view) {
        int rows = view.seenRows;
        for (int row = view.nextMarked(0, rows); row < rows; row = view.nextMarked(row + 1, rows)) {
            ParentColumn parent = view.parent;
            int member = view.member[row];
            if (parent != null
                    && hasChanged(parent, row)
                    && (member == Members.NONE || members.parentId[member] != parent.id[row])) {
                view.orphans -= member == Members.NONE ? 1 : 0;
                member = adoptRider(view, row, view.seen[row]);
                view.member[row] = member;
            }
            if (hasChanged(view.veil, row)
                    && (member == Members.NONE || members.audience[member] != view.audience(row))) {
                view.orphans -= member == Members.NONE ? 1 : 0;
                member = adoptRider(view, row, view.seen[row]);
                view.member[row] = member;
            }
            if (member != Members.NONE) {
                touchComponents(member, view, row);
            }
        }
    }

    private void touchComponents(int member, TableView view, int row) {
        int tiers = 0;
        for (int i = 0; i < view.types.length; i++) {
            if (view.columns[i].changedAt(row) - since > 0) {
                tiers |= view.typeTiers[i];
            }
        }
        if (tiers != 0) {
            channels.seating.touch(member, tiers);
        }
    }

    private boolean hasChanged(@Nullable Column<?> column, int row) {
        return column != null && column.changedAt(row) - since > 0;
    }

    private void move(int member, TableView view, int row) {
        PositionColumn position = view.position;
        if (position == null) {
            return;
        }
        if (!members.isBoxed(member, position.x[row], position.y[row], position.z[row])) {
            cells.assignCells(member, view, row);
        }
        channels.seating.touchMoved(member, ALL_TIERS);
    }

    private void measure(int member, TableView view, int row) {
        SizeColumn size = view.size;
        if (size != null) {
            members.sizeClass[member] = size.sizeClass[row];
            members.radius[member] = size.radius[row];
        }
    }

    private void resize(int member, TableView view, int row) {
        byte sizeClass = members.sizeClass[member];
        float radius = members.radius[member];
        measure(member, view, row);
        if (members.sizeClass[member] != sizeClass || members.radius[member] != radius) {
            reenter(member, view, row);
            for (int rider = members.firstRider[member]; rider != Members.NONE; ) {
                members.sizeClass[rider] = members.sizeClass[member];
                rider = members.nextRider[rider];
            }
        }
    }

    /** Leaves all channels and enters them afresh: what {@code entered} says of it has changed. */
    private void reenter(int member, TableView view, int row) {
        int audience = view.audience(row);
        boolean hides = audience != 0 && audience != members.audience[member];
        departures.leave(member, false, hides);
        members.parentId[member] = view.parentId(row);
        members.audience[member] = audience;
        cells.assignCells(member, view, row);
        if (hides) {
            hiding.show(member);
        }
    }

    /** Removes the members whose entity is no longer where it was, nor anywhere else. */
    private void dropMissing() {
        for (int i = 0; i < suspectCount; i++) {
            long entity = suspects[i];
            int member = members.find(entity);
            if (member == Members.NONE) {
                continue;
            }
            Table table = views.at(members.table[member]).table;
            int row = members.row[member];
            if (row >= table.size() || table.entityAt(row) != entity) {
                departures.drop(member, isNowhere(entity));
            }
        }
        suspectCount = 0;
    }

    /** Neither here nor, as a ghost, on another node. */
    private boolean isNowhere(long entity) {
        return world.lookup().locate(entity) == Lookup.NOWHERE
                && world.ghosts().locate(entity) == Lookup.NOWHERE;
    }
}
