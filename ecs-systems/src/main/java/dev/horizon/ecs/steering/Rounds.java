package dev.horizon.ecs.steering;

import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.PositionColumn;

/** The behaviours of warships: patrol, escort, attack. */
final class Rounds {
    private static final float ENGAGE_METRES = 9_000;
    private static final double ARRIVED_METRES = 1_500;
    private static final float CRUISE = 0.5f;

    private Rounds() {}

    static void patrol(Rows rows, Tick tick, int row) {
        if (!Combat.engage(rows, tick, row, ENGAGE_METRES)) {
            round(rows, tick, row);
        }
    }

    static void attack(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        long subject = orders.subject[row];
        if (subject != 0 && Combat.fight(rows, tick, row, subject)) {
            return;
        }
        if (isAstray(rows, row) || !Combat.engage(rows, tick, row, Float.MAX_VALUE)) {
            round(rows, tick, row);
        }
    }

    /** Further from the area's centre than the fight is worth. */
    private static boolean isAstray(Rows rows, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        double dx = position.x[row] - orders.x[row];
        double dy = position.y[row] - orders.y[row];
        double dz = position.z[row] - orders.z[row];
        double leash = 1.3 * orders.radius[row];
        return dx * dx + dy * dy + dz * dz > leash * leash;
    }

    static void escort(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        if (Combat.engage(rows, tick, row, ENGAGE_METRES)) {
            return;
        }
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row];
        boolean led =
                Goal.beside(
                        rows,
                        tick,
                        row,
                        orders.subject[row],
                        orders.x[row],
                        orders.y[row],
                        orders.z[row],
                        speed,
                        0);
        if (led) {
            travel(rows, row);
            return;
        }
        OrdersColumn changed = rows.update(OrdersColumn.TYPE);
        changed.behaviour[row] = (byte) Behaviour.PATROL.ordinal();
        changed.subject[row] = changed.second[row];
        changed.markRow(row);
    }

    /** Flies to the waypoint of this leg; the next one once there. */
    private static void round(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        boolean travelling = helm.state[row] == HelmState.TRAVEL.ordinal();
        if (travelling && Goal.distanceSquared(rows, row) < ARRIVED_METRES * ARRIVED_METRES) {
            helm.leg[row]++;
        }
        double radius = orders.radius[row];
        double x = Goal.scatter(rows, tick, row, 0, radius);
        double y = Goal.scatter(rows, tick, row, 1, radius);
        double z = Goal.scatter(rows, tick, row, 2, radius);
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row] * CRUISE;
        if (!Goal.beside(rows, tick, row, orders.subject[row], x, y, z, speed, 0)) {
            Goal.place(
                    rows,
                    tick,
                    row,
                    orders.x[row] + x,
                    orders.y[row] + y,
                    orders.z[row] + z,
                    speed);
        }
        travel(rows, row);
    }

    static void travel(Rows rows, int row) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        helm.state[row] = (byte) HelmState.TRAVEL.ordinal();
        helm.target[row] = 0;
    }
}
