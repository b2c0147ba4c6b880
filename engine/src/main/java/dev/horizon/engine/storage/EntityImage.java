package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.ImageForms.Stored;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;

/**
 * One entity with its components and all that rides in it, as bytes: for profiles and transfers.
 * The bytes name components by wire id and describe their fields by name, as a snapshot does. For
 * the tick thread, between ticks.
 *
 * <p>Form, little-endian: version; components (wire id, shape); entities, riders after their
 * carriers (id, count of components, then for each the place in the list and the row).
 */
public final class EntityImage {
    private static final int VERSION = 1;
    private static final int ENTITIES_MAX = 0xFFFF;
    private static final int COMPONENTS_MAX = 255;
    private static final int UNUSED = -1;
    private static final LongArrayList NO_OTHERS = new LongArrayList(0, 0);

    private final WorldState world;
    private final LongArrayList members = new LongArrayList();
    private int[] places = new int[0];

    EntityImage(WorldState world) {
        this.world = world;
    }

    /**
     * Writes an entity that has a row and all that rides in it. Allocates nothing once it has seen
     * as many riders.
     *
     * @return bytes written
     * @throws HorizonWorldException when the entity has no row or carries more than 65,534 others
     */
    public static int write(
            WorldState world, EntityId entity, MutableDirectBuffer out, int offset) {
        return write(world, entity.value(), out, offset);
    }

    /** The same for an id that no record was made of. */
    public static int write(WorldState world, long entityId, MutableDirectBuffer out, int offset) {
        return world.images().write(entityId, NO_OTHERS, out, offset);
    }

    /**
     * The same with others that go along though they ride in nothing of it, each with all that
     * rides in it.
     */
    public static int write(
            WorldState world,
            long entityId,
            LongArrayList others,
            MutableDirectBuffer out,
            int offset) {
        return world.images().write(entityId, others, out, offset);
    }

    /**
     * Creates, at the next apply, what an image holds, with new ids: ids of its own entities in its
     * fields are replaced, others stay. Components that this world doesn't know are left out.
     *
     * @return the id of the entity that the image was made of
     * @throws HorizonException HZ-WLD-005 when the bytes are damaged, HZ-WLD-006 when a field
     *     changed its kind, HZ-WLD-008 when the version is unknown
     */
    public static EntityId create(WorldState world, DirectBuffer in, int offset, int length) {
        return world.images().read(in, offset, length, false, false);
    }

    /**
     * Creates, at the next apply, what an image holds, with the ids it had: for entities that move
     * from one world to another.
     *
     * @throws HorizonWorldException when one of them exists here
     */
    public static EntityId createKeepingIds(
            WorldState world, DirectBuffer in, int offset, int length) {
        return world.images().read(in, offset, length, true, false);
    }

    /**
     * The same for what must not lose anything.
     *
     * @throws HorizonWorldException when one of them exists here; nothing is created then
     * @throws HorizonException HZ-WLD-012 when it has a component that this world doesn't know, and
     *     as {@link #create}; nothing is created then
     */
    public static EntityId createWhole(WorldState world, DirectBuffer in, int offset, int length) {
        return world.images().read(in, offset, length, true, true);
    }

    private int write(long root, LongArrayList others, MutableDirectBuffer out, int offset) {
        collect(root, others);
        int at = offset;
        out.putByte(at++, (byte) VERSION);
        at = writeShapes(out, at);
        out.putShort(at, (short) members.size(), ByteOrder.LITTLE_ENDIAN);
        at += Short.BYTES;
        for (int i = 0; i < members.size(); i++) {
            at = writeEntity(members.getLong(i), out, at);
        }
        return at - offset;
    }

    private void collect(long root, LongArrayList others) {
        members.clear();
        addRoot(root);
        for (int i = 0; i < others.size(); i++) {
            addRoot(others.getLong(i));
        }
        for (int i = 0; i < members.size(); i++) {
            long child = world.riders().firstChild(members.getLong(i));
            for (; child != 0; child = world.riders().nextSibling(child)) {
                members.addLong(child);
            }
            if (members.size() > ENTITIES_MAX) {
                throw new HorizonWorldException(
                        "entity " + new EntityId(root) + " carries more than fits in an image");
            }
        }
    }

    private void addRoot(long root) {
        if (world.tables().locate(root) == Lookup.NOWHERE) {
            throw new HorizonWorldException("entity " + new EntityId(root) + " has no row");
        }
        members.addLong(root);
    }

    private int writeShapes(MutableDirectBuffer out, int offset) {
        ImageForms forms = world.registry().imageForms();
        if (places.length != forms.size()) {
            places = new int[forms.size()];
        }
        Arrays.fill(places, UNUSED);
        int count = 0;
        int at = offset + 1;
        for (int i = 0; i < members.size(); i++) {
            Column<?>[] columns = tableOf(members.getLong(i)).columns();
            for (Column<?> column : columns) {
                int ordinal = world.registry().ordinal(column.type());
                if (places[ordinal] == UNUSED) {
                    places[ordinal] = count++;
                    short wireId = (short) column.type().wireId();
                    out.putShort(at, wireId, ByteOrder.LITTLE_ENDIAN);
                    out.putBytes(at + Short.BYTES, forms.shape(ordinal));
                    at += Short.BYTES + forms.shape(ordinal).length;
                }
            }
        }
        if (count > COMPONENTS_MAX) {
            throw new HorizonWorldException(
                    "an image takes " + COMPONENTS_MAX + " components, not " + count);
        }
        out.putByte(offset, (byte) count);
        return at;
    }

    private int writeEntity(long entity, MutableDirectBuffer out, int offset) {
        Column<?>[] columns = tableOf(entity).columns();
        int row = Lookup.row(world.tables().locate(entity));
        out.putLong(offset, entity, ByteOrder.LITTLE_ENDIAN);
        out.putByte(offset + Long.BYTES, (byte) columns.length);
        int at = offset + Long.BYTES + 1;
        for (Column<?> column : columns) {
            out.putByte(at, (byte) places[world.registry().ordinal(column.type())]);
            column.writeRow(row, out, at + 1);
            at += 1 + column.type().rowBytes();
        }
        return at;
    }

    private Table tableOf(long entity) {
        return world.tables().of(world.tables().locate(entity));
    }

    private EntityId read(
            DirectBuffer in, int offset, int length, boolean keepsIds, boolean isWhole) {
        ByteReader reader = new ByteReader(in, offset, length, "entity image");
        int version = reader.unsignedByte();
        if (version != VERSION) {
            throw new HorizonException(
                    "HZ-WLD-008",
                    "the entity image has version "
                            + version
                            + ", this build reads "
                            + VERSION
                            + "; use the build that wrote it");
        }
        List<Stored> components = world.registry().imageForms().read(reader);
        for (Stored each : components) {
            if (each.layout() == null && isWhole) {
                throw new HorizonException(
                        "HZ-WLD-012",
                        "the entity has component "
                                + each.name()
                                + ", which no plugin here registers: load the plugin that does");
            }
        }
        return create(readEntities(reader, components), reader, keepsIds);
    }

    /** One entity of an image: its id there and its rows, each in a column of its own. */
    private record Member(long id, List<Column<?>> rows) {}

    private List<Member> readEntities(ByteReader reader, List<Stored> components) {
        int count = reader.unsignedShort();
        List<Member> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Member member = new Member(reader.int64(), new ArrayList<>());
            int rows = reader.unsignedByte();
            for (int r = 0; r < rows; r++) {
                int most = components.size() - 1;
                Stored component =
                        components.get(reader.count(reader.unsignedByte(), most, "as component"));
                int at = reader.skip(component.rowBytes());
                if (component.layout() != null) {
                    member.rows().add(component.layout().read(reader.buffer(), at));
                }
            }
            found.add(member);
        }
        return found;
    }

    private EntityId create(List<Member> found, ByteReader reader, boolean keepsIds) {
        if (found.isEmpty()) {
            throw reader.damaged("it holds no entity");
        }
        Long2LongHashMap ids = new Long2LongHashMap(0);
        for (Member member : found) {
            if (keepsIds && world.exists(new EntityId(member.id()))) {
                throw new HorizonWorldException(
                        "entity " + new EntityId(member.id()) + " exists here already");
            }
            long id = keepsIds ? world.ids().claim(member.id()) : world.ids().allocate();
            if (ids.put(member.id(), id) != 0) {
                throw reader.damaged("it holds entity " + new EntityId(member.id()) + " twice");
            }
        }
        List<Record[]> rows = new ArrayList<>();
        for (Member member : found) {
            Record[] records = new Record[member.rows().size()];
            for (int i = 0; i < records.length; i++) {
                Column<?> column = member.rows().get(i);
                column.remapIds(0, id -> ids.containsKey(id) ? ids.get(id) : id);
                records[i] = row(column, reader);
            }
            rows.add(records);
        }
        for (int i = 0; i < found.size(); i++) {
            world.createPending(ids.get(found.get(i).id()), rows.get(i));
        }
        return new EntityId(ids.get(found.getFirst().id()));
    }

    private static Record row(Column<?> column, ByteReader reader) {
        try {
            return column.row(0);
        } catch (IndexOutOfBoundsException ordinal) {
            throw reader.damaged("a constant of " + column.type() + " is none: " + ordinal);
        }
    }
}
