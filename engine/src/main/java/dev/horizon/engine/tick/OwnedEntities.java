package dev.horizon.engine.tick;

import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a player owns, as bytes and back. Form, little-endian: version; count, 16 bits; then per
 * entity that rides in nothing of the player's: its id, the length of its image, its image. Of a
 * player who went to another node: another version, and the home of that node. Used by the tick
 * thread between systems. Writing allocates nothing once buffers have grown.
 */
final class OwnedEntities {
    private static final byte VERSION = 1;

    /** Nothing but the home of the node that has it all. */
    private static final byte MOVED = 2;

    /** Of who has never owned anything. */
    static final byte[] NOTHING = {};

    private static final int MOVED_BYTES = 1 + Long.BYTES;
    private static final int HEAD = 3;
    private static final int ENTRY_HEAD = Long.BYTES + Integer.BYTES;

    /** Entities that one player keeps: more is a fleet that wants an organisation. */
    private static final int ROOTS_MAX = 1024;

    /** Rides within rides: deeper is a circle. */
    private static final int RIDES_MAX = 32;

    private final WorldState world;
    private final LongArrayList roots = new LongArrayList();
    private final LongArrayList strangers = new LongArrayList();
    private final LongArrayList open = new LongArrayList();

    OwnedEntities(WorldState world) {
        this.world = world;
    }

    /** Writes all that a player owns; returns the bytes written. */
    int write(long playerId, MutableDirectBuffer out, int offset) {
        collect(playerId);
        out.putByte(offset, VERSION);
        out.putShort(offset + 1, (short) roots.size(), ByteOrder.LITTLE_ENDIAN);
        int at = offset + HEAD;
        for (int i = 0; i < roots.size(); i++) {
            long root = roots.getLong(i);
            int length = EntityImage.write(world, root, out, at + ENTRY_HEAD);
            out.putLong(at, root, ByteOrder.LITTLE_ENDIAN);
            out.putInt(at + Long.BYTES, length, ByteOrder.LITTLE_ENDIAN);
            at += ENTRY_HEAD + length;
        }
        return at - offset;
    }

    /** Writes that another node has it all; returns the bytes written. */
    static int writeMoved(long home, MutableDirectBuffer out, int offset) {
        out.putByte(offset, MOVED);
        out.putLong(offset + 1, home, ByteOrder.LITTLE_ENDIAN);
        return MOVED_BYTES;
    }

    /** The home of the node that has it all, or 0. */
    static long movedTo(byte[] owned) {
        return owned.length == MOVED_BYTES && owned[0] == MOVED
                ? new UnsafeBuffer(owned).getLong(1, ByteOrder.LITTLE_ENDIAN)
                : 0;
    }

    /** True for what {@link #write} makes of a player who owns nothing, and before it ever did. */
    static boolean isNothing(byte[] owned) {
        return owned.length == 0
                || owned[0] == VERSION
                        && owned.length >= HEAD
                        && new UnsafeBuffer(owned).getShort(1, ByteOrder.LITTLE_ENDIAN) == 0;
    }

    /**
     * Adds what a player owns that is in no place and rides in nothing: it is with the player,
     * wherever they are.
     */
    void belongings(long playerId, LongArrayList to) {
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            OwnerColumn owners = table.column(OwnerColumn.TYPE);
            if (owners == null
                    || table.column(PositionColumn.TYPE) != null
                    || table.column(SessionStateColumn.TYPE) != null) {
                continue;
            }
            ParentColumn parents = table.column(ParentColumn.TYPE);
            for (int row = 0; row < table.size(); row++) {
                boolean isAlone = parents == null || parents.id[row] == 0;
                if (owners.playerId[row] == playerId && isAlone) {
                    to.addLong(table.entityAt(row));
                }
            }
        }
    }

    /** Sets what others own and rides in this player's entities free, at the next apply. */
    void detachStrangers(long playerId) {
        collect(playerId);
        strangers.clear();
        Lookup lookup = world.lookup();
        for (int i = 0; i < roots.size(); i++) {
            open.clear();
            open.addLong(roots.getLong(i));
            for (int j = 0; j < open.size(); j++) {
                long child = lookup.firstChild(open.getLong(j));
                for (; child != 0; child = lookup.nextSibling(child)) {
                    long owner = ownerOf(child);
                    if (owner != 0 && owner != playerId) {
                        strangers.addLong(child);
                    } else {
                        open.addLong(child);
                    }
                }
            }
        }
        for (int i = 0; i < strangers.size(); i++) {
            world.remove(new EntityId(strangers.getLong(i)), Parent.class);
        }
    }

    /** Removes all that a player owns, at the next apply. */
    void remove(long playerId) {
        collect(playerId);
        for (int i = 0; i < roots.size(); i++) {
            world.destroy(new EntityId(roots.getLong(i)));
        }
    }

    /**
     * Creates what isn't alive, at the next apply.
     *
     * @throws RuntimeException when the bytes are damaged; some of it may be created by then
     */
    void restore(long playerId, byte[] owned) {
        if (movedTo(owned) != 0) {
            return; // They came back with what they own, and all of it is here.
        }
        DirectBuffer in = new UnsafeBuffer(owned);
        if (in.getByte(0) != VERSION) {
            throw new IllegalArgumentException("owned entities have version " + in.getByte(0));
        }
        int count = in.getShort(1, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        int at = HEAD;
        for (int i = 0; i < count; i++) {
            EntityId root = new EntityId(in.getLong(at, ByteOrder.LITTLE_ENDIAN));
            int length = in.getInt(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
            in.boundsCheck(at + ENTRY_HEAD, length);
            Owner alive = world.exists(root) ? world.read(root, Owner.class) : null;
            if (alive == null || alive.playerId() != playerId) {
                dropLostParent(create(root, in, at + ENTRY_HEAD, length));
            }
            at += ENTRY_HEAD + length;
        }
    }

    private EntityId create(EntityId root, DirectBuffer in, int offset, int length) {
        if (!world.exists(root)) {
            try {
                return EntityImage.createKeepingIds(world, in, offset, length);
            } catch (HorizonWorldException taken) {
                // A rider's id is in use here: the whole image takes new ids below.
            }
        }
        return EntityImage.create(world, in, offset, length);
    }

    private void dropLostParent(EntityId entity) {
        Parent parent = world.read(entity, Parent.class);
        if (parent != null && !world.exists(parent.id())) {
            world.remove(entity, Parent.class);
        }
    }

    private void collect(long playerId) {
        roots.clear();
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            OwnerColumn owners = table.column(OwnerColumn.TYPE);
            if (owners == null) {
                continue;
            }
            for (int row = 0; row < table.size(); row++) {
                if (owners.playerId[row] == playerId
                        && roots.size() < ROOTS_MAX
                        && !ridesInOwned(table.entityAt(row), playerId)) {
                    roots.addLong(table.entityAt(row));
                }
            }
        }
    }

    private boolean ridesInOwned(long entity, long playerId) {
        long carrier = parentOf(entity);
        for (int ride = 0; carrier != 0 && ride < RIDES_MAX; ride++) {
            if (ownerOf(carrier) == playerId) {
                return true;
            }
            carrier = parentOf(carrier);
        }
        return false;
    }

    private long parentOf(long entity) {
        long location = world.lookup().locate(entity);
        if (location == Lookup.NOWHERE) {
            return 0;
        }
        ParentColumn parents = world.lookup().column(ParentColumn.TYPE, location);
        return parents == null ? 0 : parents.id[Lookup.row(location)];
    }

    private long ownerOf(long entity) {
        long location = world.lookup().locate(entity);
        if (location == Lookup.NOWHERE) {
            return 0;
        }
        OwnerColumn owners = world.lookup().column(OwnerColumn.TYPE, location);
        return owners == null ? 0 : owners.playerId[Lookup.row(location)];
    }
}
