package dev.horizon.engine.tick;

import dev.horizon.engine.storage.GhostWriter;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.SizeColumn;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one neighbour is told of: who is near its regions, and where it thinks that they are. No
 * part of the world: who begins anew tells all anew. Tick thread; allocates only to grow.
 */
final class GhostFeed {
    /** More are left out; at the rate at which all is told again they would not stay anyway. */
    static final int ENTITIES_MAX = 4_096;

    /** As far as clients may be off that see the most. */
    private static final double BOUND_METRES = 0.25;

    /** The scalar product of two attitudes half a degree apart. */
    private static final double BOUND_COSINE = 0.99999;

    /** Who goes away is told of a little farther, so that nobody comes and goes on a line. */
    private static final double MARGIN = 1.1;

    private static final int NONE = -1;
    private static final int INITIAL = 64;

    final long home;
    private final WorldState world;
    private final GhostConfig config;
    private final Long2LongHashMap slots = new Long2LongHashMap(NONE);
    private List<Region> regions;
    private long[] ids = new long[INITIAL];
    private long[] toldAt = new long[INITIAL];
    private long[] wholeAt = new long[INITIAL];
    private int[] tables = new int[INITIAL];
    private int count;
    private int next;

    /** Where the neighbour has them: what it was told, gone on with as it does. */
    private PositionColumn position = PositionColumn.TYPE.newColumn(INITIAL);

    private MotionColumn motion = MotionColumn.TYPE.newColumn(INITIAL);
    private AttitudeColumn attitude = AttitudeColumn.TYPE.newColumn(INITIAL);

    GhostFeed(WorldState world, GhostConfig config, Neighbour neighbour) {
        this.world = world;
        this.config = config;
        home = neighbour.home();
        regions = neighbour.regions();
    }

    void regions(List<Region> others) {
        regions = others;
    }

    /** Takes up an entity, if it is near and wasn't. */
    void consider(long entity, int sizeClass, double x, double y, double z) {
        if (isNear(config.metres(sizeClass), x, y, z)
                && count < ENTITIES_MAX
                && slots.get(entity) == NONE) {
            if (count == ids.length) {
                grow(2 * count);
            }
            ids[count] = entity;
            tables[count] = NONE;
            slots.put(entity, count++);
        }
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        toldAt = Arrays.copyOf(toldAt, capacity);
        wholeAt = Arrays.copyOf(wholeAt, capacity);
        tables = Arrays.copyOf(tables, capacity);
        position = (PositionColumn) position.withCapacity(capacity, count);
        motion = (MotionColumn) motion.withCapacity(capacity, count);
        attitude = (AttitudeColumn) attitude.withCapacity(capacity, count);
    }

    private boolean isNear(double metres, double x, double y, double z) {
        for (int i = 0; i < regions.size(); i++) {
            Region at = regions.get(i);
            double dx = Math.max(0, Math.max(at.minX() - x, x - at.maxX()));
            double dy = Math.max(0, Math.max(at.minY() - y, y - at.maxY()));
            double dz = Math.max(0, Math.max(at.minZ() - z, z - at.maxZ()));
            if (dx * dx + dy * dy + dz * dz <= metres * metres) {
                return true;
            }
        }
        return false;
    }

    /** Goes on with what was told by a tick, as the neighbour does. */
    void advance(double dt) {
        for (int slot = 0; slot < count; slot++) {
            GhostMotion.step(position, motion, attitude, slot, dt);
        }
    }

    /** Says what is new, as far as it fits; the rest comes first the next time. */
    void tell(GhostWriter writer, long tick, int refreshTicks) {
        writer.begin();
        for (int left = count; left > 0 && !writer.isFull(); left--) {
            next = next >= count ? 0 : next;
            if (tell(writer, next, tick, refreshTicks)) {
                next++;
            } else {
                remove(next);
            }
        }
    }

    /** False where it is to be told of no more. */
    private boolean tell(GhostWriter writer, int slot, long tick, int refreshTicks) {
        long location = world.lookup().locate(ids[slot]);
        if (location == Lookup.NOWHERE) {
            if (world.ghosts().locate(ids[slot]) == Lookup.NOWHERE) {
                writer.gone(ids[slot]);
            } // else it was released: who has it tells of it now, or soon.
            return false;
        }
        Table table = world.table(Lookup.table(location));
        int row = Lookup.row(location);
        PositionColumn at = table.column(PositionColumn.TYPE);
        SizeColumn size = table.column(SizeColumn.TYPE);
        if (at == null || size == null || isRiding(table, row) || !isStillNear(at, size, row)) {
            writer.gone(ids[slot]);
            return false;
        }
        boolean isWhole = tables[slot] != table.ordinal() || tick - wholeAt[slot] >= refreshTicks;
        boolean isOff = isWhole || isOff(table, at, row, slot);
        if (isWhole) {
            writer.whole(location);
            wholeAt[slot] = tick;
            tables[slot] = table.ordinal();
        } else {
            writer.changed(location, (int) toldAt[slot], isOff);
        }
        toldAt[slot] = tick;
        if (isOff) {
            note(table, at, row, slot);
        }
        return true;
    }

    private static boolean isRiding(Table table, int row) {
        ParentColumn parents = table.column(ParentColumn.TYPE);
        return parents != null && parents.id[row] != 0;
    }

    private boolean isStillNear(PositionColumn at, SizeColumn size, int row) {
        double metres = config.metres(size.sizeClass[row]) * MARGIN;
        return isNear(metres, at.x[row], at.y[row], at.z[row]);
    }

    /** True where the neighbour has it too far from where, or from how it is turned. */
    private boolean isOff(Table table, PositionColumn at, int row, int slot) {
        double dx = at.x[row] - position.x[slot];
        double dy = at.y[row] - position.y[slot];
        double dz = at.z[row] - position.z[slot];
        AttitudeColumn turned = table.column(AttitudeColumn.TYPE);
        // Written so that NaN is told, too.
        return !(dx * dx + dy * dy + dz * dz <= BOUND_METRES * BOUND_METRES)
                || turned != null && !(Math.abs(product(turned, row, slot)) >= BOUND_COSINE);
    }

    private double product(AttitudeColumn turned, int row, int slot) {
        return turned.qx[row] * attitude.qx[slot]
                + turned.qy[row] * attitude.qy[slot]
                + turned.qz[row] * attitude.qz[slot]
                + turned.qw[row] * attitude.qw[slot];
    }

    private void note(Table table, PositionColumn at, int row, int slot) {
        position.copyRow(at, row, slot);
        @Nullable MotionColumn moving = table.column(MotionColumn.TYPE);
        @Nullable AttitudeColumn turned = table.column(AttitudeColumn.TYPE);
        if (moving == null) {
            motion.clearRow(slot);
        } else {
            motion.copyRow(moving, row, slot);
        }
        if (turned == null) {
            attitude.clearRow(slot);
        } else {
            attitude.copyRow(turned, row, slot);
        }
    }

    private void remove(int slot) {
        int last = --count;
        slots.remove(ids[slot]);
        if (slot != last) {
            ids[slot] = ids[last];
            toldAt[slot] = toldAt[last];
            wholeAt[slot] = wholeAt[last];
            tables[slot] = tables[last];
            position.moveRow(last, slot);
            motion.moveRow(last, slot);
            attitude.moveRow(last, slot);
            slots.put(ids[slot], slot);
        }
    }
}
