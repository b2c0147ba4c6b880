package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;

/**
 * What takes a component's place when plugins are replaced, and how its rows become rows of that.
 *
 * @param type the component from now on
 * @param layout how rows of the one before are read
 */
record Successor(ComponentType<?> type, RowLayout layout) {
    /**
     * Finds out how rows pass on.
     *
     * @throws HorizonException HZ-WLD-006 when a field changed its kind, HZ-WLD-010 when clients
     *     would be left with rows that nobody tells them of
     */
    static Successor of(ComponentType<?> before, ComponentType<?> type) {
        if (!before.tiers().isEmpty() && type.tiers().isEmpty()) {
            throw new HorizonException(
                    "HZ-WLD-010",
                    "component "
                            + type
                            + " is no longer @Replicated, and clients hold it; leave it so until"
                            + " the node starts again");
        }
        return new Successor(type, new RowLayout(ComponentShape.of(before), type));
    }

    /**
     * What takes the place of each component that isn't the same.
     *
     * @throws HorizonException as {@link #of}, and HZ-WLD-011 when one isn't among the next
     */
    static Map<ComponentType<?>, Successor> all(
            Set<ComponentType<?>> before, ComponentRegistry next) {
        Map<ComponentType<?>, Successor> successors = new LinkedHashMap<>();
        for (ComponentType<?> type : before) {
            ComponentType<?> successor = next.find(type.name());
            if (successor == null) {
                throw new HorizonException(
                        "HZ-WLD-011",
                        "component "
                                + type.name()
                                + " belongs to entities of this world and would be gone; keep its"
                                + " record and register it, or name another record"
                                + " @Component(\""
                                + type.name()
                                + "\")");
            }
            if (successor != type) {
                successors.put(type, of(type, successor));
            }
        }
        return successors;
    }

    /**
     * The column with its rows in their new form. Rows whose form is the same keep their change
     * ticks and marks; others count as changed, for whoever sends or hashes them.
     */
    Column<?> column(Column<?> before, int rows) {
        Column<?> column = type.newColumn(before.capacity());
        ExpandableArrayBuffer row = new ExpandableArrayBuffer();
        for (int i = 0; i < rows; i++) {
            before.writeRow(i, row, 0);
            layout.read(row, 0, column, i);
            if (layout.isSame()) {
                column.restoreChangedAt(i, before.changedAt(i));
                if (!before.isRowMarked(i)) {
                    column.clearMark(i);
                }
            }
        }
        return column;
    }
}
