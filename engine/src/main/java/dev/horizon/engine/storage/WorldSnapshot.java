package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A world as bytes and back. The bytes describe themselves by the names of components and fields,
 * so a build that added, dropped or reordered fields still reads them; a restored world has the
 * same hash where nothing differs, and goes on identically. For the tick thread, between ticks:
 * after apply and stamp. A world that goes on meanwhile is written from a {@link WorldCopy}.
 *
 * <p>Form, little-endian: magic, version, id block, id counter, hash; components (name, fields);
 * tables in order: components, size, ids as signed differences, then per component all rows and
 * their change ticks. Those are runs: twice the number of rows, plus 1 where they are marked; and
 * the tick as the signed difference from that of the run before. Differences and numbers of rows
 * take 7 bits a byte, the lowest first; a difference d stands as 2 d, or -2 d - 1 if negative.
 */
public final class WorldSnapshot {
    static final int MAGIC = 0x53575A48; // "HZWS"
    static final int VERSION = 2;

    private static final int COMPONENTS_MAX = 4096;
    private static final int TABLES_MAX = 1 << 20;

    /** Takes a snapshot's bytes, in order; valid during the call. */
    @FunctionalInterface
    public interface Sink {
        /** The next bytes. */
        void take(DirectBuffer buffer, int offset, int length);
    }

    private WorldSnapshot() {}

    /**
     * The world as an array.
     *
     * @throws HorizonWorldException when structural changes still wait for apply
     */
    public static byte[] write(WorldState world) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
        int[] length = {0};
        write(
                world,
                (from, offset, count) -> {
                    buffer.putBytes(length[0], from, offset, count);
                    length[0] += count;
                });
        byte[] bytes = new byte[length[0]];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Writes the world as it is.
     *
     * @throws HorizonWorldException when structural changes still wait for apply
     */
    public static void write(WorldState world, Sink sink) {
        if (world.hasPendingChanges()) {
            throw new HorizonWorldException("structural changes wait: apply before the snapshot");
        }
        SnapshotWriter writer = new SnapshotWriter(sink);
        writer.head(
                world.idBlock(),
                world.idCounter(),
                world.hash(),
                world.registry().types(),
                world.tableCount());
        for (int i = 0; i < world.tableCount(); i++) {
            writer.table(world.registry(), world.table(i));
        }
    }

    /** Bytes of a world's rows and ids: what a snapshot can't do without. */
    public static long liveBytes(WorldState world) {
        long sum = 0;
        for (int i = 0; i < world.tableCount(); i++) {
            sum += liveBytes(world.table(i));
        }
        return sum;
    }

    static long liveBytes(TableRows table) {
        long rowBytes = Long.BYTES;
        for (ComponentType<?> type : table.composition().types()) {
            rowBytes += type.rowBytes();
        }
        return rowBytes * table.size();
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
        int size = reader.count(reader.int32(), reader.left(), "rows");
        world.tables().reserve(table, size);
        long id = 0;
        for (int row = 0; row < size; row++) {
            id += reader.signed();
            world.tables().append(table, id);
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
        int changedAt = 0;
        for (int row = 0; row < size; ) {
            long run = reader.unsigned();
            int rows =
                    reader.count(
                            (int) Math.min(run >>> 1, Integer.MAX_VALUE),
                            size - row,
                            "rows in a run");
            if (rows == 0) {
                throw reader.damaged("a run has no rows");
            }
            changedAt += (int) reader.signed();
            for (int end = row + rows; row < end; row++) {
                column.restoreChangedAt(row, changedAt);
                if ((run & 1) == 0) {
                    column.clearMark(row);
                }
            }
        }
    }
}
