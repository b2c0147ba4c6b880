package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TransferDesk.Places;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Tether;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then for what moved beyond the node's regions: entities that move by themselves,
 * ride in nothing and are held by no tether. Of a region that is to leave it is all that rides in
 * nothing; where the node keeps no region a tether doesn't hold it, for what belongs together goes
 * to the same node. Tick thread; allocates nothing unless it finds some.
 */
final class Borders {
    /** A border is no line on which who flies along it is handed to and fro. */
    static final double MARGIN_METRES = 100;

    private static final int LOOK_TICKS = 10;

    /** While regions leave. */
    private static final int LEAVING_LOOK_TICKS = 2;

    /** Told of at once; the others come next. */
    private static final int FOUND_MAX = 64;

    /** While regions leave: some thousands a second. */
    private static final int LEAVING_FOUND_MAX = 512;

    private final WorldState world;
    private final TransferSink sink;
    private final TransferDesk desk;
    private List<Region> regions;
    private List<Tether> tethers;
    private @Nullable Places places;
    private int ticks;

    /** Those told before, in this round: where nobody owns the place they are found again. */
    private int told;

    private int toSkip;
    private int toFind;
    private int toLeave;

    Borders(TickLoopBuilder from) {
        world = from.world;
        sink = from.transferSink;
        tethers = from.tethers;
        desk = from.transferDesk;
        regions = widened(from.regions);
    }

    private static List<Region> widened(List<Region> boxes) {
        return boxes.stream()
                .map(each ->
                        new Region(
                                each.id(),
                                each.starSystem(),
                                each.epoch(),
                                each.minX() - MARGIN_METRES,
                                each.minY() - MARGIN_METRES,
                                each.minZ() - MARGIN_METRES,
                                each.maxX() + MARGIN_METRES,
                                each.maxY() + MARGIN_METRES,
                                each.maxZ() + MARGIN_METRES))
                .toList();
    }

    /** What entities stay with from now on. */
    void tethers(List<Tether> others) {
        tethers = others;
    }

    /** Looks, if it is time to. */
    void look() {
        if (sink == TransferSink.NOBODY) {
            return;
        }
        Places now = desk.places();
        if (now != null && now != places) {
            places = now;
            regions = widened(now.kept());
            told = 0;
        }
        boolean isLeaving = now != null && now.isAnyLeaving();
        boolean isNeeded = isLeaving || !regions.isEmpty();
        if (!isNeeded || ++ticks % (isLeaving ? LEAVING_LOOK_TICKS : LOOK_TICKS) != 0) {
            return;
        }
        int findMax = isLeaving ? LEAVING_FOUND_MAX : FOUND_MAX;
        toSkip = told;
        toFind = findMax;
        toLeave = 0;
        for (int t = 0; t < world.tableCount() && (isLeaving || toFind > 0); t++) {
            Table table = world.table(t);
            PositionColumn at = table.column(PositionColumn.TYPE);
            boolean isMoving = table.column(MotionColumn.TYPE) != null;
            if (at != null && !table.holdsGhosts() && (isMoving || isLeaving)) {
                look(t, at, isMoving, isLeaving ? now : null);
            }
        }
        told = toFind == 0 ? told + findMax : 0;
        if (now != null) {
            desk.looked(now, toLeave);
        }
    }

    private void look(int ordinal, PositionColumn at, boolean isMoving, @Nullable Places leaving) {
        Table table = world.table(ordinal);
        ParentColumn parents = table.column(ParentColumn.TYPE);
        for (int row = 0; row < table.size() && (leaving != null || toFind > 0); row++) {
            if (parents != null && parents.id[row] != 0) {
                continue;
            }
            long location = Lookup.location(ordinal, row);
            boolean isLeaving = leaving != null && isLeaving(leaving, at, row, location);
            toLeave += isLeaving ? 1 : 0;
            boolean isFound = isLeaving || isMoving && !isIn(regions, at, row) && !isHeld(location);
            if (isFound && toSkip-- <= 0 && toFind > 0) {
                sink.beyond(table.entityAt(row), at.x[row], at.y[row], at.z[row]);
                toFind--;
            }
        }
    }

    private boolean isLeaving(Places leaving, PositionColumn at, int row, long location) {
        return leaving.isNoneKept() || isIn(leaving.leaving(), at, row) && !isHeld(location);
    }

    /** True for what stays with the node beyond its borders. */
    boolean isHeld(long location) {
        for (int i = 0; i < tethers.size(); i++) {
            if (tethers.get(i).holds(world.lookup(), location)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(List<Region> boxes, PositionColumn at, int row) {
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).contains(at.x[row], at.y[row], at.z[row])) {
                return true;
            }
        }
        return false;
    }
}
