package dev.horizon.ecs.docking;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;

/** Counts which bays are taken from the ships that ride in the station. */
final class BaysSystem implements SystemTask {
    /** A station carries its bays' ships and a little more: the walk over it ends here. */
    private static final int CHILDREN_MAX = 256;

    static Access access() {
        return Access.none().updating(BaysColumn.TYPE).lookingUp(DockingColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        BaysColumn bays = rows.update(BaysColumn.TYPE);
        Lookup lookup = rows.lookup();
        for (int row = rows.from(); row < rows.to(); row++) {
            int occupied = 0;
            long child = lookup.firstChild(rows.entityAt(row));
            for (int i = 0; child != 0 && i < CHILDREN_MAX; i++) {
                long at = lookup.locate(child);
                DockingColumn docking =
                        at == Lookup.NOWHERE ? null : lookup.column(DockingColumn.TYPE, at);
                if (docking != null && docking.bay[Lookup.row(at)] >= 0) {
                    occupied |= 1 << docking.bay[Lookup.row(at)];
                }
                child = lookup.nextSibling(child);
            }
            if (bays.occupied[row] != occupied) {
                bays.occupied[row] = occupied;
                bays.markRow(row);
            }
        }
    }
}
