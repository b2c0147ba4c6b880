package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.OreColumn;
import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;

/**
 * Counts every unit and every credit in every tick, before anything moves, and compares them with
 * the declared flows. Where they differ it says so in the ledger, which stops all trade, and
 * throws, so that the report with both sums and the tick stands among the quarantined.
 */
final class AuditSystem implements ExclusiveTask {
    private static final Composition LEDGER = Composition.of(LedgerColumn.TYPE);
    private static final Composition TREASURY =
            Composition.of(TreasuryColumn.TYPE, AccountColumn.TYPE);
    private static final int ORE = Commodity.ORE.ordinal();

    private final long money;

    AuditSystem(EconomyConfig config) {
        this.money = config.money();
    }

    static Access access() {
        return Access.none()
                .optional(
                        HoldColumn.TYPE,
                        StoreColumn.TYPE,
                        OreColumn.TYPE,
                        AccountColumn.TYPE,
                        GoodsFlowColumn.TYPE,
                        MoneyFlowColumn.TYPE)
                .optionallyUpdating(LedgerColumn.TYPE)
                .spawning(LedgerColumn.TYPE, TreasuryColumn.TYPE, AccountColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        LedgerColumn ledger = null;
        for (int table = 0; table < sweep.tables() && ledger == null; table++) {
            ledger = sweep.rows(table).optionalUpdate(LedgerColumn.TYPE);
        }
        if (ledger == null) {
            open(sweep.commands());
            return;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            ledger.counted[i] = 0;
        }
        ledger.moneyCounted[0] = 0;
        for (int table = 0; table < sweep.tables(); table++) {
            count(sweep.rows(table), ledger);
        }
        ledger.markRow(0);
        settle(ledger);
    }

    private void open(Commands commands) {
        commands.spawn(LEDGER);
        int row = commands.spawn(TREASURY);
        commands.column(TREASURY, AccountColumn.TYPE).credits[row] = money;
    }

    private static void count(Rows rows, LedgerColumn ledger) {
        HoldColumn hold = rows.optional(HoldColumn.TYPE);
        if (hold != null) {
            add(hold.units, rows.to(), ledger);
        }
        StoreColumn store = rows.optional(StoreColumn.TYPE);
        if (store != null) {
            add(store.units, rows.to(), ledger);
        }
        OreColumn ore = rows.optional(OreColumn.TYPE);
        if (ore != null) {
            long sum = 0;
            for (int row = 0; row < rows.to(); row++) {
                sum += ore.units[row];
            }
            ledger.counted[ORE] += sum;
        }
        AccountColumn account = rows.optional(AccountColumn.TYPE);
        if (account != null) {
            for (int row = 0; row < rows.to(); row++) {
                if (account.credits[row] < 0) {
                    throw broken(ledger, "an account is below 0: " + rows.entityAt(row));
                }
                ledger.moneyCounted[0] += account.credits[row];
            }
        }
        MoneyFlowColumn sent = rows.optional(MoneyFlowColumn.TYPE);
        if (sent != null) {
            for (int row = 0; row < rows.to(); row++) {
                ledger.moneyExpected[0] += sent.credits[row];
                rows.commands().destroy(rows.entityAt(row));
            }
        }
        GoodsFlowColumn flow = rows.optional(GoodsFlowColumn.TYPE);
        if (flow != null) {
            for (int row = 0; row < rows.to(); row++) {
                ledger.expected[flow.commodity[row]] += flow.units[row];
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }

    private static void add(int[] units, int rows, LedgerColumn ledger) {
        for (int i = 0; i < Commodity.COUNT; i++) {
            long sum = 0;
            for (int at = i; at < rows * Commodity.COUNT; at += Commodity.COUNT) {
                // Less than nothing spoils the sum for certain.
                sum += units[at] < 0 ? Integer.MIN_VALUE : units[at];
            }
            ledger.counted[i] += sum;
        }
    }

    private static void settle(LedgerColumn ledger) {
        if (ledger.state[0] == Ledger.State.NEW.ordinal()) {
            for (int i = 0; i < Commodity.COUNT; i++) {
                ledger.expected[i] = ledger.counted[i];
            }
            ledger.moneyExpected[0] = ledger.moneyCounted[0];
            ledger.state[0] = (byte) Ledger.State.BALANCED.ordinal();
            return;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            if (ledger.counted[i] != ledger.expected[i]) {
                throw broken(
                        ledger,
                        "there are "
                                + ledger.counted[i]
                                + " units of commodity "
                                + i
                                + ", there should be "
                                + ledger.expected[i]);
            }
        }
        if (ledger.moneyCounted[0] != ledger.moneyExpected[0]) {
            throw broken(
                    ledger,
                    "there are "
                            + ledger.moneyCounted[0]
                            + " credits, there should be "
                            + ledger.moneyExpected[0]);
        }
    }

    private static IllegalStateException broken(LedgerColumn ledger, String what) {
        ledger.state[0] = (byte) Ledger.State.BROKEN.ordinal();
        ledger.markRow(0);
        return new IllegalStateException(
                "the books don't balance: " + what + "; trade has stopped");
    }
}
