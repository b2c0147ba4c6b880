package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
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
        if (!Arrays.equals(viewer.audiences, viewer.coveredAudiences)) {
            adopt(viewer);
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
        for (int audience : viewer.coveredAudiences) {
            needAll(viewer, audience, false);
        }
        viewer.coveredAudiences = new int[0];
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

    /** Needs the channels of the audiences that the viewer is of now, around the same anchors. */
    private void adopt(Viewer viewer) {
        int[] before = viewer.coveredAudiences;
        int[] now = viewer.audiences;
        for (int audience : now) {
            if (!contains(before, audience)) {
                needAll(viewer, audience, true);
            }
        }
        for (int audience : before) {
            if (!contains(now, audience)) {
                needAll(viewer, audience, false);
            }
        }
        viewer.coveredAudiences = now;
    }

    private static boolean contains(int[] audiences, int audience) {
        for (int each : audiences) {
            if (each == audience) {
                return true;
            }
        }
        return false;
    }

    /** Needs all of an audience's channels, or none of them. */
    private void needAll(Viewer viewer, int audience, boolean needs) {
        for (Tier tier : Reach.TIERS) {
            need(viewer, ChannelId.placeless(tier, audience), needs);
        }
        double[] at = viewer.anchors;
        for (int kind = 0; kind < Reach.KINDS; kind++) {
            double within = reach.cells(kind, viewer.anchorSensorMetres) + reach.slack[kind];
            int count =
                    cover(kind, audience, at[3 * kind], at[3 * kind + 1], at[3 * kind + 2], within);
            for (int i = 0; i < count; i++) {
                need(viewer, ids[i], needs);
            }
        }
    }

    private void need(Viewer viewer, long channelId, boolean needs) {
        if (needs) {
            cells.need(viewer, channelId);
        } else {
            cells.release(viewer, channelId);
        }
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
        move(viewer, kind, 0, oldX, oldY, oldZ, before, now);
        for (int audience : viewer.coveredAudiences) {
            move(viewer, kind, audience, oldX, oldY, oldZ, before, now);
        }
    }

    /** Changes the cells of all, or of an audience, from those around a place to the anchor's. */
    private void move(
            Viewer viewer,
            int kind,
            int audience,
            double oldX,
            double oldY,
            double oldZ,
            double before,
            double now) {
        double x = viewer.anchors[3 * kind];
        double y = viewer.anchors[3 * kind + 1];
        double z = viewer.anchors[3 * kind + 2];
        boolean far = kind % EdgeTracks.TIERS > Viewer.MEDIUM;
        int count = cover(kind, audience, x, y, z, now);
        for (int i = 0; i < count; i++) {
            if (!(reach.rules.distance(ids[i], oldX, oldY, oldZ) <= before)) {
                cells.need(viewer, ids[i]);
            } else if (far && audience == 0) {
                cells.survey(viewer, ids[i]);
            }
        }
        count = cover(kind, audience, oldX, oldY, oldZ, before);
        for (int i = 0; i < count; i++) {
            if (!(reach.rules.distance(ids[i], x, y, z) <= now)) {
                cells.release(viewer, ids[i]);
            }
        }
    }

    private int cover(int kind, int audience, double x, double y, double z, double within) {
        return reach.rules.cover(
                Reach.SIZE_CLASSES[kind / EdgeTracks.TIERS],
                Reach.TIERS[kind % EdgeTracks.TIERS],
                audience,
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
