package dev.horizon.ecs.flight;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Removes what has drifted for as long as it was given. */
final class ExpirySystem implements SystemTask {
    static Access access() {
        return Access.reading(DriftColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        DriftColumn drift = rows.read(DriftColumn.TYPE);
        int now = (int) tick.number();
        for (int row = rows.from(); row < rows.to(); row++) {
            int expiresAt = drift.expiresAt[row];
            // Ticks wrap at 32 bits: differences stay right, comparisons would not.
            if (expiresAt != 0 && now - expiresAt >= 0) {
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }
}
