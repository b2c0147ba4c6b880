package dev.horizon.ecs.weapons;

import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.identity.Faction;

/** Casts through the grid's layers on behalf of guns. */
final class Shots {
    /** Long casts go in steps of about a cell, so that they visit the cells along them alone. */
    private static final double STEP_METRES = 1_000;

    private Shots() {}

    /** The sides that a shot passes through: its own, unless that is nobody's. */
    static int passMask(byte faction) {
        return faction == Faction.NONE.ordinal() ? 0 : 1 << faction;
    }

    /** The first ship on a straight line at this instant, or 0. */
    static long beam(
            GridLayer layer,
            double x0,
            double y0,
            double z0,
            double x1,
            double y1,
            double z1,
            long except,
            int passMask) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double dz = z1 - z0;
        int steps = (int) (Math.sqrt(dx * dx + dy * dy + dz * dz) / STEP_METRES) + 1;
        for (int step = 0; step < steps; step++) {
            double from = (double) step / steps;
            double to = (double) (step + 1) / steps;
            int entry =
                    layer.firstHit(
                            x0 + dx * from,
                            y0 + dy * from,
                            z0 + dz * from,
                            x0 + dx * to,
                            y0 + dy * to,
                            z0 + dz * to,
                            0,
                            except,
                            passMask);
            if (entry >= 0) {
                return layer.entity(entry);
            }
        }
        return 0;
    }

    /** The large object around a place, or 0. */
    static long inside(GridLayer large, double x, double y, double z) {
        int last = large.last(x, y, z);
        for (int entry = large.first(x, y, z); entry < last; entry++) {
            double dx = large.x(entry) - x;
            double dy = large.y(entry) - y;
            double dz = large.z(entry) - z;
            double radius = large.radius(entry);
            if (dx * dx + dy * dy + dz * dz < radius * radius) {
                return large.entity(entry);
            }
        }
        return 0;
    }
}
