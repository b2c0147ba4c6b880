package dev.horizon.ecs.flight;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;

/** Gives what rides in something its carrier's movement; the engine itself sees to its place. */
final class FollowSystem implements SystemTask {
    static Access access() {
        return Access.reading(ParentColumn.TYPE)
                .updating(MotionColumn.TYPE)
                .lookingUp(MotionColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        ParentColumn parent = rows.read(ParentColumn.TYPE);
        MotionColumn motion = rows.update(MotionColumn.TYPE);
        Lookup lookup = rows.lookup();
        for (int row = rows.from(); row < rows.to(); row++) {
            long at = lookup.locate(parent.id[row]);
            MotionColumn carrier =
                    at == Lookup.NOWHERE ? null : lookup.column(MotionColumn.TYPE, at);
            if (carrier == null) {
                continue;
            }
            int from = Lookup.row(at);
            motion.vx[row] = carrier.vx[from];
            motion.vy[row] = carrier.vy[from];
            motion.vz[row] = carrier.vz[from];
            motion.ax[row] = carrier.ax[from];
            motion.ay[row] = carrier.ay[from];
            motion.az[row] = carrier.az[from];
            motion.markRow(row);
        }
    }
}
