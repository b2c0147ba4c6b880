package dev.horizon.ecs.steering;

import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/** Sets a helm's goal, and bends the way to it around stations and bodies. */
final class Goal {
    private static final int PURPOSE_PLACE = 0x7001;

    /** Share of a body's radius, and metres, to keep clear of it. */
    private static final double CLEAR_SHARE = 1.15;

    private static final double CLEAR_METRES = 400;

    /** Flying through a waypoint: the stop is imagined this far behind it. */
    private static final float FLY_THROUGH_METRES = -20_000;

    private Goal() {}

    /** Sets a goal at rest. */
    static void place(Rows rows, Tick tick, int row, double x, double y, double z, float speed) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        set(helm, tick, row, x, y, z, 0, 0, 0, speed, 0);
        avoid(rows, row, 0);
    }

    /** Sets a goal that moves with another entity, at an offset; false where that is gone. */
    static boolean beside(
            Rows rows,
            Tick tick,
            int row,
            long entity,
            double offsetX,
            double offsetY,
            double offsetZ,
            float speed,
            float standoff) {
        Lookup lookup = rows.lookup();
        long at = entity == 0 ? Lookup.NOWHERE : lookup.locate(entity);
        PositionColumn place = at == Lookup.NOWHERE ? null : lookup.column(PositionColumn.TYPE, at);
        if (place == null) {
            return false;
        }
        int other = Lookup.row(at);
        MotionColumn movement = lookup.column(MotionColumn.TYPE, at);
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        set(
                helm,
                tick,
                row,
                place.x[other] + offsetX,
                place.y[other] + offsetY,
                place.z[other] + offsetZ,
                movement == null ? 0 : movement.vx[other],
                movement == null ? 0 : movement.vy[other],
                movement == null ? 0 : movement.vz[other],
                speed,
                standoff);
        avoid(rows, row, entity);
        return true;
    }

    private static void set(
            HelmColumn helm,
            Tick tick,
            int row,
            double x,
            double y,
            double z,
            float vx,
            float vy,
            float vz,
            float speed,
            float standoff) {
        helm.goalX[row] = x;
        helm.goalY[row] = y;
        helm.goalZ[row] = z;
        helm.goalVx[row] = vx;
        helm.goalVy[row] = vy;
        helm.goalVz[row] = vz;
        helm.goalAt[row] = (int) tick.number();
        helm.speed[row] = speed;
        helm.standoff[row] = standoff;
        helm.markRow(row);
    }

    /** A coordinate in [-radius, radius] that belongs to a ship's current leg; axis 0, 1 or 2. */
    static double scatter(Rows rows, Tick tick, int row, int axis, double radius) {
        short leg = rows.read(HelmColumn.TYPE).leg[row];
        long bits = Randomness.bits(tick.seed(), leg, rows.entityAt(row), PURPOSE_PLACE + axis);
        return (2 * Randomness.uniform(bits) - 1) * radius;
    }

    /** Squared metres from the ship to its goal as it was set. */
    static double distanceSquared(Rows rows, int row) {
        HelmColumn helm = rows.read(HelmColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        double dx = helm.goalX[row] - position.x[row];
        double dy = helm.goalY[row] - position.y[row];
        double dz = helm.goalZ[row] - position.z[row];
        return dx * dx + dy * dy + dz * dz;
    }

    /** True for what another node has. */
    static boolean isGhost(Lookup lookup, long entity) {
        return lookup.column(GhostColumn.TYPE, lookup.locate(entity)) != null;
    }

    /** Metres of an entity's radius, or 0. */
    static float radius(Rows rows, long entity) {
        long at = rows.lookup().locate(entity);
        SizeColumn size = at == Lookup.NOWHERE ? null : rows.lookup().column(SizeColumn.TYPE, at);
        return size == null ? 0 : size.radius[Lookup.row(at)];
    }

    /**
     * Where something large lies across the way, goes past it first: the goal becomes a place
     * beside it, in the plane of the way and its centre.
     */
    private static void avoid(Rows rows, int row, long except) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        GridLayer large = rows.derived(SpatialGrid.KEY).large();
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        double wx = helm.goalX[row] - x;
        double wy = helm.goalY[row] - y;
        double wz = helm.goalZ[row] - z;
        double way = Math.sqrt(wx * wx + wy * wy + wz * wz);
        if (way < 1) {
            return;
        }
        int nearest = -1;
        double nearestAlong = Double.POSITIVE_INFINITY;
        int last = large.last(x, y, z);
        for (int i = large.first(x, y, z); i < last; i++) {
            if (large.entity(i) == except) {
                continue;
            }
            double mx = large.x(i) - x;
            double my = large.y(i) - y;
            double mz = large.z(i) - z;
            double clear = large.radius(i) * CLEAR_SHARE + CLEAR_METRES;
            double along = (mx * wx + my * wy + mz * wz) / way;
            double aside = mx * mx + my * my + mz * mz - along * along;
            if (along > 0 && along < way + clear && along < nearestAlong && aside < clear * clear) {
                nearest = i;
                nearestAlong = along;
            }
        }
        if (nearest >= 0) {
            pass(
                    helm,
                    row,
                    large,
                    nearest,
                    x + wx / way * nearestAlong,
                    y + wy / way * nearestAlong,
                    z + wz / way * nearestAlong);
        }
    }

    private static void pass(
            HelmColumn helm, int row, GridLayer large, int entry, double px, double py, double pz) {
        double sx = px - large.x(entry);
        double sy = py - large.y(entry);
        double sz = pz - large.z(entry);
        double aside = Math.sqrt(sx * sx + sy * sy + sz * sz);
        if (aside < 1e-3) {
            sz = 1;
            aside = 1;
        }
        double clear = (large.radius(entry) * CLEAR_SHARE + CLEAR_METRES) * 1.2;
        helm.goalX[row] = large.x(entry) + sx / aside * clear;
        helm.goalY[row] = large.y(entry) + sy / aside * clear;
        helm.goalZ[row] = large.z(entry) + sz / aside * clear;
        helm.standoff[row] = FLY_THROUGH_METRES;
    }
}
