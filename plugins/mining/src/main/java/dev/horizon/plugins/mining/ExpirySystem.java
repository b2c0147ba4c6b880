package dev.horizon.plugins.mining;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Ends claims that have lasted long enough. */
final class ExpirySystem implements SystemTask {
    static final int PERIOD_TICKS = 20;

    static Access access() {
        return Access.reading(ClaimColumn.TYPE).spawning(ClaimColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        ClaimColumn claim = rows.read(ClaimColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if ((int) tick.number() - claim.expiresAt[row] >= 0) {
                rows.commands().remove(rows.entityAt(row), ClaimColumn.TYPE);
            }
        }
    }
}
