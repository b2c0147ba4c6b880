package dev.horizon.plugins.sol;

import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.steering.HelmColumn;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/** Turns reinforcements that are due into ships. */
final class ReinforceSystem implements SystemTask {
    private final Mould[] moulds = new Mould[Design.values().length];

    ReinforceSystem() {
        for (Design design : Design.values()) {
            moulds[design.ordinal()] = new Mould(Yard.of(design));
        }
    }

    static Access access() {
        return Access.reading(ReinforcementColumn.TYPE, PostingColumn.TYPE)
                .lookingUp(PositionColumn.TYPE, MotionColumn.TYPE)
                .spawning(Mould.TYPES.toArray(ComponentType<?>[]::new));
    }

    @Override
    public void run(Rows rows, Tick tick) {
        ReinforcementColumn next = rows.read(ReinforcementColumn.TYPE);
        int now = (int) tick.number();
        for (int row = rows.from(); row < rows.to(); row++) {
            if (now - next.dueAt[row] >= 0) {
                launch(rows, row);
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }

    private void launch(Rows rows, int row) {
        PostingColumn posting = rows.read(PostingColumn.TYPE);
        Mould mould = moulds[posting.design[row]];
        Commands commands = rows.commands();
        int ship = mould.cast(commands);
        Composition composition = mould.ship();
        commands.column(composition, PostingColumn.TYPE).copyRow(posting, row, ship);
        place(rows, row, commands, composition, ship);
        ReinforcementColumn next = rows.read(ReinforcementColumn.TYPE);
        commands.column(composition, IdentityColumn.TYPE).faction[ship] = next.faction[row];
        OrdersColumn orders = commands.column(composition, OrdersColumn.TYPE);
        orders.behaviour[ship] = next.behaviour[row];
        orders.subject[ship] = next.subject[row];
        orders.second[ship] = next.second[row];
        orders.x[ship] = next.x[row];
        orders.y[ship] = next.y[row];
        orders.z[ship] = next.z[row];
        orders.radius[ship] = next.radius[row];
        // Its own random walk, told apart by the entity that it comes from.
        commands.column(composition, HelmColumn.TYPE).leg[ship] = (short) rows.entityAt(row);
    }

    private static void place(
            Rows rows, int row, Commands commands, Composition composition, int ship) {
        PostingColumn posting = rows.read(PostingColumn.TYPE);
        PositionColumn position = commands.column(composition, PositionColumn.TYPE);
        position.x[ship] = posting.x[row];
        position.y[ship] = posting.y[row];
        position.z[ship] = posting.z[row];
        long home = posting.home[row];
        long at = home == 0 ? Lookup.NOWHERE : rows.lookup().locate(home);
        if (at == Lookup.NOWHERE) {
            return;
        }
        int from = Lookup.row(at);
        PositionColumn base = rows.lookup().column(PositionColumn.TYPE, at);
        MotionColumn movement = rows.lookup().column(MotionColumn.TYPE, at);
        if (base != null && movement != null) {
            position.x[ship] += base.x[from];
            position.y[ship] += base.y[from];
            position.z[ship] += base.z[from];
            MotionColumn motion = commands.column(composition, MotionColumn.TYPE);
            motion.vx[ship] = movement.vx[from];
            motion.vy[ship] = movement.vy[from];
            motion.vz[ship] = movement.vz[from];
        }
    }
}
