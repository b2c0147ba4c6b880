package dev.horizon.plugins.sol;

import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;

/** Sends for another ship in the tick in which one is lost, so that the war never ends. */
final class MusterSystem implements SystemTask {
    static final Composition REINFORCEMENT =
            Composition.of(ReinforcementColumn.TYPE, PostingColumn.TYPE);

    private static final double DELAY_SECONDS = 10;

    static Access access() {
        return Access.reading(
                        HullColumn.TYPE, PostingColumn.TYPE, OrdersColumn.TYPE, IdentityColumn.TYPE)
                .spawning(ReinforcementColumn.TYPE, PostingColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HullColumn hull = rows.read(HullColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (hull.points[row] <= 0) {
                muster(rows, tick, row);
            }
        }
    }

    private static void muster(Rows rows, Tick tick, int row) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        Commands commands = rows.commands();
        int staged = commands.spawn(REINFORCEMENT);
        commands.column(REINFORCEMENT, PostingColumn.TYPE)
                .copyRow(rows.read(PostingColumn.TYPE), row, staged);
        ReinforcementColumn next = commands.column(REINFORCEMENT, ReinforcementColumn.TYPE);
        next.dueAt[staged] = (int) tick.number() + (int) (DELAY_SECONDS / tick.dt());
        next.faction[staged] = rows.read(IdentityColumn.TYPE).faction[row];
        next.behaviour[staged] = orders.behaviour[row];
        next.subject[staged] = orders.subject[row];
        next.second[staged] = orders.second[row];
        next.x[staged] = orders.x[row];
        next.y[staged] = orders.y[row];
        next.z[staged] = orders.z[row];
        next.radius[staged] = orders.radius[row];
    }
}
