package dev.horizon.ecs.steering;

import dev.horizon.ecs.cargo.CargoTransferColumn;
import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.MiningLaserColumn;
import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.ecs.docking.DockRequest;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;

/** The behaviours of civil ships: haul and mine. */
final class Work {
    private static final float FLEE_METRES = 6_000;

    /** Ticks in the bay: loading takes a while. */
    private static final int BERTH_TICKS = 200;

    /** Metres about a waypoint in the field in which a rock is looked for. */
    private static final double PROSPECT_METRES = 6_000;

    /** Metres outside a station's hull where ships wait for a bay. */
    private static final float HOLDING_METRES = 150;

    private Work() {}

    static void haul(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        boolean outward = (helm.leg[row] & 1) != 0;
        long station = outward ? orders.second[row] : orders.subject[row];
        if (rows.optional(ParentColumn.TYPE) != null) {
            if (isLoaded(rows, tick, row)) {
                unload(rows, row);
                int load = outward ? Commodity.GOODS.ordinal() : Commodity.METAL.ordinal();
                transfer(rows, row, station, true, load, Integer.MAX_VALUE);
                leave(rows, row);
            }
        } else if (!Combat.flee(rows, tick, row, FLEE_METRES)) {
            comeIn(rows, tick, row, station);
        }
    }

    static void mine(Rows rows, Tick tick, int row) {
        HoldColumn hold = rows.optional(HoldColumn.TYPE);
        MiningLaserColumn laser = rows.optionalUpdate(MiningLaserColumn.TYPE);
        if (hold == null || laser == null) {
            return;
        }
        if (rows.optional(ParentColumn.TYPE) != null) {
            if (isLoaded(rows, tick, row)) {
                unload(rows, row);
                leave(rows, row);
            }
            return;
        }
        if (Combat.flee(rows, tick, row, FLEE_METRES)) {
            aim(laser, row, 0);
            return;
        }
        if (Hold.used(hold, row) >= hold.capacity[row]) {
            aim(laser, row, 0);
            comeIn(rows, tick, row, rows.read(OrdersColumn.TYPE).subject[row]);
            return;
        }
        extract(rows, tick, row, laser);
    }

    private static void extract(Rows rows, Tick tick, int row, MiningLaserColumn laser) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row] * 0.6f;
        long rock = laser.target[row];
        if (rock != 0 && hasOre(rows.lookup(), rock)) {
            float standoff = Goal.radius(rows, rock) + laser.range[row] * 0.5f;
            Goal.beside(rows, tick, row, rock, 0, 0, 0, speed, standoff);
            helm.state[row] = (byte) HelmState.EXTRACT.ordinal();
            helm.target[row] = rock;
            return;
        }
        if (rock != 0) {
            aim(laser, row, 0);
            helm.leg[row]++;
        }
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        double radius = orders.radius[row];
        double x = orders.x[row] + Goal.scatter(rows, tick, row, 0, radius);
        double y = orders.y[row] + Goal.scatter(rows, tick, row, 1, radius);
        double z = orders.z[row] + Goal.scatter(rows, tick, row, 2, radius);
        GridLayer rocks = rows.derived(SpatialGrid.KEY).still();
        int entry = (int) rocks.nearest(x, y, z, PROSPECT_METRES, -1, 0);
        if (entry >= 0 && hasOre(rows.lookup(), rocks.entity(entry))) {
            aim(laser, row, rocks.entity(entry));
            return;
        }
        helm.leg[row]++;
        Goal.place(rows, tick, row, x, y, z, speed);
        Rounds.travel(rows, row);
    }

    private static boolean hasOre(Lookup lookup, long rock) {
        long at = lookup.locate(rock);
        OreColumn ore = at == Lookup.NOWHERE ? null : lookup.column(OreColumn.TYPE, at);
        return ore != null && ore.units[Lookup.row(at)] > 0 && !Goal.isGhost(lookup, rock);
    }

    private static void aim(MiningLaserColumn laser, int row, long rock) {
        if (laser.target[row] != rock) {
            laser.target[row] = rock;
            laser.markRow(row);
        }
    }

    /** Flies to a station and asks for a bay all the while. */
    static void comeIn(Rows rows, Tick tick, int row, long station) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row];
        // What is beyond a border docks there: it goes on until it is handed over.
        float standoff =
                Goal.isGhost(rows.lookup(), station)
                        ? 0
                        : Goal.radius(rows, station) + HOLDING_METRES;
        if (!Goal.beside(rows, tick, row, station, 0, 0, 0, speed, standoff)) {
            helm.state[row] = 0;
            return;
        }
        helm.state[row] = (byte) HelmState.APPROACH.ordinal();
        helm.target[row] = station;
        DockingColumn docking = rows.optionalUpdate(DockingColumn.TYPE);
        if (docking != null
                && (docking.request[row] != DockRequest.DOCK.ordinal()
                        || docking.station[row] != station)) {
            docking.request[row] = (byte) DockRequest.DOCK.ordinal();
            docking.station[row] = station;
            docking.markRow(row);
        }
    }

    private static boolean isLoaded(Rows rows, Tick tick, int row) {
        DockingColumn docking = rows.optionalUpdate(DockingColumn.TYPE);
        return docking != null
                && docking.bay[row] >= 0
                && docking.request[row] == 0
                && (int) tick.number() - docking.dockedAt[row] >= BERTH_TICKS;
    }

    private static void unload(Rows rows, int row) {
        HoldColumn hold = rows.optional(HoldColumn.TYPE);
        DockingColumn docking = rows.optionalUpdate(DockingColumn.TYPE);
        if (hold == null || docking == null) {
            return;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            int units = hold.units[row * Commodity.COUNT + i];
            if (units > 0) {
                transfer(rows, row, docking.station[row], false, i, units);
            }
        }
    }

    private static void transfer(
            Rows rows, int row, long station, boolean load, int commodity, int units) {
        Effects<CargoTransferColumn> effects = rows.effects(CargoTransferColumn.TYPE);
        int effect = effects.add();
        CargoTransferColumn transfer = effects.column();
        long ship = rows.entityAt(row);
        transfer.from[effect] = load ? station : ship;
        transfer.to[effect] = load ? ship : station;
        transfer.commodity[effect] = (byte) commodity;
        transfer.units[effect] = units;
    }

    private static void leave(Rows rows, int row) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        DockingColumn docking = rows.optionalUpdate(DockingColumn.TYPE);
        helm.leg[row]++;
        helm.state[row] = 0;
        helm.markRow(row);
        if (docking != null) {
            docking.request[row] = (byte) DockRequest.UNDOCK.ordinal();
            docking.markRow(row);
        }
    }
}
