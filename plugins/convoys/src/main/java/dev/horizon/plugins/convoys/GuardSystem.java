package dev.horizon.plugins.convoys;

import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;

/** Sends escorts whose freighter is gone to the one with the fewest. */
final class GuardSystem implements ExclusiveTask {
    static final int PERIOD_TICKS = 100;

    static Access access() {
        return Access.none()
                .optionallyUpdating(HaulerColumn.TYPE, EscortDutyColumn.TYPE, OrdersColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        for (int table = 0; table < sweep.tables(); table++) {
            HaulerColumn hauler = sweep.rows(table).optionalUpdate(HaulerColumn.TYPE);
            for (int row = 0; hauler != null && row < sweep.rows(table).to(); row++) {
                hauler.escorts[row] = 0;
                hauler.markRow(row);
            }
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int table = 0; table < sweep.tables(); table++) {
                Rows rows = sweep.rows(table);
                EscortDutyColumn duty = rows.optionalUpdate(EscortDutyColumn.TYPE);
                OrdersColumn orders = rows.optionalUpdate(OrdersColumn.TYPE);
                for (int row = 0; duty != null && orders != null && row < rows.to(); row++) {
                    long leader = leader(sweep, orders, row);
                    if (pass == 0 && leader != Lookup.NOWHERE) {
                        count(sweep, leader);
                    } else if (pass == 1 && leader == Lookup.NOWHERE) {
                        send(sweep, duty, orders, row);
                    }
                }
            }
        }
    }

    private static long leader(Sweep sweep, OrdersColumn orders, int row) {
        if (orders.behaviour[row] != Behaviour.ESCORT.ordinal()) {
            return Lookup.NOWHERE;
        }
        long at = sweep.lookup().locate(orders.subject[row]);
        return sweep.update(HaulerColumn.TYPE, at) == null ? Lookup.NOWHERE : at;
    }

    private static void count(Sweep sweep, long leader) {
        HaulerColumn hauler = sweep.update(HaulerColumn.TYPE, leader);
        if (hauler != null) {
            hauler.escorts[Lookup.row(leader)]++;
        }
    }

    private static void send(Sweep sweep, EscortDutyColumn duty, OrdersColumn orders, int row) {
        long found = Lookup.NOWHERE;
        int fewest = Integer.MAX_VALUE;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            HaulerColumn hauler = rows.optionalUpdate(HaulerColumn.TYPE);
            for (int other = 0; hauler != null && other < rows.to(); other++) {
                if (hauler.escorts[other] < fewest) {
                    fewest = hauler.escorts[other];
                    found = sweep.lookup().locate(rows.entityAt(other));
                }
            }
        }
        HaulerColumn hauler = sweep.update(HaulerColumn.TYPE, found);
        if (hauler == null) {
            return;
        }
        int leader = Lookup.row(found);
        int side = (fewest & 1) == 0 ? 1 : -1;
        orders.behaviour[row] = (byte) Behaviour.ESCORT.ordinal();
        orders.subject[row] = sweep.lookup().entityAt(found);
        orders.second[row] = hauler.destination[leader];
        orders.x[row] = -200;
        orders.y[row] = side * (400 + 150.0 * fewest);
        orders.z[row] = 100;
        orders.radius[row] = 10_000;
        orders.markRow(row);
        duty.postings[row]++;
        duty.markRow(row);
        hauler.escorts[leader]++;
    }
}
