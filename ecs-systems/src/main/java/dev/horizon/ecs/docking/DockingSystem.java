package dev.horizon.ecs.docking;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/** Grants what ships ask for, in order. Whoever can't be served yet keeps their request. */
final class DockingSystem implements ExclusiveTask {
    static final float SPEED_MAX = 60f;
    private static final int ORPHANS_TICKS = 64;

    /** Bays lie on a circle at this share of the station's radius. */
    private static final float BAY_CIRCLE = 0.8f;

    /** Metres per second at which a ship leaves its bay. */
    private static final float EXIT_SPEED = 15f;

    /** Unit vectors of the bays' places, worked out once: sine and cosine are slow. */
    private static final float[] BAY_Y = new float[Bays.MAX];

    private static final float[] BAY_Z = new float[Bays.MAX];

    static {
        for (int bay = 0; bay < Bays.MAX; bay++) {
            BAY_Y[bay] = (float) StrictMath.cos(2 * Math.PI * bay / Bays.MAX);
            BAY_Z[bay] = (float) StrictMath.sin(2 * Math.PI * bay / Bays.MAX);
        }
    }

    static Access access() {
        return Access.none()
                .updating(DockingColumn.TYPE, PositionColumn.TYPE, MotionColumn.TYPE)
                .optional(ParentColumn.TYPE)
                .optionallyUpdating(BaysColumn.TYPE)
                .lookingUp(SizeColumn.TYPE)
                .spawning(ParentColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            DockingColumn docking = rows.read(DockingColumn.TYPE);
            ParentColumn parent = rows.optional(ParentColumn.TYPE);
            boolean seek = parent != null && tick.number() % ORPHANS_TICKS == 0;
            for (int row = rows.from(); row < rows.to(); row++) {
                if (docking.request[row] == DockRequest.DOCK.ordinal() && parent == null) {
                    dock(sweep, tick, rows, row);
                } else if (docking.request[row] == DockRequest.UNDOCK.ordinal() && parent != null) {
                    undock(sweep, rows, row);
                } else if (seek) {
                    release(sweep, rows, row);
                }
            }
        }
    }

    private static void dock(Sweep sweep, Tick tick, Rows rows, int row) {
        DockingColumn docking = rows.update(DockingColumn.TYPE);
        long station = docking.station[row];
        long at = sweep.lookup().locate(station);
        BaysColumn bays = at == Lookup.NOWHERE ? null : sweep.update(BaysColumn.TYPE, at);
        if (bays == null) {
            clear(docking, row);
            return;
        }
        int stationRow = Lookup.row(at);
        int free = Integer.numberOfTrailingZeros(~bays.occupied[stationRow]);
        if (free >= bays.count[stationRow]
                || !isClose(sweep.lookup(), rows, row, at, bays.range[stationRow])) {
            return;
        }
        bays.occupied[stationRow] |= 1 << free;
        bays.markRow(stationRow);
        docking.request[row] = 0;
        docking.bay[row] = (byte) free;
        docking.dockedAt[row] = (int) tick.number();
        docking.markRow(row);
        SizeColumn size = sweep.lookup().column(SizeColumn.TYPE, at);
        float circle = size == null ? 0 : size.radius[stationRow] * BAY_CIRCLE;
        Commands commands = sweep.commands();
        int added = commands.add(rows.entityAt(row), ParentColumn.TYPE);
        ParentColumn parent = commands.column(ParentColumn.TYPE);
        parent.id[added] = station;
        parent.x[added] = 0;
        parent.y[added] = circle * BAY_Y[free];
        parent.z[added] = circle * BAY_Z[free];
    }

    private static boolean isClose(Lookup lookup, Rows rows, int row, long at, float range) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        MotionColumn motion = rows.read(MotionColumn.TYPE);
        PositionColumn place = lookup.column(PositionColumn.TYPE, at);
        MotionColumn movement = lookup.column(MotionColumn.TYPE, at);
        if (place == null) {
            return false;
        }
        int other = Lookup.row(at);
        double dx = place.x[other] - position.x[row];
        double dy = place.y[other] - position.y[row];
        double dz = place.z[other] - position.z[row];
        double vx = (movement == null ? 0 : movement.vx[other]) - motion.vx[row];
        double vy = (movement == null ? 0 : movement.vy[other]) - motion.vy[row];
        double vz = (movement == null ? 0 : movement.vz[other]) - motion.vz[row];
        return dx * dx + dy * dy + dz * dz <= (double) range * range
                && vx * vx + vy * vy + vz * vz <= SPEED_MAX * SPEED_MAX;
    }

    private static void undock(Sweep sweep, Rows rows, int row) {
        DockingColumn docking = rows.update(DockingColumn.TYPE);
        PositionColumn position = rows.update(PositionColumn.TYPE);
        MotionColumn motion = rows.update(MotionColumn.TYPE);
        int bay = docking.bay[row];
        long at = sweep.lookup().locate(docking.station[row]);
        if (at != Lookup.NOWHERE && bay >= 0) {
            int stationRow = Lookup.row(at);
            BaysColumn bays = sweep.update(BaysColumn.TYPE, at);
            if (bays != null) {
                bays.occupied[stationRow] &= ~(1 << bay);
                bays.markRow(stationRow);
            }
            SizeColumn size = sweep.lookup().column(SizeColumn.TYPE, at);
            float out = size == null ? 0 : size.radius[stationRow] * (1.1f - BAY_CIRCLE);
            position.y[row] += out * BAY_Y[bay];
            position.z[row] += out * BAY_Z[bay];
            motion.vy[row] += EXIT_SPEED * BAY_Y[bay];
            motion.vz[row] += EXIT_SPEED * BAY_Z[bay];
            position.markRow(row);
            motion.markRow(row);
        }
        clear(docking, row);
        sweep.commands().remove(rows.entityAt(row), ParentColumn.TYPE);
    }

    /** Lets a ship go whose station is no more. */
    private static void release(Sweep sweep, Rows rows, int row) {
        DockingColumn docking = rows.update(DockingColumn.TYPE);
        long at = sweep.lookup().locate(docking.station[row]);
        if (at == Lookup.NOWHERE) {
            clear(docking, row);
            sweep.commands().remove(rows.entityAt(row), ParentColumn.TYPE);
        }
    }

    private static void clear(DockingColumn docking, int row) {
        docking.request[row] = 0;
        docking.bay[row] = -1;
        docking.markRow(row);
    }
}
