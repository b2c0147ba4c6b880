package dev.horizon.plugins.convoys;

import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.OwnerColumn;

/** Takes freighters without a player into the company, and ships that escort into its guard. */
final class EnlistSystem implements SystemTask {
    static final int PERIOD_TICKS = 40;

    static Access access() {
        return Access.reading(OrdersColumn.TYPE, IdentityColumn.TYPE)
                .optional(HoldColumn.TYPE)
                .without(HaulerColumn.TYPE, EscortDutyColumn.TYPE, OwnerColumn.TYPE)
                .spawning(HaulerColumn.TYPE, EscortDutyColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        OrdersColumn orders = rows.read(OrdersColumn.TYPE);
        IdentityColumn identity = rows.read(IdentityColumn.TYPE);
        boolean carries = rows.optional(HoldColumn.TYPE) != null;
        Commands commands = rows.commands();
        for (int row = rows.from(); row < rows.to(); row++) {
            if (carries && identity.shipType[row] == ShipType.FREIGHTER.ordinal()) {
                int added = commands.add(rows.entityAt(row), HaulerColumn.TYPE);
                HaulerColumn hauler = commands.column(HaulerColumn.TYPE);
                hauler.destination[added] = orders.subject[row];
            } else if (orders.behaviour[row] == Behaviour.ESCORT.ordinal()) {
                commands.add(rows.entityAt(row), EscortDutyColumn.TYPE);
            }
        }
    }
}
