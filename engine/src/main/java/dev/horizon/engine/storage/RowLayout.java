package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How stored rows of a component become rows of this build: fields are matched by name, or by the
 * name that they had before a rename; new ones are zero, dropped ones are passed over, an enum's
 * constants are matched by name.
 */
final class RowLayout {
    private static final int ABSENT = -1;

    private final ComponentType<?> type;
    private final int storedBytes;
    private final boolean same;
    private final List<ComponentField> fields;
    private final int[] sources;
    private final List<ComponentField> stored;
    private final UnsafeBuffer row;

    /**
     * Matches the fields.
     *
     * @throws HorizonException HZ-WLD-006 when a field is of another kind than it was
     */
    RowLayout(ComponentShape shape, ComponentType<?> type) {
        this.type = type;
        this.storedBytes = shape.rowBytes();
        this.fields = type.fields();
        this.stored = shape.fields();
        this.same = same(fields, stored);
        this.row = new UnsafeBuffer(new byte[type.rowBytes()]);
        this.sources = new int[fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            sources[i] = find(fields.get(i), type);
        }
    }

    /** True when rows stay as they are. */
    boolean isSame() {
        return same;
    }

    /** Of the rows that it makes. */
    ComponentType<?> type() {
        return type;
    }

    int storedBytes() {
        return storedBytes;
    }

    /** Reads one stored row into a column of its own. */
    Column<?> read(DirectBuffer in, int offset) {
        Column<?> column = type.newColumn(1);
        read(in, offset, column, 0);
        return column;
    }

    /** Reads one stored row into a column's row, and marks it. */
    void read(DirectBuffer in, int offset, Column<?> column, int to) {
        if (same) {
            column.readRow(to, in, offset);
            return;
        }
        row.setMemory(0, row.capacity(), (byte) 0);
        int out = 0;
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] != ABSENT) {
                convert(in, offset + offsetOf(sources[i]), out, i);
            }
            out += fields.get(i).bytes();
        }
        column.readRow(to, row, 0);
    }

    private void convert(DirectBuffer in, int from, int to, int i) {
        ComponentField field = fields.get(i);
        ComponentField before = stored.get(sources[i]);
        int bytes = Math.min(field.bytes(), before.bytes());
        row.putBytes(to, in, from, bytes);
        if (field.kind() == ComponentField.Kind.TEXT) {
            int length = Math.min(in.getByte(from) & 0xFF, field.length());
            row.putByte(to, (byte) length);
        } else if (field.kind() == ComponentField.Kind.ENUM) {
            for (int b = 0; b < bytes; b++) {
                int ordinal = in.getByte(from + b) & 0xFF;
                String constant =
                        ordinal < before.constants().size() ? before.constants().get(ordinal) : "";
                int now = Math.max(0, field.constants().indexOf(constant));
                row.putByte(to + b, (byte) now);
            }
        }
    }

    private int offsetOf(int field) {
        int offset = 0;
        for (int i = 0; i < field; i++) {
            offset += stored.get(i).bytes();
        }
        return offset;
    }

    private int find(ComponentField field, ComponentType<?> type) {
        int found = find(field.name());
        if (found == ABSENT && !field.formerName().isEmpty()) {
            found = find(field.formerName());
        }
        if (found != ABSENT && stored.get(found).kind() != field.kind()) {
            throw new HorizonException(
                    "HZ-WLD-006",
                    "field "
                            + type
                            + "."
                            + field.name()
                            + " was stored as "
                            + stored.get(found).kind()
                            + " and is "
                            + field.kind()
                            + " now; give the new field another name");
        }
        return found;
    }

    private int find(String name) {
        for (int i = 0; i < stored.size(); i++) {
            if (stored.get(i).name().equals(name)) {
                return i;
            }
        }
        return ABSENT;
    }

    static boolean same(List<ComponentField> a, List<ComponentField> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            ComponentField x = a.get(i);
            ComponentField y = b.get(i);
            same =
                    x.name().equals(y.name())
                            && x.kind() == y.kind()
                            && x.length() == y.length()
                            && x.constants().equals(y.constants());
        }
        return same;
    }
}
