package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import org.agrona.collections.LongArrayList;

/**
 * Who rides in whom: a list per parent, derived from the Parent components and kept in order of
 * entity id, so that it is a function of the columns alone and the same after a restore. A Parent
 * that names an entity that doesn't exist, the entity itself or one of its own riders is set to
 * none.
 */
final class Riders {
    /** Deeper nesting than this is taken for a cycle. */
    private static final int DEPTH_MAX = 32;

    private final Tables tables;
    private final LongArrayList waiting = new LongArrayList();

    Riders(Tables tables) {
        this.tables = tables;
    }

    /** Follows what systems and handlers wrote into Parent columns since the last apply. */
    void followMarks() {
        for (int t = 0; t < tables.count(); t++) {
            Table table = tables.at(t);
            ParentColumn parents = table.parents();
            if (parents == null) {
                continue;
            }
            for (int from = 0; from < table.size(); from += Column.RANGE_ROWS) {
                if (parents.isRangeMarked(from / Column.RANGE_ROWS)) {
                    int to = Math.min(table.size(), from + Column.RANGE_ROWS);
                    for (int row = from; row < to; row++) {
                        if (parents.id[row] != table.linkedParent[row]
                                && parents.isRowMarked(row)) {
                            unlink(table, row);
                            link(table, row);
                        }
                    }
                }
            }
        }
        settle();
    }

    /** Enters a row into its parent's list, now or, where the parent doesn't exist, at settling. */
    void link(Table table, int row) {
        ParentColumn parents = table.parents();
        if (parents == null || parents.id[row] == 0) {
            return;
        }
        long child = table.entityAt(row);
        long parent = parents.id[row];
        long location = tables.locate(parent);
        if (location == Lookup.NOWHERE) {
            waiting.addLong(child);
        } else if (ridesIn(parent, child)) {
            parents.id[row] = 0;
            parents.markRow(row);
        } else {
            insert(tables.of(location), Lookup.row(location), table, row);
        }
    }

    /** Ends the wait of rows whose parent hasn't come. */
    void settle() {
        int count = waiting.size();
        for (int i = 0; i < count; i++) {
            long location = tables.locate(waiting.getLong(i));
            if (location == Lookup.NOWHERE) {
                continue;
            }
            Table table = tables.of(location);
            int row = Lookup.row(location);
            ParentColumn parents = table.parents();
            if (parents == null || table.linkedParent[row] != 0) {
                continue;
            }
            if (tables.locate(parents.id[row]) != Lookup.NOWHERE) {
                link(table, row);
            } else if (parents.id[row] != 0) {
                parents.id[row] = 0;
                parents.markRow(row);
            }
        }
        waiting.clear();
    }

    /** Takes a row out of its parent's list. */
    void unlink(Table table, int row) {
        if (table.parents() == null || table.linkedParent[row] == 0) {
            return;
        }
        long parent = tables.locate(table.linkedParent[row]);
        long child = table.entityAt(row);
        long next = table.nextSibling[row];
        long previous = table.previousSibling[row];
        table.linkedParent[row] = 0;
        table.nextSibling[row] = 0;
        table.previousSibling[row] = 0;
        if (parent == Lookup.NOWHERE) {
            return;
        }
        Table parentTable = tables.of(parent);
        int parentRow = Lookup.row(parent);
        long first = parentTable.firstChild[parentRow];
        if (first == child) {
            parentTable.firstChild[parentRow] = next;
        } else {
            setNext(previous, next);
        }
        if (next != 0) {
            setPrevious(next, previous);
        } else if (first != child) {
            setPrevious(first, previous);
        }
    }

    long firstChild(long entity) {
        long location = tables.locate(entity);
        return location == Lookup.NOWHERE
                ? 0
                : tables.of(location).firstChild[Lookup.row(location)];
    }

    long nextSibling(long entity) {
        long location = tables.locate(entity);
        if (location == Lookup.NOWHERE) {
            return 0;
        }
        Table table = tables.of(location);
        return table.parents() == null ? 0 : table.nextSibling[Lookup.row(location)];
    }

    /** True when {@code entity} is {@code carrier} or rides in it, at any depth. */
    private boolean ridesIn(long entity, long carrier) {
        long at = entity;
        for (int depth = 0; at != 0; depth++) {
            if (at == carrier || depth == DEPTH_MAX) {
                return true;
            }
            long location = tables.locate(at);
            Table table = tables.of(location);
            at = table.parents() == null ? 0 : table.linkedParent[Lookup.row(location)];
        }
        return false;
    }

    private void insert(Table parentTable, int parentRow, Table table, int row) {
        long child = table.entityAt(row);
        table.linkedParent[row] = parentTable.entityAt(parentRow);
        long first = parentTable.firstChild[parentRow];
        if (first == 0) {
            parentTable.firstChild[parentRow] = child;
            table.previousSibling[row] = child;
            table.nextSibling[row] = 0;
            return;
        }
        long last = previous(first);
        long before = last;
        while (before > child && before != first) {
            before = previous(before);
        }
        if (before > child) {
            table.nextSibling[row] = first;
            table.previousSibling[row] = last;
            setPrevious(first, child);
            parentTable.firstChild[parentRow] = child;
            return;
        }
        long next = nextSibling(before);
        table.previousSibling[row] = before;
        table.nextSibling[row] = next;
        setNext(before, child);
        setPrevious(next == 0 ? first : next, child);
    }

    private long previous(long entity) {
        long location = tables.locate(entity);
        return tables.of(location).previousSibling[Lookup.row(location)];
    }

    private void setNext(long entity, long next) {
        long location = tables.locate(entity);
        tables.of(location).nextSibling[Lookup.row(location)] = next;
    }

    private void setPrevious(long entity, long previous) {
        long location = tables.locate(entity);
        tables.of(location).previousSibling[Lookup.row(location)] = previous;
    }
}
