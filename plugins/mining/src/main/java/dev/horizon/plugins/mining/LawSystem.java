package dev.horizon.plugins.mining;

import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.MiningLaserColumn;
import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.ecs.steering.HelmColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Switches lasers off: everyone's on rocks that another has claimed, players' also where nothing is
 * left or nothing more fits. Miners without a player then look for another rock themselves.
 */
final class LawSystem implements SystemTask {
    static final int PERIOD_TICKS = 10;
    private static final Composition STOP = Composition.of(StopColumn.TYPE);

    static Access access() {
        return Access.reading(HoldColumn.TYPE)
                .updating(MiningLaserColumn.TYPE)
                .optional(OwnerColumn.TYPE)
                .optionallyUpdating(HelmColumn.TYPE)
                .lookingUp(ClaimColumn.TYPE, OreColumn.TYPE)
                .spawning(StopColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        MiningLaserColumn laser = rows.update(MiningLaserColumn.TYPE);
        OwnerColumn owner = rows.optional(OwnerColumn.TYPE);
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            if (laser.target[row] != 0) {
                judge(rows, row, laser, owner);
            }
        }
    }

    private static void judge(
            Rows rows, int row, MiningLaserColumn laser, @Nullable OwnerColumn owner) {
        long player = owner == null ? 0 : owner.playerId[row];
        long at = rows.lookup().locate(laser.target[row]);
        ClaimColumn claim =
                at == Lookup.NOWHERE ? null : rows.lookup().column(ClaimColumn.TYPE, at);
        if (claim != null && claim.playerId[Lookup.row(at)] != player) {
            stop(rows, row, laser, player, Stop.Reason.CLAIMED);
            HelmColumn helm = rows.optionalUpdate(HelmColumn.TYPE);
            if (helm != null) {
                // Another leg, or it would find the same rock again.
                helm.leg[row]++;
                helm.markRow(row);
            }
        } else if (player != 0) {
            OreColumn ore = at == Lookup.NOWHERE ? null : rows.lookup().column(OreColumn.TYPE, at);
            HoldColumn hold = rows.read(HoldColumn.TYPE);
            if (ore == null || ore.units[Lookup.row(at)] == 0) {
                stop(rows, row, laser, player, Stop.Reason.EMPTY);
            } else if (Hold.used(hold, row) >= hold.capacity[row]) {
                stop(rows, row, laser, player, Stop.Reason.FULL);
            }
        }
    }

    private static void stop(
            Rows rows, int row, MiningLaserColumn laser, long player, Stop.Reason reason) {
        if (player != 0) {
            Commands commands = rows.commands();
            int staged = commands.spawn(STOP);
            StopColumn stop = commands.column(STOP, StopColumn.TYPE);
            stop.playerId[staged] = player;
            stop.rock[staged] = laser.target[row];
            stop.reason[staged] = (byte) reason.ordinal();
        }
        laser.target[row] = 0;
        laser.markRow(row);
    }
}
