package dev.horizon.engine.storage;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.engine.world.VeilColumn;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what another node needs to know for its ghosts: of each entity the components that clients
 * are told of. For the tick thread, while nobody writes; allocates nothing once it has seen as
 * much.
 *
 * <p>Form, little-endian: version; components (wire id, shape), those ever written, so that a
 * reader meets the same beginning again; entities (count, then of each its id and kind, and but for
 * those that are gone count of components, then for each the place in the list and the row).
 */
public final class GhostWriter {
    /** Where more is to be told it waits for the next word: a tenth of what a tick takes. */
    public static final int BYTES_MAX = 48 << 10;

    static final int VERSION = 1;
    static final byte GONE = 0;
    static final byte CHANGED = 1;
    static final byte WHOLE = 2;
    private static final int COUNT_MAX = 0xFFFF;
    private static final int UNUSED = -1;

    private final WorldState world;
    private final ExpandableArrayBuffer entities = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer head = new ExpandableArrayBuffer();
    private ImageForms forms;
    private int[] places;
    private int placed;
    private int headBytes;
    private int bytes;
    private int count;

    /** Of a world. */
    public GhostWriter(WorldState world) {
        this.world = world;
        this.forms = world.registry().imageForms();
        this.places = new int[forms.size()];
        Arrays.fill(places, UNUSED);
    }

    /** True for what a ghost has of its entity. */
    private static boolean isTold(ComponentType<?> type) {
        return isOfPlace(type)
                || type == SizeColumn.TYPE
                || type == VeilColumn.TYPE
                || !type.tiers().isEmpty();
    }

    private static boolean isOfPlace(ComponentType<?> type) {
        return type == PositionColumn.TYPE
                || type == MotionColumn.TYPE
                || type == AttitudeColumn.TYPE;
    }

    /** Begins a word. */
    public void begin() {
        bytes = 0;
        count = 0;
        ImageForms now = world.registry().imageForms();
        if (now != forms) { // plugins were replaced, and with them components
            forms = now;
            places = new int[now.size()];
            Arrays.fill(places, UNUSED);
            placed = 0;
            headBytes = 0;
        }
    }

    /** True where the next entity has to wait for the next word. */
    public boolean isFull() {
        return bytes >= BYTES_MAX || count == COUNT_MAX;
    }

    /** Adds that an entity is none of this node's any more, or not near the border. */
    public void gone(long entity) {
        count++;
        putHead(entity, GONE);
    }

    /** Adds an entity with all that is told of it. */
    public void whole(long location) {
        write(location, WHOLE, 0, true);
    }

    /**
     * Adds what is told of an entity and has changed, if anything.
     *
     * @param since tick, its low 32 bits: what was stamped later has changed
     * @param isMoved whether place, movement and attitude are to be told; never by their changes
     */
    public void changed(long location, int since, boolean isMoved) {
        write(location, CHANGED, since, isMoved);
    }

    private void write(long location, byte kind, int since, boolean isMoved) {
        Table table = world.table(Lookup.table(location));
        int row = Lookup.row(location);
        int from = bytes;
        putHead(table.entityAt(row), kind);
        int countAt = bytes++;
        int rows = 0;
        for (Column<?> column : table.columns()) {
            ComponentType<?> type = column.type();
            boolean isNews =
                    kind == WHOLE
                            || (isOfPlace(type) ? isMoved : column.changedAt(row) - since > 0);
            if (isNews && isTold(type)) {
                entities.putByte(bytes, (byte) place(type));
                column.writeRow(row, entities, bytes + 1);
                bytes += 1 + type.rowBytes();
                rows++;
            }
        }
        entities.putByte(countAt, (byte) rows);
        if (rows == 0) {
            bytes = from;
        } else {
            count++;
        }
    }

    private void putHead(long entity, byte kind) {
        entities.putLong(bytes, entity, ByteOrder.LITTLE_ENDIAN);
        entities.putByte(bytes + Long.BYTES, kind);
        bytes += Long.BYTES + 1;
    }

    /** The place of a component in the list; entered there where it is new. */
    private int place(ComponentType<?> type) {
        int ordinal = world.registry().ordinal(type);
        if (places[ordinal] == UNUSED) {
            places[ordinal] = placed++;
            head.putShort(headBytes, (short) type.wireId(), ByteOrder.LITTLE_ENDIAN);
            head.putBytes(headBytes + Short.BYTES, forms.shape(ordinal));
            headBytes += Short.BYTES + forms.shape(ordinal).length;
        }
        return places[ordinal];
    }

    /** True where the word says nothing yet. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Writes the word; returns its bytes. */
    public int write(MutableDirectBuffer out, int offset) {
        int at = offset;
        out.putByte(at++, (byte) VERSION);
        out.putByte(at++, (byte) placed);
        out.putBytes(at, head, 0, headBytes);
        at += headBytes;
        out.putShort(at, (short) count, ByteOrder.LITTLE_ENDIAN);
        at += Short.BYTES;
        out.putBytes(at, entities, 0, bytes);
        return at + bytes - offset;
    }
}
