package dev.horizon.plugins.convoys;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.plugins.economy.AccountColumn;
import dev.horizon.plugins.economy.TreasuryColumn;

/** Founds the company, lends it what it lacks, and takes back what it has far beyond. */
final class CapitalSystem implements ExclusiveTask {
    static final int PERIOD_TICKS = 20;
    private static final Composition COMPANY =
            Composition.of(CompanyColumn.TYPE, AccountColumn.TYPE);

    private final long capital;

    CapitalSystem(ConvoysConfig config) {
        this.capital = config.capital();
    }

    static Access access() {
        return Access.none()
                .optional(TreasuryColumn.TYPE)
                .optionallyUpdating(CompanyColumn.TYPE, AccountColumn.TYPE)
                .spawning(CompanyColumn.TYPE, AccountColumn.TYPE)
                .after("economy/circulation", "market/quotes");
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        CompanyColumn books = null;
        AccountColumn company = null;
        AccountColumn treasury = null;
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            CompanyColumn found = rows.optionalUpdate(CompanyColumn.TYPE);
            if (found != null) {
                books = found;
                company = rows.optionalUpdate(AccountColumn.TYPE);
            } else if (rows.optional(TreasuryColumn.TYPE) != null) {
                treasury = rows.optionalUpdate(AccountColumn.TYPE);
            }
        }
        if (company == null || books == null) {
            sweep.commands().spawn(COMPANY);
        } else if (treasury != null) {
            long lacking = capital - company.credits[0];
            long given = lacking > 0 ? Math.min(lacking, treasury.credits[0]) : 0;
            if (company.credits[0] > 2 * capital) {
                given = 2 * capital - company.credits[0];
            }
            company.credits[0] += given;
            treasury.credits[0] -= given;
            books.lent[0] += given;
            books.markRow(0);
            company.markRow(0);
            treasury.markRow(0);
        }
    }
}
