package dev.horizon.ecs.grid;

import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/**
 * Rebuilds the grid from the columns, ghosts that move included: guns and sensors reach across a
 * border, who mines doesn't. What moves is sorted anew each tick; what doesn't only when a row
 * came, went or was written, which its change marks and the number of rows tell exactly. Docked
 * ships are inside their station and left out.
 */
final class GridSystem implements ExclusiveTask {
    static Access access() {
        return Access.reading(PositionColumn.TYPE, SizeColumn.TYPE, IdentityColumn.TYPE)
                .optional(MotionColumn.TYPE, GhostColumn.TYPE)
                .without(ParentColumn.TYPE)
                .building(SpatialGrid.KEY);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        SpatialGrid grid = sweep.derived(SpatialGrid.KEY);
        boolean stillChanged = stillChanged(sweep, grid);
        grid.moving.clear();
        grid.contacts.clear();
        grid.large.clear();
        if (stillChanged) {
            grid.still.clear();
        }
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            MotionColumn motion = rows.optional(MotionColumn.TYPE);
            if (motion != null) {
                addMoving(grid, rows, motion, (float) tick.dt());
            } else if (stillChanged && rows.optional(GhostColumn.TYPE) == null) {
                addStill(grid, rows);
            }
        }
        grid.moving.build();
        grid.contacts.build();
        grid.large.build();
        if (stillChanged) {
            grid.still.build();
            grid.stillBuilt = true;
            grid.stillBuiltAt = (int) tick.number();
        }
    }

    private static boolean stillChanged(Sweep sweep, SpatialGrid grid) {
        int count = 0;
        boolean changed = !grid.stillBuilt;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            if (rows.optional(MotionColumn.TYPE) != null
                    || rows.optional(GhostColumn.TYPE) != null) {
                continue;
            }
            count += rows.to() - rows.from();
            changed |= isChanged(rows.read(PositionColumn.TYPE), rows, grid.stillBuiltAt);
            changed |= isChanged(rows.read(SizeColumn.TYPE), rows, grid.stillBuiltAt);
            changed |= isChanged(rows.read(IdentityColumn.TYPE), rows, grid.stillBuiltAt);
        }
        changed |= count != grid.stillRows;
        grid.stillRows = count;
        return changed;
    }

    /**
     * True when a row may have been written since the grid was built. Handlers' writes of this tick
     * are marked; what was written after the build of a tick is stamped with that tick's number.
     */
    private static boolean isChanged(Column<?> column, Rows rows, int builtAt) {
        for (int range = rows.from() / Column.RANGE_ROWS;
                range * Column.RANGE_ROWS < rows.to();
                range++) {
            if (column.isRangeMarked(range) || column.rangeChangedAt(range) - builtAt >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void addMoving(SpatialGrid grid, Rows rows, MotionColumn motion, float dt) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        SizeColumn size = rows.read(SizeColumn.TYPE);
        IdentityColumn identity = rows.read(IdentityColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            double x = position.x[row];
            double y = position.y[row];
            double z = position.z[row];
            float radius = size.radius[row];
            long entity = rows.entityAt(row);
            byte faction = identity.faction[row];
            float dx = motion.vx[row] * dt;
            float dy = motion.vy[row] * dt;
            float dz = motion.vz[row] * dt;
            if (radius > SpatialGrid.LARGE_METRES) {
                grid.large.addToAllCells(x, y, z, radius, entity, faction);
            } else {
                grid.moving.add(x, y, z, dx, dy, dz, radius, entity, faction);
            }
            if (faction != 0) {
                grid.contacts.add(x, y, z, 0, 0, 0, radius, entity, faction);
            }
        }
    }

    private static void addStill(SpatialGrid grid, Rows rows) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        SizeColumn size = rows.read(SizeColumn.TYPE);
        IdentityColumn identity = rows.read(IdentityColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            grid.still.add(
                    position.x[row],
                    position.y[row],
                    position.z[row],
                    0,
                    0,
                    0,
                    size.radius[row],
                    rows.entityAt(row),
                    identity.faction[row]);
        }
    }
}
