package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Gathers what is new to one client into its bundle, within its bytes. Rows that don't fit are not
 * sent; their entity comes later with all that changed since.
 */
final class Gatherer {
    /** A longer message would not fit the bundle's 16 bits of length. */
    private static final int MESSAGE_BYTES_MAX = 56_000;

    /** Of one client and tick, where nothing else limits it. */
    private static final int BUNDLE_BYTES_MAX = 1 << 20;

    /** Kinds of components that are counted on in a message. */
    private static final int KINDS_USUAL = 2;

    /** The origin of rounded places stays while the viewer is as near to it, metres. */
    private static final double ORIGIN_METRES = 256;

    private static final double ORIGIN_STEP_METRES = 64;

    /** A lean message tells so many of the lowest bits of ticks and inputs. */
    private static final int LEAN_MASK = 0xFFFF;

    /** Instead of a size: it goes. */
    private static final int CHOSEN = -1;

    private static final int FOCUS = 0;
    private static final int CLOSE = 1;

    /** What the client shows at another tier than it holds it. */
    private static final int CHANGED = 2;

    /** New rows of what the client holds as it was: few bytes now, many if they are late. */
    private static final int KEPT = 3;

    /** What it was told of, but not of all since. */
    private static final int LATE = 4;

    /** What it doesn't hold yet. */
    private static final int NEW = 5;

    /** In which they are served; what is new gets a share before what is late for it. */
    private static final int[] ORDERS = {FOCUS, CLOSE, CHANGED, NEW, KEPT, LATE, NEW};

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final Bundle bundle;
    private final ViewWriter view;
    private final GlanceWriter glance;
    private final NearRows rows;
    private final Allowance allowance;
    private int[] pending = new int[256];
    private int[] sizes = new int[256];
    private int pendingCount;
    private int pendingBytes;
    private long rowsWritten;
    private int round;
    private long tick;

    /** A View has to come in any case. */
    private boolean wantsView;

    /** It tells the origin of rounded places. */
    private boolean wantsOrigin;

    Gatherer(EdgeCache cache, Bundle bundle, Allowance allowance) {
        this.entities = cache.entities;
        this.tracks = cache.tracks;
        this.bundle = bundle;
        this.view = new ViewWriter(tracks, cache.parts, bundle);
        this.glance = new GlanceWriter(tracks, cache.parts, bundle);
        this.rows = new NearRows(cache, view, glance);
        this.allowance = allowance;
    }

    /** Entities with rows written so far. */
    long rowsWritten() {
        return rowsWritten;
    }

    /** True when something that the viewer holds is no longer received at its tier. */
    boolean lacks(Viewer viewer) {
        if (tracks.drops.round() <= viewer.round) {
            return false;
        }
        // Who was gathered for in the round before need only look at what was dropped since.
        boolean isLatest = viewer.round >= tracks.drops.round() - 1;
        int[] numbers = viewer.entity;
        for (int handle = 0; handle < viewer.high; handle++) {
            int entity = numbers[handle];
            if (entity != EdgeEntities.NONE
                    && !(isLatest && !tracks.drops.contains(entity))
                    && (viewer.state[handle] & Viewer.LEAVING) == 0
                    && (entities.incarnation[entity] != viewer.mark[handle]
                            || !tracks.isHeldFor(
                                    viewer, EdgeTracks.of(entity, viewer.tier(handle))))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the viewer's messages of this round into the bundle.
     *
     * @return false when there is nothing to say
     */
    boolean gather(Viewer viewer, long now) {
        tick = now;
        round = tracks.round();
        allowance.refill(viewer, tick, tracks.tickHz());
        wantsOrigin = viewer.isLean && orient(viewer);
        wantsView = viewer.fresh || viewer.leaving > 0 || wantsOrigin;
        boolean flies = viewer.knowsFlights();
        if (!flies) {
            tracks.flights.flatten(tick);
        }
        glance.begin(flies);
        rows.begin(viewer, tick, allowance.isShort(viewer));
        collect(viewer);
        boolean due =
                wantsView
                        || viewer.inputSequence != viewer.sentInputSequence
                        || now - viewer.sentTick >= tracks.tickHz();
        if (pendingCount == 0 && !due) {
            viewer.round = round;
            return false;
        }
        bundle.length = 0;
        if (viewer.leaving > 0) {
            leave(viewer);
        }
        double room = Math.min(allowance.room(viewer), BUNDLE_BYTES_MAX) - overhead(viewer);
        if (pendingBytes <= room) {
            for (int i = 0; i < pendingCount; i++) {
                write(viewer, pending[i]);
            }
        } else {
            writeFitting(viewer, room);
        }
        finish(viewer);
        viewer.sentInputSequence = viewer.inputSequence;
        viewer.sentTick = now;
        viewer.round = round;
        return true;
    }

    /** Keeps the origin of rounded places near; true when the client has to be told of it. */
    private boolean orient(Viewer viewer) {
        boolean tells =
                viewer.fresh
                        || tick - viewer.sentTick > LEAN_MASK
                        || viewer.inputSequence - viewer.sentInputSequence < 0
                        || viewer.inputSequence - viewer.sentInputSequence > LEAN_MASK;
        double[] origin = viewer.origin;
        if (Double.isNaN(viewer.seenX)
                || (Math.abs(viewer.seenX - origin[0]) <= ORIGIN_METRES
                        && Math.abs(viewer.seenY - origin[1]) <= ORIGIN_METRES
                        && Math.abs(viewer.seenZ - origin[2]) <= ORIGIN_METRES)) {
            return tells;
        }
        origin[0] = Math.rint(viewer.seenX / ORIGIN_STEP_METRES) * ORIGIN_STEP_METRES;
        origin[1] = Math.rint(viewer.seenY / ORIGIN_STEP_METRES) * ORIGIN_STEP_METRES;
        origin[2] = Math.rint(viewer.seenZ / ORIGIN_STEP_METRES) * ORIGIN_STEP_METRES;
        return true;
    }

    private int overhead(Viewer viewer) {
        if (!viewer.isLean) {
            return view.bytes() + KINDS_USUAL * ViewWriter.KIND_BYTES;
        }
        int lean = glance.emptyBytes() + KINDS_USUAL * GlanceWriter.KIND_BYTES;
        return wantsView || rows.needsView() ? lean + view.bytes() + ViewWriter.ORIGIN_BYTES : lean;
    }

    private void finish(Viewer viewer) {
        if (!viewer.isLean) {
            if (!view.isEmpty() || bundle.length == 0) {
                view.finish(tick, viewer.inputSequence, viewer.fresh);
            }
        } else {
            if (wantsOrigin || view.hasFlights()) {
                view.finish(tick, viewer.inputSequence, viewer.fresh, viewer.origin);
            } else if (!view.isEmpty() || wantsView) {
                view.finish(tick, viewer.inputSequence, viewer.fresh);
            }
            if (!glance.isEmpty() || bundle.length == 0) {
                glance.finish(tick, viewer.inputSequence);
            }
        }
        viewer.fresh = false;
        wantsView = false;
        wantsOrigin = false;
    }

    private void write(Viewer viewer, int handle) {
        if (view.bytes() > MESSAGE_BYTES_MAX
                || glance.bytes() > MESSAGE_BYTES_MAX
                || !glance.hasRoom()) {
            finish(viewer);
        }
        rowsWritten++;
        rows.write(viewer, handle);
    }

    private void collect(Viewer viewer) {
        pendingCount = 0;
        pendingBytes = 0;
        int[] numbers = viewer.entity;
        byte[] states = viewer.state;
        int[] missed = viewer.missed;
        int[] changed = tracks.changedRound;
        int high = viewer.high;
        int seen = viewer.round;
        if (pending.length < high) {
            pending = Arrays.copyOf(pending, high * 2);
            sizes = Arrays.copyOf(sizes, high * 2);
        }
        for (int handle = 0; handle < high; handle++) {
            int entity = numbers[handle];
            int state = states[handle];
            if (entity == EdgeEntities.NONE || (state & Viewer.LEAVING) != 0) {
                continue;
            }
            if ((state & Viewer.TOLD) != 0
                    && missed[handle] == 0
                    && changed[EdgeTracks.of(entity, state & 3)] <= seen) {
                continue;
            }
            if (!tracks.isHeldFor(viewer, EdgeTracks.of(entity, state & 3))) {
                // What it holds was not worked out anew since: nothing goes that it may not see.
                if (missed[handle] == 0) {
                    missed[handle] = seen;
                }
                continue;
            }
            int size = rows.size(viewer, handle);
            if (size > 0) {
                sizes[pendingCount] = size;
                pending[pendingCount++] = handle;
                pendingBytes += size;
            }
        }
    }

    private void leave(Viewer viewer) {
        for (int handle = viewer.high - 1; handle >= 0 && viewer.leaving > 0; handle--) {
            if (viewer.isUsed(handle) && (viewer.state[handle] & Viewer.LEAVING) != 0) {
                view.left(handle, entities.isGone(viewer.entity[handle], viewer.mark[handle]));
                viewer.left(handle);
            }
        }
    }

    /** Chooses what goes, by what matters more, and writes it in the order of the handles. */
    private void writeFitting(Viewer viewer, double room) {
        double left = room;
        boolean chose = false;
        boolean full = allowance.isFull(viewer);
        int start = 0;
        while (start < pendingCount && pending[start] < viewer.cursor) {
            start++;
        }
        viewer.cursor = 0;
        for (int step = 0; step < ORDERS.length; step++) {
            int order = ORDERS[step];
            boolean isGuest = order == NEW && step < ORDERS.length - 1;
            for (int i = 0; i < pendingCount; i++) {
                int at = start + i < pendingCount ? start + i : start + i - pendingCount;
                int handle = pending[at];
                if (sizes[at] == CHOSEN || order(viewer, handle) != order) {
                    continue;
                }
                double keeps = order >= LATE ? allowance.reserve() : 0;
                boolean hasRoom = !isGuest || sizes[at] <= allowance.newRoom(viewer);
                if (hasRoom && (sizes[at] <= left - keeps || (!chose && full))) {
                    if (isGuest) {
                        allowance.spendNew(viewer, sizes[at]);
                    }
                    left -= sizes[at];
                    sizes[at] = CHOSEN;
                    chose = true;
                } else if (!isGuest) {
                    refuse(viewer, handle);
                }
            }
        }
        for (int i = 0; i < pendingCount; i++) {
            if (sizes[i] == CHOSEN) {
                write(viewer, pending[i]);
            }
        }
    }

    private static int order(Viewer viewer, int handle) {
        int state = viewer.state[handle];
        if ((state & Viewer.FOCUS) != 0) {
            return FOCUS;
        }
        if ((state & 3) == Viewer.CLOSE) {
            return CLOSE;
        }
        if ((state & Viewer.TOLD) == 0) {
            return (state & Viewer.KNOWN) != 0 ? CHANGED : NEW;
        }
        return viewer.missed[handle] == 0 ? KEPT : LATE;
    }

    private void refuse(Viewer viewer, int handle) {
        viewer.refused = true;
        if (viewer.missed[handle] == 0) {
            viewer.missed[handle] = viewer.round;
        }
        if (viewer.cursor == 0) {
            viewer.cursor = handle;
        }
    }
}
