package dev.horizon.ecs.weapons;

import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * Looks for what each projectile met on its way through this tick, by a swept sphere against the
 * movements of ships and wrecks, and against rocks that stand still. The earlier hit counts. A shot
 * that ends inside a station or a body hits that.
 */
final class ProjectileSystem implements SystemTask {
    static Access access() {
        return Access.reading(PositionColumn.TYPE, MotionColumn.TYPE, ProjectileColumn.TYPE)
                .using(SpatialGrid.KEY)
                .emitting(HitColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        MotionColumn motion = rows.read(MotionColumn.TYPE);
        ProjectileColumn projectile = rows.read(ProjectileColumn.TYPE);
        SpatialGrid grid = rows.derived(SpatialGrid.KEY);
        double dt = tick.dt();
        for (int row = rows.from(); row < rows.to(); row++) {
            double x = position.x[row];
            double y = position.y[row];
            double z = position.z[row];
            double fromX = x - motion.vx[row] * dt;
            double fromY = y - motion.vy[row] * dt;
            double fromZ = z - motion.vz[row] * dt;
            long hit =
                    earliest(
                            grid,
                            fromX,
                            fromY,
                            fromZ,
                            x,
                            y,
                            z,
                            projectile.source[row],
                            Shots.passMask(projectile.faction[row]));
            if (hit != 0) {
                FireSystem.emit(
                        rows.effects(HitColumn.TYPE),
                        hit,
                        projectile.source[row],
                        projectile.damage[row]);
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }

    private static long earliest(
            SpatialGrid grid,
            double fromX,
            double fromY,
            double fromZ,
            double x,
            double y,
            double z,
            long source,
            int pass) {
        float radius = FireSystem.PROJECTILE_RADIUS;
        GridLayer moving = grid.moving();
        GridLayer still = grid.still();
        int ship = moving.firstHit(fromX, fromY, fromZ, x, y, z, radius, source, pass);
        int rock = still.firstHit(fromX, fromY, fromZ, x, y, z, radius, source, 0);
        if (ship < 0) {
            return rock < 0 ? Shots.inside(grid.large(), x, y, z) : still.entity(rock);
        }
        if (rock >= 0
                && still.meets(rock, fromX, fromY, fromZ, x, y, z, radius)
                        < moving.meets(ship, fromX, fromY, fromZ, x, y, z, radius)) {
            return still.entity(rock);
        }
        return moving.entity(ship);
    }
}
