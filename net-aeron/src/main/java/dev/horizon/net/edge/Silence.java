package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Finds the far channels that tell a client nothing: those of which it holds every entity near. The
 * rule is that of {@code docs/replication.md}, "What a client holds".
 */
final class Silence {
    private static final int LOW = 2;
    private static final long[] NOTHING = {};

    private final EdgeCache cache;
    private final Reach reach;
    private final Cells cells;
    private EdgeChannel[] met = new EdgeChannel[16];
    private int metCount;
    private long[] covered = new long[16];
    private int coveredCount;
    private int stamp;

    Silence(EdgeCache cache, Reach reach, Cells cells) {
        this.cache = cache;
        this.reach = reach;
        this.cells = cells;
    }

    /** True at the ticks at which a viewer's far channels are looked at: one a second. */
    boolean isDue(Viewer viewer, long tick) {
        return Math.floorMod(tick + viewer.sessionId, cache.tickHz()) == 0;
    }

    /** Ends and begins far channels of a viewer. */
    void update(Viewer viewer, long tick) {
        count(viewer, tick);
        coveredCount = 0;
        int stays = 0;
        for (int i = 0; i < metCount && !cache.parts.hasFarOnly(); i++) {
            EdgeChannel channel = met[i];
            if (channel.nearCount == channel.held) {
                if (coveredCount == covered.length) {
                    covered = Arrays.copyOf(covered, coveredCount * 2);
                }
                covered[coveredCount++] = channel.id;
                stays += viewer.isSilent(channel.id) ? 1 : 0;
            }
        }
        Arrays.sort(covered, 0, coveredCount);
        if (stays != viewer.silent.length) {
            wake(viewer, stays);
        }
        hush(viewer);
        viewer.covered = replaced(viewer.covered);
    }

    /** Counts of each far channel the entities that the viewer holds near, well within reach. */
    private void count(Viewer viewer, long tick) {
        stamp++;
        metCount = 0;
        EdgeTracks tracks = cache.tracks;
        for (int handle = 0; handle < viewer.high; handle++) {
            if (!viewer.isHeld(handle)) {
                continue;
            }
            int entity = viewer.entity[handle];
            if (cache.entities.incarnation[entity] != viewer.mark[handle]
                    || !isWithin(viewer, entity, tick)) {
                continue;
            }
            for (int tier = LOW; tier < EdgeTracks.TIERS; tier++) {
                EdgeChannel channel = tracks.owner[EdgeTracks.of(entity, tier)];
                if (channel != null) {
                    meet(channel);
                }
            }
        }
    }

    /** Those in the band of hysteresis may leave at the next tick. */
    private boolean isWithin(Viewer viewer, int entity, long tick) {
        if (!cache.tracks.publish(entity, tick)) {
            return true;
        }
        int kind = Reach.kind(cache.entities.sizeClass[entity], Viewer.MEDIUM);
        double radius = reach.radius(kind, viewer.sensorMetres);
        return cache.tracks.squaredDistance(entity, viewer.seenX, viewer.seenY, viewer.seenZ)
                <= radius * radius;
    }

    private void meet(EdgeChannel channel) {
        if (channel.nearStamp != stamp) {
            channel.nearStamp = stamp;
            channel.nearCount = 0;
            if (metCount == met.length) {
                met = Arrays.copyOf(met, metCount * 2);
            }
            met[metCount++] = channel;
        }
        channel.nearCount++;
    }

    private void wake(Viewer viewer, int stays) {
        long[] before = viewer.silent;
        long[] after = stays == 0 ? NOTHING : new long[stays];
        int next = 0;
        for (long id : before) {
            if (isCovered(id)) {
                after[next++] = id;
            }
        }
        viewer.silent = after;
        for (long id : before) {
            if (!isCovered(id)) {
                cells.speak(viewer, id);
            }
        }
    }

    /** What was covered the last time as well is silent from now on. */
    private void hush(Viewer viewer) {
        for (int i = 0; i < coveredCount; i++) {
            long id = covered[i];
            if (!viewer.isSilent(id) && Arrays.binarySearch(viewer.covered, id) >= 0) {
                viewer.silent = Arrays.copyOf(viewer.silent, viewer.silent.length + 1);
                viewer.silent[viewer.silent.length - 1] = id;
                cells.hush(viewer, id);
            }
        }
    }

    private boolean isCovered(long id) {
        return Arrays.binarySearch(covered, 0, coveredCount, id) >= 0;
    }

    private long[] replaced(long[] before) {
        if (Arrays.equals(before, 0, before.length, covered, 0, coveredCount)) {
            return before;
        }
        return coveredCount == 0 ? NOTHING : Arrays.copyOf(covered, coveredCount);
    }
}
