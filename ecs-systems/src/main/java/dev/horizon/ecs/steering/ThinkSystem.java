package dev.horizon.ecs.steering;

import dev.horizon.ecs.cargo.CargoTransferColumn;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.MiningLaserColumn;
import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.ecs.sensors.SensorColumn;
import dev.horizon.ecs.weapons.ArmamentColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/**
 * Decides what ships do about their orders, a tenth of them in each tick. It runs behind the
 * sensors of the same tick, because the grid of the tick before doesn't outlive a restart. Whom the
 * sensors make out across a border they follow and fight there, too.
 */
final class ThinkSystem implements SystemTask {
    static final int PERIOD_TICKS = 10;
    private static final Behaviour[] BEHAVIOURS = Behaviour.values();

    static Access access() {
        return Access.reading(PositionColumn.TYPE, FlightModelColumn.TYPE)
                .updating(OrdersColumn.TYPE, HelmColumn.TYPE)
                .optional(
                        ParentColumn.TYPE, SensorColumn.TYPE, ArmamentColumn.TYPE, HoldColumn.TYPE)
                .optionallyUpdating(DockingColumn.TYPE, MiningLaserColumn.TYPE)
                .lookingUp(
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        SizeColumn.TYPE,
                        OreColumn.TYPE,
                        GhostColumn.TYPE)
                .emitting(CargoTransferColumn.TYPE)
                .using(SpatialGrid.KEY);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            switch (BEHAVIOURS[orders.behaviour[row]]) {
                case MANUAL -> letGo(rows, row);
                case GO_TO -> goTo(rows, tick, row);
                case PATROL -> Rounds.patrol(rows, tick, row);
                case ESCORT -> Rounds.escort(rows, tick, row);
                case HAUL -> Work.haul(rows, tick, row);
                case MINE -> Work.mine(rows, tick, row);
                case FLEE -> flee(rows, tick, row);
                case ATTACK -> Rounds.attack(rows, tick, row);
                case DOCK -> dock(rows, tick, row);
            }
        }
    }

    private static void letGo(Rows rows, int row) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        if (helm.state[row] != 0) {
            helm.state[row] = 0;
            helm.markRow(row);
        }
    }

    private static void dock(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.update(OrdersColumn.TYPE);
        if (rows.optional(ParentColumn.TYPE) == null) {
            Work.comeIn(rows, tick, row, orders.subject[row]);
            return;
        }
        orders.behaviour[row] = (byte) Behaviour.MANUAL.ordinal();
        orders.markRow(row);
    }

    private static void goTo(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row];
        Goal.place(rows, tick, row, orders.x[row], orders.y[row], orders.z[row], speed);
        Rounds.travel(rows, row);
    }

    private static void flee(Rows rows, Tick tick, int row) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        if (!Combat.flee(rows, tick, row, Float.MAX_VALUE)
                && helm.state[row] == HelmState.FLEE.ordinal()) {
            PositionColumn position = rows.read(PositionColumn.TYPE);
            Goal.place(rows, tick, row, position.x[row], position.y[row], position.z[row], 0);
            Rounds.travel(rows, row);
        }
    }
}
