package dev.horizon.engine.channels;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import java.util.Arrays;

/**
 * Keeps members in step with the world's tables: who is published, in which cells, and which of
 * them changed since the last look. Costs a comparison per row for what stays as it is.
 */
final class Locator {
    private static final int ALL_TIERS = (1 << Members.TIERS) - 1;

    private final WorldState world;
    private final Channels channels;
    private final Members members;
    private final int attitudeTiers;
    private final CellKeeper cells;
    private final TableViews views;
    private long[] suspects = new long[64];
    private int suspectCount;
    private int since;

    Locator(
            WorldState world,
            Channels channels,
            CellKeeper cells,
            TableViews views,
            int attitudeTiers) {
        this.world = world;
        this.channels = channels;
        this.members = channels.members;
        this.views = views;
        this.attitudeTiers = attitudeTiers;
        this.cells = cells;
    }

    /** Times that an entity was found beyond the last cell of a tier. */
    long outOfRange() {
        return cells.outOfRange();
    }

    void locate(long tick) {
        views.refresh();
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
        for (int row = 0; row < rows; row++) {
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
            drop(member, false);
            member = Members.NONE;
        }
        if (member != Members.NONE) {
            relocate(member, view, row);
            return member;
        }
        member = members.addRoot(entity);
        members.tiers[member] = view.tiers;
        members.table[member] = view.table.ordinal();
        members.row[member] = row;
        members.parentId[member] = view.parentId(row);
        Arrays.fill(members.channel, member * Members.TIERS, (member + 1) * Members.TIERS, null);
        measure(member, view, row);
        cells.assignCells(member, view, row);
        return member;
    }

    private int adoptRider(TableView view, int row, long entity) {
        int root = views.rootOf(view.parentId(row));
        int member = members.find(entity);
        if (member != Members.NONE
                && (members.root[member] != root
                        || members.tiers[member] != view.tiers
                        || members.parentId[member] != view.parentId(row))) {
            drop(member, false);
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
        int[] member = view.member;
        PositionColumn position = view.position;
        SizeColumn size = view.size;
        if (position == null || size == null) {
            return;
        }
        for (int row = next(size, 0, rows); row < rows; row = next(size, row + 1, rows)) {
            resize(member[row], view, row);
        }
        for (int row = next(position, 0, rows); row < rows; row = next(position, row + 1, rows)) {
            move(member[row], view, row);
        }
        ParentColumn parent = view.parent;
        if (parent != null) {
            for (int row = next(parent, 0, rows); row < rows; row = next(parent, row + 1, rows)) {
                if (parent.id[row] != members.parentId[member[row]]) {
                    reenter(member[row], view, row);
                }
            }
        }
        if (view.motion != null) {
            touchMoved(view, view.motion, ALL_TIERS);
        }
        if (view.attitude != null) {
            touchMoved(view, view.attitude, attitudeTiers);
        }
        touchComponents(view);
    }

    private void lookAtRiders(TableView view) {
        ParentColumn parent = view.parent;
        if (parent != null) {
            int rows = view.seenRows;
            for (int row = next(parent, 0, rows); row < rows; row = next(parent, row + 1, rows)) {
                int member = view.member[row];
                if (member == Members.NONE || members.parentId[member] != parent.id[row]) {
                    view.orphans -= member == Members.NONE ? 1 : 0;
                    view.member[row] = adoptRider(view, row, view.seen[row]);
                }
            }
        }
        touchComponents(view);
    }

    private void touchComponents(TableView view) {
        for (int i = 0; i < view.types.length; i++) {
            touchChanged(view, view.columns[i], view.typeTiers[i]);
        }
    }

    private void touchChanged(TableView view, Column<?> column, int tierBits) {
        int[] member = view.member;
        int rows = view.seenRows;
        for (int row = next(column, 0, rows); row < rows; row = next(column, row + 1, rows)) {
            if (member[row] != Members.NONE) {
                channels.seating.touch(member[row], tierBits);
            }
        }
    }

    private void touchMoved(TableView view, Column<?> column, int tierBits) {
        int[] member = view.member;
        int rows = view.seenRows;
        for (int row = next(column, 0, rows); row < rows; row = next(column, row + 1, rows)) {
            channels.seating.touchMoved(member[row], tierBits);
        }
    }

    /** The next row that changed since the last look, from one on; {@code rows} for none. */
    private int next(Column<?> column, int from, int rows) {
        int row = from;
        while (row < rows) {
            int range = row / Column.RANGE_ROWS;
            if (row % Column.RANGE_ROWS == 0 && column.rangeChangedAt(range) - since <= 0) {
                row += Column.RANGE_ROWS;
            } else if (column.changedAt(row) - since > 0) {
                return row;
            } else {
                row++;
            }
        }
        return rows;
    }

    private void move(int member, TableView view, int row) {
        PositionColumn position = view.position;
        if (position == null) {
            return;
        }
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        double[] box = members.box;
        int at = member * Members.BOX_STRIDE;
        boolean stays =
                x >= box[at]
                        && x <= box[at + 3]
                        && y >= box[at + 1]
                        && y <= box[at + 4]
                        && z >= box[at + 2]
                        && z <= box[at + 5];
        if (!stays) {
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
        for (int tier = 0; tier < Members.TIERS; tier++) {
            channels.leave(member, tier, false);
        }
        members.parentId[member] = view.parentId(row);
        cells.assignCells(member, view, row);
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
                drop(member, world.lookup().locate(entity) == Lookup.NOWHERE);
            }
        }
        suspectCount = 0;
    }

    private void drop(int member, boolean gone) {
        int root = members.root[member];
        if (root == member) {
            for (int tier = 0; tier < Members.TIERS; tier++) {
                channels.leave(member, tier, gone);
            }
            while (members.firstRider[member] != Members.NONE) {
                int rider = members.firstRider[member];
                orphan(rider);
                members.removeRider(rider);
                members.remove(rider);
            }
        } else {
            for (int tier = 0; tier < Members.TIERS; tier++) {
                Channel channel = members.channel[root * Members.TIERS + tier];
                if (channel != null && channel.live) {
                    channels.seating.depart(member, channel, gone);
                }
            }
            members.removeRider(member);
        }
        members.remove(member);
    }

    /** Its row, if it still has one, is to find another carrier. */
    private void orphan(int rider) {
        TableView view = views.at(members.table[rider]);
        int row = members.row[rider];
        if (row < view.seenRows && view.seen[row] == members.id[rider]) {
            view.member[row] = Members.NONE;
            view.orphans++;
        }
    }
}
