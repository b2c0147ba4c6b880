package dev.horizon.plugins.sol;

import dev.horizon.ecs.damage.DamageStateColumn;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.OwnerColumn;

/** Sees what happens to players' ships and leaves a notice of it. */
final class WatchSystem implements SystemTask {
    private static final Composition NOTICE = Composition.of(NoticeColumn.TYPE);

    static Access access() {
        return Access.reading(
                        OwnerColumn.TYPE,
                        HullColumn.TYPE,
                        DamageStateColumn.TYPE,
                        DockingColumn.TYPE)
                .updating(WatchColumn.TYPE)
                .spawning(NoticeColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        HullColumn hull = rows.read(HullColumn.TYPE);
        DockingColumn docking = rows.read(DockingColumn.TYPE);
        WatchColumn watch = rows.update(WatchColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (hull.points[row] <= 0) {
                long killer = rows.read(DamageStateColumn.TYPE).lastHitBy[row];
                leave(rows, row, Notice.Kind.DESTROYED, killer);
            } else if (docking.bay[row] != watch.bay[row]) {
                boolean docked = docking.bay[row] >= 0;
                watch.bay[row] = docking.bay[row];
                watch.markRow(row);
                leave(
                        rows,
                        row,
                        docked ? Notice.Kind.DOCKED : Notice.Kind.UNDOCKED,
                        docking.station[row]);
            }
        }
    }

    private static void leave(Rows rows, int row, Notice.Kind kind, long other) {
        Commands commands = rows.commands();
        int staged = commands.spawn(NOTICE);
        NoticeColumn notice = commands.column(NOTICE, NoticeColumn.TYPE);
        notice.kind[staged] = (byte) kind.ordinal();
        notice.playerId[staged] = rows.read(OwnerColumn.TYPE).playerId[row];
        notice.ship[staged] = rows.entityAt(row);
        notice.other[staged] = other;
    }
}
