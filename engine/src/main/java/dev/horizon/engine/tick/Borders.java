package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Tether;
import java.util.List;

/**
 * Looks now and then for what moved beyond the node's regions: entities that move by themselves,
 * ride in nothing and are held by no tether. Tick thread; allocates nothing unless it finds some.
 */
final class Borders {
    /** A border is no line on which who flies along it is handed to and fro. */
    static final double MARGIN_METRES = 100;

    private static final int LOOK_TICKS = 10;

    /** Told of at once; the others come next. */
    private static final int FOUND_MAX = 64;

    private final WorldState world;
    private final TransferSink sink;
    private final List<Region> regions;
    private List<Tether> tethers;
    private int ticks;

    /** Those told before, in this round: where nobody owns the place they are found again. */
    private int told;

    private int toSkip;

    Borders(TickLoopBuilder from) {
        world = from.world;
        sink = from.transferSink;
        tethers = from.tethers;
        regions =
                from.regions.stream()
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
        if (sink == TransferSink.NOBODY || regions.isEmpty() || ++ticks % LOOK_TICKS != 0) {
            return;
        }
        toSkip = told;
        int found = 0;
        for (int t = 0; t < world.tableCount() && found < FOUND_MAX; t++) {
            Table table = world.table(t);
            PositionColumn places = table.column(PositionColumn.TYPE);
            if (places != null && table.column(MotionColumn.TYPE) != null) {
                found += look(t, places, FOUND_MAX - found);
            }
        }
        told = found == FOUND_MAX ? told + found : 0;
    }

    private int look(int ordinal, PositionColumn places, int most) {
        Table table = world.table(ordinal);
        ParentColumn parents = table.column(ParentColumn.TYPE);
        int found = 0;
        for (int row = 0; row < table.size() && found < most; row++) {
            boolean isAlone = parents == null || parents.id[row] == 0;
            if (isAlone
                    && isBeyond(places.x[row], places.y[row], places.z[row])
                    && !isHeld(Lookup.location(ordinal, row))
                    && toSkip-- <= 0) {
                sink.beyond(table.entityAt(row), places.x[row], places.y[row], places.z[row]);
                found++;
            }
        }
        return found;
    }

    private boolean isHeld(long location) {
        for (int i = 0; i < tethers.size(); i++) {
            if (tethers.get(i).holds(world.lookup(), location)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBeyond(double x, double y, double z) {
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).contains(x, y, z)) {
                return false;
            }
        }
        return true;
    }
}
