package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.HorizonWorldException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A world as bytes and back. The bytes describe themselves by the names of components and fields,
 * so a build that added, dropped or reordered fields still reads them; a restored world has the
 * same hash where nothing differs, and goes on identically. For the tick thread, between ticks:
 * after apply and stamp.
 *
 * <p>Form, little-endian: magic, version, id block, id counter, hash; components (name, fields);
 * tables in order (components, size, ids, then per component the rows and their change ticks).
 */
public final class WorldSnapshot {
    private static final int MAGIC = 0x53575A48; // "HZWS"
    private static final int VERSION = 1;
    private static final int COMPONENTS_MAX = 4096;
    private static final int TABLES_MAX = 1 << 20;
    private static final byte UNIFORM = 0;
    private static final byte BY_ROW = 1;

    private WorldSnapshot() {}

    /** The world as an array. */
    public static byte[] write(WorldState world) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
        byte[] bytes = new byte[write(world, buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Writes the world into a buffer that grows or is large enough.
     *
     * @return bytes written
     * @throws HorizonWorldException when structural changes still wait for apply
     */
    public static int write(WorldState world, MutableDirectBuffer out, int offset) {
        if (world.hasPendingChanges()) {
            throw new HorizonWorldException("structural changes wait: apply before the snapshot");
        }
        int at = putInt(out, offset, MAGIC);
        at = putInt(out, at, VERSION);
        at = putInt(out, at, world.idBlock());
        at = putLong(out, at, world.idCounter());
        at = putLong(out, at, world.hash());
        List<ComponentType<?>> types = world.registry().types();
        at = putInt(out, at, types.size());
        for (ComponentType<?> type : types) {
            at = ComponentShape.of(type).write(out, at);
        }
        at = putInt(out, at, world.tableCount());
        for (int i = 0; i < world.tableCount(); i++) {
            at = writeTable(world, world.table(i), out, at);
        }
        return at - offset;
    }

    private static int writeTable(
            WorldState world, Table table, MutableDirectBuffer out, int offset) {
        int at = putInt(out, offset, table.columns().length);
        for (ComponentType<?> type : table.composition().types()) {
            at = putInt(out, at, world.registry().ordinal(type));
        }
        at = putInt(out, at, table.size());
        for (int row = 0; row < table.size(); row++) {
            at = putLong(out, at, table.entityAt(row));
        }
        for (Column<?> column : table.columns()) {
            int rowBytes = column.type().rowBytes();
            // An expandable buffer grows by what is asked for: ask once.
            out.checkLimit(at + rowBytes * table.size());
            for (int row = 0; row < table.size(); row++) {
                column.writeRow(row, out, at);
                at += rowBytes;
            }
            at = writeChanges(column, table.size(), out, at);
        }
        return at;
    }

    private static int writeChanges(
            Column<?> column, int size, MutableDirectBuffer out, int offset) {
        int at = offset;
        for (int from = 0; from < size; from += Column.RANGE_ROWS) {
            int to = Math.min(size, from + Column.RANGE_ROWS);
            boolean uniform = true;
            boolean marked = column.isRowMarked(from);
            for (int row = from + 1; row < to && uniform; row++) {
                uniform =
                        column.changedAt(row) == column.changedAt(from)
                                && column.isRowMarked(row) == marked;
            }
            out.putByte(at++, uniform ? UNIFORM : BY_ROW);
            for (int row = from; row < (uniform ? from + 1 : to); row++) {
                at = putInt(out, at, column.changedAt(row));
                out.putByte(at++, (byte) (column.isRowMarked(row) ? 1 : 0));
            }
        }
        return at;
    }

    /** The world in an array; see {@link #read(DirectBuffer, int, int, Collection)}. */
    public static WorldState read(
            byte[] snapshot, Collection<? extends ComponentType<?>> components) {
        return read(new UnsafeBuffer(snapshot), 0, snapshot.length, components);
    }

    /**
     * Makes the world again.
     *
     * @param components those of this build, as for {@link WorldState#create}
     * @throws HorizonException HZ-WLD-005 when the bytes are damaged, HZ-WLD-006 when a field
     *     changed its kind, HZ-WLD-007 when a component that entities have is missing, HZ-WLD-008
     *     when the version is unknown
     */
    public static WorldState read(
            DirectBuffer in,
            int offset,
            int length,
            Collection<? extends ComponentType<?>> components) {
        ByteReader reader = new ByteReader(in, offset, length, "snapshot");
        if (reader.int32() != MAGIC) {
            throw reader.damaged("it doesn't start as a snapshot does");
        }
        int version = reader.int32();
        if (version != VERSION) {
            throw new HorizonException(
                    "HZ-WLD-008",
                    "the snapshot has version "
                            + version
                            + ", this build reads "
                            + VERSION
                            + "; use the build that wrote it");
        }
        WorldState world = WorldState.create(reader.int32(), components);
        boolean complete = false;
        try {
            world.ids().counter(reader.int64());
            final long hash = reader.int64();
            final boolean same = readTables(reader, world);
            world.changes().relinkAll();
            if (same && world.hash() != hash) {
                throw reader.damaged("its hash isn't that of its rows");
            }
            complete = true;
            return world;
        } finally {
            if (!complete) {
                world.close();
            }
        }
    }

    /** Reads components and tables; true when all components look as in this build. */
    private static boolean readTables(ByteReader reader, WorldState world) {
        int count = reader.count(reader.int32(), COMPONENTS_MAX, "components");
        List<ComponentShape> shapes = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < count; i++) {
            shapes.add(ComponentShape.read(reader));
            ComponentType<?> type = world.registry().find(shapes.get(i).name());
            same &= type != null && RowLayout.same(type.fields(), shapes.get(i).fields());
        }
        int tables = reader.count(reader.int32(), TABLES_MAX, "tables");
        for (int i = 0; i < tables; i++) {
            readTable(reader, world, shapes);
        }
        return same;
    }

    private static void readTable(
            ByteReader reader, WorldState world, List<ComponentShape> shapes) {
        int columns = reader.count(reader.int32(), shapes.size(), "components in a table");
        List<ComponentType<?>> types = new ArrayList<>();
        List<ComponentShape> stored = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            ComponentShape shape =
                    shapes.get(reader.count(reader.int32(), shapes.size() - 1, "as component"));
            ComponentType<?> type = world.registry().find(shape.name());
            if (type == null) {
                throw new HorizonException(
                        "HZ-WLD-007",
                        "the snapshot holds component "
                                + shape.name()
                                + ", which isn't registered; load the plugin that declares it");
            }
            types.add(type);
            stored.add(shape);
        }
        Table table = world.tables().obtain(new Composition(types));
        int size = reader.count(reader.int32(), reader.left() / Long.BYTES, "rows");
        world.tables().reserve(table, size);
        for (int row = 0; row < size; row++) {
            world.tables().append(table, reader.int64());
        }
        for (int i = 0; i < columns; i++) {
            Column<?> column = table.columns()[table.slot(types.get(i))];
            RowLayout layout = new RowLayout(stored.get(i), types.get(i));
            for (int row = 0; row < size; row++) {
                layout.read(reader.buffer(), reader.skip(layout.storedBytes()), column, row);
            }
            readChanges(reader, column, size);
        }
    }

    private static void readChanges(ByteReader reader, Column<?> column, int size) {
        for (int from = 0; from < size; from += Column.RANGE_ROWS) {
            int to = Math.min(size, from + Column.RANGE_ROWS);
            boolean byRow = reader.unsignedByte() == BY_ROW;
            int changedAt = 0;
            int marked = 0;
            for (int row = from; row < to; row++) {
                if (row == from || byRow) {
                    changedAt = reader.int32();
                    marked = reader.unsignedByte();
                }
                column.restoreChangedAt(row, changedAt);
                if (marked == 0) {
                    column.clearMark(row);
                }
            }
        }
    }

    private static int putInt(MutableDirectBuffer out, int at, int value) {
        out.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Integer.BYTES;
    }

    private static int putLong(MutableDirectBuffer out, int at, long value) {
        out.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Long.BYTES;
    }
}
