package dev.horizon.plugins.economy;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;

/**
 * Keeps money going round: a station that has more than it works with gives a share of the surplus
 * to the treasury, one that has less is given a share of what it lacks. Stands for wages, taxes and
 * what people spend, none of which makes money or loses any.
 */
final class CirculationSystem implements ExclusiveTask {
    static final int PERIOD_TICKS = 20;
    private static final long SHARE = 20;

    private final long wanted;

    CirculationSystem(EconomyConfig config) {
        this.wanted = config.stationCredits();
    }

    static Access access() {
        return Access.none()
                .optional(TreasuryColumn.TYPE, IndustryColumn.TYPE)
                .optionallyUpdating(AccountColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        AccountColumn treasury = null;
        for (int table = 0; table < sweep.tables() && treasury == null; table++) {
            if (sweep.rows(table).optional(TreasuryColumn.TYPE) != null) {
                treasury = sweep.rows(table).optionalUpdate(AccountColumn.TYPE);
            }
        }
        if (treasury == null) {
            return;
        }
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            AccountColumn account = rows.optionalUpdate(AccountColumn.TYPE);
            if (account != null && rows.optional(IndustryColumn.TYPE) != null) {
                circulate(rows, account, treasury);
            }
        }
        treasury.markRow(0);
    }

    private void circulate(Rows rows, AccountColumn account, AccountColumn treasury) {
        for (int row = 0; row < rows.to(); row++) {
            long lacking = wanted - account.credits[row];
            // Rounded towards less: a station is never overdrawn, nor is the treasury.
            long given = Math.min(lacking / SHARE, treasury.credits[0]);
            if (given != 0) {
                account.credits[row] += given;
                account.markRow(row);
                treasury.credits[0] -= given;
            }
        }
    }
}
