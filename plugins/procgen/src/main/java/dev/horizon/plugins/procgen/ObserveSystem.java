package dev.horizon.plugins.procgen;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.PositionColumn;
import org.jspecify.annotations.Nullable;

/**
 * Sees by the mechanisms' own columns what players' ships did since the last look: more ore in free
 * flight was mined, less of anything else in a bay was delivered, a new cell was explored.
 */
final class ObserveSystem implements SystemTask {
    static final int PERIOD_TICKS = 10;
    private static final Composition DEED = Composition.of(DeedColumn.TYPE);
    private static final double CELL_METRES = 50_000;

    static Access access() {
        return Access.reading(
                        OwnerColumn.TYPE, HoldColumn.TYPE, DockingColumn.TYPE, PositionColumn.TYPE)
                .optionallyUpdating(TrailColumn.TYPE)
                .spawning(TrailColumn.TYPE, DeedColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        @Nullable TrailColumn trail = rows.optionalUpdate(TrailColumn.TYPE);
        HoldColumn hold = rows.read(HoldColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            int ore = hold.units[row * Commodity.COUNT + Commodity.ORE.ordinal()];
            int goods = Hold.used(hold, row) - ore;
            long cell = cell(rows.read(PositionColumn.TYPE), row);
            if (trail == null) {
                begin(rows.commands(), rows.entityAt(row), ore, goods, cell);
                continue;
            }
            boolean docked = rows.read(DockingColumn.TYPE).bay[row] >= 0;
            if (!docked && ore > trail.ore[row]) {
                leave(rows, row, Pursuit.MINE, ore - trail.ore[row]);
            }
            if (docked && goods < trail.goods[row]) {
                leave(rows, row, Pursuit.HAUL, trail.goods[row] - goods);
            }
            if (isNew(trail, row, cell)) {
                leave(rows, row, Pursuit.EXPLORE, 1);
            }
            if (ore != trail.ore[row] || goods != trail.goods[row]) {
                trail.ore[row] = ore;
                trail.goods[row] = goods;
                trail.markRow(row);
            }
        }
    }

    private static void begin(Commands commands, long ship, int ore, int goods, long cell) {
        int added = commands.add(ship, TrailColumn.TYPE);
        TrailColumn trail = commands.column(TrailColumn.TYPE);
        trail.ore[added] = ore;
        trail.goods[added] = goods;
        trail.cells[added * Trail.CELLS] = cell;
        trail.next[added] = 1;
    }

    private static long cell(PositionColumn position, int row) {
        long x = (long) Math.floor(position.x[row] / CELL_METRES);
        long y = (long) Math.floor(position.y[row] / CELL_METRES);
        long z = (long) Math.floor(position.z[row] / CELL_METRES);
        // One bit besides, so that no cell is 0, which stands for none.
        return (x & 0xFFFFF) << 41 | (y & 0xFFFFF) << 21 | (z & 0xFFFFF) << 1 | 1;
    }

    private static boolean isNew(TrailColumn trail, int row, long cell) {
        for (int i = row * Trail.CELLS; i < (row + 1) * Trail.CELLS; i++) {
            if (trail.cells[i] == cell) {
                return false;
            }
        }
        trail.cells[row * Trail.CELLS + trail.next[row]] = cell;
        trail.next[row] = (trail.next[row] + 1) % Trail.CELLS;
        trail.markRow(row);
        return true;
    }

    private static void leave(Rows rows, int row, Pursuit pursuit, int amount) {
        Commands commands = rows.commands();
        int staged = commands.spawn(DEED);
        DeedColumn deed = commands.column(DEED, DeedColumn.TYPE);
        deed.playerId[staged] = rows.read(OwnerColumn.TYPE).playerId[row];
        deed.pursuit[staged] = (byte) pursuit.ordinal();
        deed.amount[staged] = amount;
    }
}
