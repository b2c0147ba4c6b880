package dev.horizon.ecs.grid;

import java.util.Arrays;

/**
 * Spheres sorted by the cell that holds their centre: a uniform hash grid (Ericson, "Real-Time
 * Collision Detection", 7.1.3) built by counting sort into flat arrays, so that the spheres of a
 * cell lie side by side. Filled by one thread; queries may then run on several. Allocates only to
 * grow.
 *
 * <p>An entry is named by its index, good until the next {@link #clear}.
 */
public final class GridLayer {
    private static final int CELL_BITS = 21;
    private static final long CELL_MASK = (1L << CELL_BITS) - 1;
    private static final long CELL_OFFSET = 1L << (CELL_BITS - 1);
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;
    private static final int CAPACITY_MIN = 64;

    private final double perCell;
    private Entries staged = new Entries(CAPACITY_MIN);
    private Entries sorted = new Entries(CAPACITY_MIN);
    private int[] bucketOf = new int[CAPACITY_MIN];
    private int[] start = new int[2 * CAPACITY_MIN + 1];
    private int shift = 64 - 7;
    private int size;
    private float radiusMax;
    private float stepMax;

    /**
     * An empty layer.
     *
     * @param cellMetres edge of a cell: about the radius of the usual query
     */
    public GridLayer(double cellMetres) {
        this.perCell = 1 / cellMetres;
    }

    /** Forgets all entries. */
    public void clear() {
        size = 0;
        radiusMax = 0;
        stepMax = 0;
    }

    /**
     * Adds a sphere to the cell of its centre.
     *
     * @param x centre, metres
     * @param y centre, metres
     * @param z centre, metres
     * @param dx how far it moved in this tick, metres
     * @param dy how far it moved in this tick, metres
     * @param dz how far it moved in this tick, metres
     * @param radius metres
     * @param entity its id
     * @param faction ordinal of its side
     */
    public void add(
            double x,
            double y,
            double z,
            float dx,
            float dy,
            float dz,
            float radius,
            long entity,
            byte faction) {
        int index = size++;
        if (index == staged.capacity()) {
            staged = staged.grown();
            bucketOf = Arrays.copyOf(bucketOf, staged.capacity());
        }
        long key = key(cell(x), cell(y), cell(z));
        staged.set(index, key, x, y, z, dx, dy, dz, radius, entity, faction);
        radiusMax = Math.max(radiusMax, radius);
        stepMax = Math.max(stepMax, Math.abs(dx) + Math.abs(dy) + Math.abs(dz));
    }

    /** Adds a large sphere to every cell that its bounding box touches. */
    public void addToAllCells(
            double x, double y, double z, float radius, long entity, byte faction) {
        for (long cx = cell(x - radius); cx <= cell(x + radius); cx++) {
            for (long cy = cell(y - radius); cy <= cell(y + radius); cy++) {
                for (long cz = cell(z - radius); cz <= cell(z + radius); cz++) {
                    int index = size;
                    add(x, y, z, 0, 0, 0, radius, entity, faction);
                    staged.key(index, key(cx, cy, cz));
                }
            }
        }
    }

    /** Sorts what was added; queries answer from now on. */
    public void build() {
        int bits = Math.max(7, 33 - Integer.numberOfLeadingZeros(Math.max(1, size)));
        int buckets = 1 << bits;
        shift = 64 - bits;
        if (start.length < buckets + 1) {
            start = new int[buckets + 1];
        } else {
            Arrays.fill(start, 0, buckets + 1, 0);
        }
        if (sorted.capacity() < size) {
            sorted = new Entries(staged.capacity());
        }
        for (int i = 0; i < size; i++) {
            int bucket = bucket(staged.key(i));
            bucketOf[i] = bucket;
            start[bucket + 1]++;
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            start[bucket + 1] += start[bucket];
        }
        // Filling from the back keeps the order of addition within a bucket and turns each bucket's
        // end into its start.
        for (int i = size - 1; i >= 0; i--) {
            sorted.copy(staged, i, --start[bucketOf[i] + 1]);
        }
        System.arraycopy(start, 1, start, 0, buckets);
        start[buckets] = size;
    }

    /** Entries; a sphere added to several cells counts in each. */
    public int size() {
        return size;
    }

    /** The entity of an entry. */
    public long entity(int entry) {
        return sorted.entity(entry);
    }

    /** Ordinal of an entry's side. */
    public byte faction(int entry) {
        return sorted.faction(entry);
    }

    /** Centre of an entry, metres. */
    public double x(int entry) {
        return sorted.x(entry);
    }

    /** Centre of an entry, metres. */
    public double y(int entry) {
        return sorted.y(entry);
    }

    /** Centre of an entry, metres. */
    public double z(int entry) {
        return sorted.z(entry);
    }

    /** Radius of an entry, metres. */
    public float radius(int entry) {
        return sorted.radius(entry);
    }

    /**
     * Collects the entries whose centres are within a distance.
     *
     * @param out receives entry indexes, in order of cells; surplus ones are left out
     * @return entries found and stored
     */
    public int neighbours(double x, double y, double z, double distance, int[] out) {
        int found = 0;
        double limit = distance * distance;
        long toX = cell(x + distance);
        long toY = cell(y + distance);
        long toZ = cell(z + distance);
        for (long cx = cell(x - distance); cx <= toX; cx++) {
            for (long cy = cell(y - distance); cy <= toY; cy++) {
                for (long cz = cell(z - distance); cz <= toZ; cz++) {
                    long key = key(cx, cy, cz);
                    int bucket = bucket(key);
                    for (int i = start[bucket]; i < start[bucket + 1]; i++) {
                        if (sorted.key(i) == key
                                && sorted.distanceSquared(i, x, y, z) <= limit
                                && found < out.length) {
                            out[found++] = i;
                        }
                    }
                }
            }
        }
        return found;
    }

    /**
     * The nearest entry of certain sides, and how many of any side are near.
     *
     * @param factionMask bits of the sides to look for, by ordinal
     * @param except an entity that doesn't count
     * @return how many entries are near, in the upper half; the nearest wanted entry, or -1, in the
     *     lower
     */
    public long nearest(
            double x, double y, double z, double distance, int factionMask, long except) {
        int count = 0;
        int best = -1;
        double limit = distance * distance;
        double bestSquared = Double.POSITIVE_INFINITY;
        long toX = cell(x + distance);
        long toY = cell(y + distance);
        long toZ = cell(z + distance);
        for (long cx = cell(x - distance); cx <= toX; cx++) {
            for (long cy = cell(y - distance); cy <= toY; cy++) {
                for (long cz = cell(z - distance); cz <= toZ; cz++) {
                    long key = key(cx, cy, cz);
                    int bucket = bucket(key);
                    for (int i = start[bucket]; i < start[bucket + 1]; i++) {
                        if (sorted.key(i) != key || sorted.entity(i) == except) {
                            continue;
                        }
                        double squared = sorted.distanceSquared(i, x, y, z);
                        if (squared > limit) {
                            continue;
                        }
                        count++;
                        if ((factionMask >>> sorted.faction(i) & 1) != 0
                                && isNearer(i, squared, best, bestSquared)) {
                            best = i;
                            bestSquared = squared;
                        }
                    }
                }
            }
        }
        return (long) count << 32 | best & 0xFFFFFFFFL;
    }

    /** Ties go to the lower id, so that the answer doesn't depend on the order of addition. */
    private boolean isNearer(int entry, double squared, int best, double bestSquared) {
        return squared < bestSquared
                || (squared == bestSquared
                        && best >= 0
                        && Long.compareUnsigned(sorted.entity(entry), sorted.entity(best)) < 0);
    }

    /**
     * The first entry that a sphere meets which moved from one place to another during this tick,
     * while the entries moved too.
     *
     * @param sweep radius of the moving sphere, metres
     * @param except an entity that doesn't count, such as the shooter
     * @param passMask bits of the sides that it passes through, by ordinal
     * @return the entry, or -1
     */
    public int firstHit(
            double x0,
            double y0,
            double z0,
            double x1,
            double y1,
            double z1,
            float sweep,
            long except,
            int passMask) {
        double margin = radiusMax + stepMax + sweep;
        long toX = cell(Math.max(x0, x1) + margin);
        long toY = cell(Math.max(y0, y1) + margin);
        long toZ = cell(Math.max(z0, z1) + margin);
        long fromY = cell(Math.min(y0, y1) - margin);
        long fromZ = cell(Math.min(z0, z1) - margin);
        int best = -1;
        double bestTime = Double.POSITIVE_INFINITY;
        for (long cx = cell(Math.min(x0, x1) - margin); cx <= toX; cx++) {
            for (long cy = fromY; cy <= toY; cy++) {
                for (long cz = fromZ; cz <= toZ; cz++) {
                    long key = key(cx, cy, cz);
                    int bucket = bucket(key);
                    for (int i = start[bucket]; i < start[bucket + 1]; i++) {
                        if (sorted.key(i) != key
                                || sorted.entity(i) == except
                                || (passMask >>> sorted.faction(i) & 1) != 0) {
                            continue;
                        }
                        double time = meets(i, x0, y0, z0, x1, y1, z1, sweep);
                        if (time < bestTime || (time == bestTime && isEarlier(i, best))) {
                            best = i;
                            bestTime = time;
                        }
                    }
                }
            }
        }
        return best;
    }

    private boolean isEarlier(int entry, int best) {
        return best >= 0 && Long.compareUnsigned(sorted.entity(entry), sorted.entity(best)) < 0;
    }

    /**
     * When a moving sphere meets an entry: the fraction of the tick, 0 to 1, or infinity. The
     * entry's own movement is subtracted, then a segment meets a sphere (Ericson, 5.3.2).
     */
    public double meets(
            int entry,
            double x0,
            double y0,
            double z0,
            double x1,
            double y1,
            double z1,
            float sweep) {
        double mx = x0 - (sorted.x(entry) - sorted.dx(entry));
        double my = y0 - (sorted.y(entry) - sorted.dy(entry));
        double mz = z0 - (sorted.z(entry) - sorted.dz(entry));
        double dx = x1 - sorted.x(entry) - mx;
        double dy = y1 - sorted.y(entry) - my;
        double dz = z1 - sorted.z(entry) - mz;
        double reach = sorted.radius(entry) + sweep;
        double c = mx * mx + my * my + mz * mz - reach * reach;
        if (c <= 0) {
            return 0;
        }
        double b = mx * dx + my * dy + mz * dz;
        if (b >= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double a = dx * dx + dy * dy + dz * dz;
        double discriminant = b * b - a * c;
        if (discriminant < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double time = (-b - Math.sqrt(discriminant)) / a;
        return time <= 1 ? time : Double.POSITIVE_INFINITY;
    }

    /** First entry of the bucket that holds the cell of a place; for loops with {@link #last}. */
    public int first(double x, double y, double z) {
        return start[bucket(key(cell(x), cell(y), cell(z)))];
    }

    /** End, exclusive, of the bucket that holds the cell of a place. */
    public int last(double x, double y, double z) {
        return start[bucket(key(cell(x), cell(y), cell(z))) + 1];
    }

    private long cell(double metres) {
        return (long) Math.floor(metres * perCell);
    }

    private static long key(long cx, long cy, long cz) {
        return (cx + CELL_OFFSET & CELL_MASK) << (2 * CELL_BITS)
                | (cy + CELL_OFFSET & CELL_MASK) << CELL_BITS
                | cz + CELL_OFFSET & CELL_MASK;
    }

    private int bucket(long key) {
        return (int) (key * HASH_FACTOR >>> shift);
    }
}
