package dev.horizon.engine.channels;

import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that {@link Locator} has to look at, on all threads of the tick: most rows change
 * in a way that nobody need follow, and to find that out is most of the work. Reads alone, but for
 * the marks that it leaves in {@link TableView#marked}: too many do no harm, none is missing.
 */
final class RowScan {
    private static final int WORDS_PER_RANGE = Column.RANGE_ROWS / Long.SIZE;
    private static final int UNITS_MIN = 256;
    private static final int ALL_TIERS = (1 << Members.TIERS) - 1;

    private final TableViews views;
    private final Members members;
    private final Crew crew;
    private final int attitudeTiers;
    private final Crew.Work scanning = (unit, lane) -> scan(unit);
    private int[] tableOf = new int[UNITS_MIN];
    private int[] rangeOf = new int[UNITS_MIN];
    private int since;

    RowScan(TableViews views, Members members, Crew crew, int attitudeTiers) {
        this.views = views;
        this.members = members;
        this.crew = crew;
        this.attitudeTiers = attitudeTiers;
    }

    /** Marks the rows of all tables that may have changed after a tick. */
    void run(int sinceTick) {
        since = sinceTick;
        int units = 0;
        for (int table = 0; table < views.count(); table++) {
            TableView view = views.at(table);
            if (!view.isRoot && !view.isRider) {
                continue;
            }
            int ranges = (view.table.size() + Column.RANGE_ROWS - 1) / Column.RANGE_ROWS;
            for (int range = 0; range < ranges; range++) {
                if (units == tableOf.length) {
                    tableOf = Arrays.copyOf(tableOf, units * 2);
                    rangeOf = Arrays.copyOf(rangeOf, units * 2);
                }
                tableOf[units] = table;
                rangeOf[units++] = range;
            }
        }
        crew.run(units, scanning);
    }

    private void scan(int unit) {
        TableView view = views.at(tableOf[unit]);
        int range = rangeOf[unit];
        int from = range * Column.RANGE_ROWS;
        int to = Math.min(view.table.size(), from + Column.RANGE_ROWS);
        int word = range * WORDS_PER_RANGE;
        Arrays.fill(view.marked, word, Math.min(view.marked.length, word + WORDS_PER_RANGE), 0);
        strangers(view, from, to);
        // Rows that are new to the view have no member yet; they are marked.
        int known = Math.min(to, view.seenRows);
        if (view.isRoot) {
            roots(view, range, from, known);
        } else {
            changed(view, view.parent, range, known);
        }
        changed(view, view.veil, range, known);
        for (int i = 0; i < view.types.length; i++) {
            if (hasChanged(view.columns[i], range)) {
                heeded(view, view.columns[i], view.typeTiers[i], from, known);
            }
        }
    }

    /** Rows that hold another entity than at the last look. */
    private static void strangers(TableView view, int from, int to) {
        Table table = view.table;
        long[] seen = view.seen;
        for (int row = from; row < to; row++) {
            if (seen[row] != table.entityAt(row) || row >= view.seenRows) {
                view.mark(row);
            }
        }
    }

    private void roots(TableView view, int range, int from, int to) {
        changed(view, view.size, range, to);
        changed(view, view.parent, range, to);
        PositionColumn position = view.position;
        if (position != null && hasChanged(position, range)) {
            moved(view, position, from, to);
        }
        MotionColumn motion = view.motion;
        if (motion != null && hasChanged(motion, range)) {
            armed(view, motion, ALL_TIERS, from, to);
        }
        AttitudeColumn attitude = view.attitude;
        if (attitude != null && hasChanged(attitude, range)) {
            armed(view, attitude, attitudeTiers, from, to);
        }
    }

    /** Rows that left the cells that they are in, and those that someone waits for. */
    private void moved(TableView view, PositionColumn position, int from, int to) {
        int[] member = view.member;
        for (int row = from; row < to; row++) {
            if (position.changedAt(row) - since > 0
                    && (members.armed[member[row]] != 0
                            || !members.isBoxed(
                                    member[row],
                                    position.x[row],
                                    position.y[row],
                                    position.z[row]))) {
                view.mark(row);
            }
        }
    }

    private void armed(TableView view, Column<?> column, int tierBits, int from, int to) {
        int[] member = view.member;
        for (int row = from; row < to; row++) {
            if ((members.armed[member[row]] & tierBits) != 0 && column.changedAt(row) - since > 0) {
                view.mark(row);
            }
        }
    }

    private void heeded(TableView view, Column<?> column, int tierBits, int from, int to) {
        int[] member = view.member;
        for (int row = from; row < to; row++) {
            if (column.changedAt(row) - since > 0
                    && member[row] != Members.NONE
                    && ((members.armed[member[row]] | members.coasting[member[row]]) & tierBits)
                            != 0) {
                view.mark(row);
            }
        }
    }

    private boolean hasChanged(Column<?> column, int range) {
        return column.rangeChangedAt(range) - since > 0;
    }

    private void changed(TableView view, @Nullable Column<?> column, int range, int to) {
        if (column == null || !hasChanged(column, range)) {
            return;
        }
        for (int row = range * Column.RANGE_ROWS; row < to; row++) {
            if (column.changedAt(row) - since > 0) {
                view.mark(row);
            }
        }
    }
}
