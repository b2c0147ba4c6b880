package dev.horizon.engine.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entities that are published, as packed arrays. A member is an index into them. A root has a
 * place, or is veiled without one, and is in one channel per tier; a rider is in its root's
 * channels.
 */
final class Members {
    static final int NONE = -1;
    static final int TIERS = 4;
    static final int BOX_STRIDE = 6;

    private static final int CAPACITY_MIN = 1_024;
    private static final VarHandle BITS = MethodHandles.arrayElementVarHandle(byte[].class);

    long[] id = new long[0];
    long[] parentId = new long[0];
    int[] table = new int[0];
    int[] row = new int[0];

    /** The member itself for a root. */
    int[] root = new int[0];

    /** Its lane in {@link Tracks}; NONE for riders. */
    int[] lane = new int[0];

    int[] firstRider = new int[0];
    int[] nextRider = new int[0];
    int[] previousRider = new int[0];
    byte[] sizeClass = new byte[0];

    /** Who alone may see it, 0 for all; of those that are in channels of their own. */
    int[] audience = new int[0];

    float[] radius = new float[0];

    /** Tiers at which it is published, as bits. */
    byte[] tiers = new byte[0];

    /**
     * Tiers at which it has a seat that nobody will look at, as bits: touch it when it changes. Set
     * and cleared by {@link #set} and {@link #clear} alone.
     */
    byte[] armed = new byte[0];

    /**
     * Tiers at which it coasts, as bits: its motion is watched, touch it for the rest. Set and
     * cleared as the others.
     */
    byte[] coasting = new byte[0];

    /** Seat by tier. */
    int[] seat = new int[0];

    /** The seat by tier that it left last, which receivers may not have been told of. */
    int[] leftSeat = new int[0];

    /** Which channel's seat that was. */
    @Nullable Channel[] leftChannel = new Channel[0];

    /** Channel by tier; of roots. */
    @Nullable Channel[] channel = new Channel[0];

    /** The channel's list of roots, by tier. */
    int[] nextRoot = new int[0];

    int[] previousRoot = new int[0];

    /** Where a root may go without changing any cell: least x, y, z, greatest x, y, z. */
    double[] box = new double[0];

    final Tracks tracks = new Tracks();

    private final Long2LongHashMap byId = new Long2LongHashMap(CAPACITY_MIN, 0.6f, NONE);
    private int count;
    private int free = NONE;
    private int size;

    /** Sets a tier's bit of a member; threads that cut other tiers may set theirs. */
    static void set(byte[] bits, int member, int tier) {
        byte bit = (byte) (1 << tier);
        if ((bits[member] & bit) == 0) {
            byte ignored = (byte) BITS.getAndBitwiseOr(bits, member, bit);
        }
    }

    /** Clears a tier's bit of a member; threads that cut other tiers may clear theirs. */
    static void clear(byte[] bits, int member, int tier) {
        byte bit = (byte) (1 << tier);
        if ((bits[member] & bit) != 0) {
            byte ignored = (byte) BITS.getAndBitwiseAnd(bits, member, (byte) ~bit);
        }
    }

    int find(long entityId) {
        return (int) byId.get(entityId);
    }

    /** Members alive. */
    int size() {
        return size;
    }

    /** True where a root may be without changing any cell. */
    boolean isBoxed(int member, double x, double y, double z) {
        int at = member * BOX_STRIDE;
        return x >= box[at]
                && x <= box[at + 3]
                && y >= box[at + 1]
                && y <= box[at + 4]
                && z >= box[at + 2]
                && z <= box[at + 5];
    }

    /** A member with a place. */
    int addRoot(long entityId) {
        int member = add(entityId);
        root[member] = member;
        lane[member] = tracks.open(member);
        return member;
    }

    int add(long entityId) {
        int member = free;
        if (member != NONE) {
            free = nextRider[member];
        } else {
            if (count == id.length) {
                grow(Math.max(CAPACITY_MIN, count + (count >> 1)));
            }
            member = count++;
        }
        size++;
        byId.put(entityId, member);
        id[member] = entityId;
        lane[member] = NONE;
        firstRider[member] = NONE;
        nextRider[member] = NONE;
        previousRider[member] = NONE;
        armed[member] = 0;
        coasting[member] = 0;
        radius[member] = 0;
        audience[member] = 0;
        Arrays.fill(seat, member * TIERS, (member + 1) * TIERS, Seats.NONE);
        Arrays.fill(leftSeat, member * TIERS, (member + 1) * TIERS, Seats.NONE);
        return member;
    }

    void remove(int member) {
        byId.remove(id[member]);
        if (lane[member] != NONE) {
            tracks.close(lane[member]);
        }
        id[member] = 0;
        nextRider[member] = free;
        free = member;
        size--;
    }

    void addRider(int rootMember, int rider) {
        int first = firstRider[rootMember];
        nextRider[rider] = first;
        previousRider[rider] = NONE;
        if (first != NONE) {
            previousRider[first] = rider;
        }
        firstRider[rootMember] = rider;
    }

    void removeRider(int rider) {
        int before = previousRider[rider];
        int after = nextRider[rider];
        if (before == NONE) {
            firstRider[root[rider]] = after;
        } else {
            nextRider[before] = after;
        }
        if (after != NONE) {
            previousRider[after] = before;
        }
    }

    private void grow(int capacity) {
        id = Arrays.copyOf(id, capacity);
        parentId = Arrays.copyOf(parentId, capacity);
        table = Arrays.copyOf(table, capacity);
        row = Arrays.copyOf(row, capacity);
        root = Arrays.copyOf(root, capacity);
        lane = Arrays.copyOf(lane, capacity);
        firstRider = Arrays.copyOf(firstRider, capacity);
        nextRider = Arrays.copyOf(nextRider, capacity);
        previousRider = Arrays.copyOf(previousRider, capacity);
        sizeClass = Arrays.copyOf(sizeClass, capacity);
        audience = Arrays.copyOf(audience, capacity);
        radius = Arrays.copyOf(radius, capacity);
        tiers = Arrays.copyOf(tiers, capacity);
        armed = Arrays.copyOf(armed, capacity);
        coasting = Arrays.copyOf(coasting, capacity);
        seat = Arrays.copyOf(seat, capacity * TIERS);
        leftSeat = Arrays.copyOf(leftSeat, capacity * TIERS);
        leftChannel = Arrays.copyOf(leftChannel, capacity * TIERS);
        channel = Arrays.copyOf(channel, capacity * TIERS);
        nextRoot = Arrays.copyOf(nextRoot, capacity * TIERS);
        previousRoot = Arrays.copyOf(previousRoot, capacity * TIERS);
        box = Arrays.copyOf(box, capacity * BOX_STRIDE);
    }
}
