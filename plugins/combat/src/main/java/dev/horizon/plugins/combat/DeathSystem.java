package dev.horizon.plugins.combat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.damage.DamageStateColumn;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.flight.DriftColumn;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.economy.GoodsFlowColumn;

/**
 * Looks at ships in the tick in which they are lost: reports those that players shot or flew, and
 * leaves a part of the cargo in a container. The economy declares the whole cargo as lost; this
 * declares the part that isn't.
 */
final class DeathSystem implements SystemTask {
    private static final Composition KILL = Composition.of(KillColumn.TYPE);
    private static final Composition SALVAGE =
            Composition.of(
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    SizeColumn.TYPE,
                    IdentityColumn.TYPE,
                    DriftColumn.TYPE,
                    HoldColumn.TYPE,
                    SalvageColumn.TYPE);
    private static final float CONTAINER_RADIUS = 5;

    private final int lootPercent;
    private final int lootTicks;

    DeathSystem(CombatConfig config) {
        this.lootPercent = config.lootPercent();
        this.lootTicks = config.lootTicks();
    }

    static Access access() {
        return Access.reading(
                        HullColumn.TYPE,
                        DamageStateColumn.TYPE,
                        IdentityColumn.TYPE,
                        PositionColumn.TYPE,
                        MotionColumn.TYPE)
                .optional(OwnerColumn.TYPE, HoldColumn.TYPE, WantedColumn.TYPE)
                .lookingUp(OwnerColumn.TYPE)
                .spawning(KillColumn.TYPE, GoodsFlowColumn.TYPE)
                .spawning(
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        SizeColumn.TYPE,
                        IdentityColumn.TYPE,
                        DriftColumn.TYPE,
                        HoldColumn.TYPE,
                        SalvageColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HullColumn hull = rows.read(HullColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (hull.points[row] <= 0) {
                report(rows, row);
                leave(rows, row, tick);
            }
        }
    }

    private static void report(Rows rows, int row) {
        OwnerColumn owner = rows.optional(OwnerColumn.TYPE);
        WantedColumn wanted = rows.optional(WantedColumn.TYPE);
        long victim = owner == null ? 0 : owner.playerId[row];
        long at = rows.lookup().locate(rows.read(DamageStateColumn.TYPE).lastHitBy[row]);
        OwnerColumn shooter =
                at == Lookup.NOWHERE ? null : rows.lookup().column(OwnerColumn.TYPE, at);
        long killer = shooter == null ? 0 : shooter.playerId[Lookup.row(at)];
        if (victim == 0 && killer == 0) {
            return;
        }
        Commands commands = rows.commands();
        int staged = commands.spawn(KILL);
        KillColumn kill = commands.column(KILL, KillColumn.TYPE);
        kill.killerId[staged] = killer;
        kill.victimId[staged] = victim;
        kill.shipType[staged] = rows.read(IdentityColumn.TYPE).shipType[row];
        kill.faction[staged] = rows.read(IdentityColumn.TYPE).faction[row];
        kill.wanted[staged] = wanted == null ? 0 : wanted.credits[row];
    }

    private void leave(Rows rows, int row, Tick tick) {
        HoldColumn hold = rows.optional(HoldColumn.TYPE);
        if (hold == null || Hold.used(hold, row) * lootPercent < 100) {
            return;
        }
        Commands commands = rows.commands();
        int staged = commands.spawn(SALVAGE);
        commands.column(SALVAGE, PositionColumn.TYPE)
                .copyRow(rows.read(PositionColumn.TYPE), row, staged);
        MotionColumn from = rows.read(MotionColumn.TYPE);
        MotionColumn motion = commands.column(SALVAGE, MotionColumn.TYPE);
        motion.vx[staged] = from.vx[row];
        motion.vy[staged] = from.vy[row];
        motion.vz[staged] = from.vz[row];
        commands.column(SALVAGE, SizeColumn.TYPE).radius[staged] = CONTAINER_RADIUS;
        commands.column(SALVAGE, IdentityColumn.TYPE).shipType[staged] =
                (byte) ShipType.CONTAINER.ordinal();
        SalvageColumn salvage = commands.column(SALVAGE, SalvageColumn.TYPE);
        salvage.ship[staged] = rows.entityAt(row);
        salvage.expiresAt[staged] = (int) tick.number() + lootTicks;
        HoldColumn loot = commands.column(SALVAGE, HoldColumn.TYPE);
        for (int i = 0; i < Commodity.COUNT; i++) {
            int units = (int) ((long) hold.units[row * Commodity.COUNT + i] * lootPercent / 100);
            loot.units[staged * Commodity.COUNT + i] = units;
            loot.capacity[staged] += units;
            GoodsFlow.leave(commands, i, units);
        }
    }
}
