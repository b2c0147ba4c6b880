package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Keeps the channels that a viewer needs around an anchor per size class and tier: while the viewer
 * is within the slack of its anchor nothing changes, so that what it needs is a function of sixteen
 * places, and no viewer has to remember its channels.
 */
final class Cover {
    private static final int CELLS_MAX = 4_096;

    /** An entity in focus is in one of the cells around its place. */
    private static final int FOCUS_CELLS_MAX = 8;

    private static final long[] NONE = {};

    private final EdgeCache cache;
    private final Reach reach;
    private final Cells cells;
    private final long[] ids = new long[CELLS_MAX];
    private final long[] around = new long[FOCUS_CELLS_MAX];
    private long[] wanted = new long[FOCUS_CELLS_MAX * (Viewer.FOCUS_MAX + 1)];

    Cover(EdgeCache cache, Reach reach, Cells cells) {
        this.cache = cache;
        this.reach = reach;
        this.cells = cells;
    }

    /** Follows the viewer to a place. */
    void follow(Viewer viewer, double x, double y, double z) {
        if (viewer.anchors.length == 0) {
            viewer.anchors = new double[Reach.KINDS * 3];
            Arrays.fill(viewer.anchors, Double.NaN);
        }
        boolean rewired = Double.compare(viewer.sensorMetres, viewer.anchorSensorMetres) != 0;
        for (int kind = 0; kind < Reach.KINDS; kind++) {
            double[] at = viewer.anchors;
            double dx = x - at[3 * kind];
            double dy = y - at[3 * kind + 1];
            double dz = z - at[3 * kind + 2];
            double slack = reach.slack[kind];
            if (rewired || !(dx * dx + dy * dy + dz * dz <= slack * slack)) {
                move(viewer, kind, x, y, z);
            }
        }
        viewer.anchorSensorMetres = viewer.sensorMetres;
    }

    /** Needs nothing any more. */
    void leave(Viewer viewer) {
        if (viewer.anchors.length > 0) {
            for (int kind = 0; kind < Reach.KINDS; kind++) {
                move(viewer, kind, Double.NaN, 0, 0);
            }
            viewer.anchors = new double[0];
        }
        for (long cell : viewer.focusCells) {
            cells.release(viewer, cell);
        }
        viewer.focusCells = NONE;
    }

    private void move(Viewer viewer, int kind, double x, double y, double z) {
        double[] at = viewer.anchors;
        double oldX = at[3 * kind];
        double oldY = at[3 * kind + 1];
        double oldZ = at[3 * kind + 2];
        double before = reach.cells(kind, viewer.anchorSensorMetres) + reach.slack[kind];
        double now = reach.cells(kind, viewer.sensorMetres) + reach.slack[kind];
        at[3 * kind] = x;
        at[3 * kind + 1] = y;
        at[3 * kind + 2] = z;
        boolean far = kind % EdgeTracks.TIERS > Viewer.MEDIUM;
        int count = cover(kind, x, y, z, now);
        for (int i = 0; i < count; i++) {
            if (!(reach.rules.distance(ids[i], oldX, oldY, oldZ) <= before)) {
                cells.need(viewer, ids[i]);
            } else if (far) {
                cells.survey(viewer, ids[i]);
            }
        }
        count = cover(kind, oldX, oldY, oldZ, before);
        for (int i = 0; i < count; i++) {
            if (!(reach.rules.distance(ids[i], x, y, z) <= now)) {
                cells.release(viewer, ids[i]);
            }
        }
    }

    private int cover(int kind, double x, double y, double z, double within) {
        return reach.rules.cover(
                Reach.SIZE_CLASSES[kind / EdgeTracks.TIERS],
                Reach.TIERS[kind % EdgeTracks.TIERS],
                x,
                y,
                z,
                within,
                ids);
    }

    /** Needs the CLOSE cells around what is in focus, wherever it is. */
    void focus(Viewer viewer, long tick) {
        if (viewer.focus.length == 0 && viewer.focusCells.length == 0) {
            return;
        }
        int count = 0;
        for (long id : viewer.focus) {
            count = around(id, tick, count);
        }
        if (isSame(viewer.focusCells, count)) {
            return;
        }
        long[] before = viewer.focusCells;
        viewer.focusCells = Arrays.copyOf(wanted, count);
        for (long cell : viewer.focusCells) {
            cells.need(viewer, cell);
        }
        for (long cell : before) {
            cells.release(viewer, cell);
        }
    }

    private int around(long id, long tick, int from) {
        int count = from;
        int entity = cache.entities.find(id);
        if (entity == EdgeEntities.NONE || !cache.tracks.publish(entity, tick)) {
            return count;
        }
        int sizeClass = cache.entities.sizeClass[entity];
        int kind = Reach.kind(sizeClass, Viewer.CLOSE);
        double off = reach.margin[kind] + reach.error[cache.tracks.placedTier(entity)];
        int found =
                reach.rules.cover(
                        Reach.SIZE_CLASSES[sizeClass],
                        Reach.TIERS[Viewer.CLOSE],
                        cache.tracks.x(entity),
                        cache.tracks.y(entity),
                        cache.tracks.z(entity),
                        off,
                        around);
        for (int i = 0; i < found; i++) {
            wanted[count++] = around[i];
        }
        return count;
    }

    private boolean isSame(long[] held, int count) {
        return Arrays.equals(held, 0, held.length, wanted, 0, count);
    }
}
