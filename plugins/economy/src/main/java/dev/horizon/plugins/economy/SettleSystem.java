package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.StoreColumn;
import dev.horizon.ecs.docking.BaysColumn;
import dev.horizon.ecs.orbits.OrbitColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/**
 * Gives stations without an industry one, and an empty account: of those that keep their place
 * among the rocks every other one smelts ore and the rest house people, those in orbit take turns
 * with all trades but smelting. So wherever there are four, whatever is made is used by somebody.
 */
final class SettleSystem implements SystemTask {
    static final int PERIOD_TICKS = 20;
    private static final int ORBITAL_TRADES = Trade.values().length - 1;

    private final int cycleTicks;

    SettleSystem(EconomyConfig config) {
        this.cycleTicks = config.cycleTicks();
    }

    static Access access() {
        return Access.reading(BaysColumn.TYPE, StoreColumn.TYPE)
                .optional(OrbitColumn.TYPE)
                .without(IndustryColumn.TYPE)
                .spawning(IndustryColumn.TYPE, AccountColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        boolean orbits = rows.optional(OrbitColumn.TYPE) != null;
        Commands commands = rows.commands();
        for (int row = rows.from(); row < rows.to(); row++) {
            long station = rows.entityAt(row);
            int added = commands.add(station, IndustryColumn.TYPE);
            IndustryColumn industry = commands.column(IndustryColumn.TYPE);
            Trade inBelt = row % 2 == 0 ? Trade.REFINERY : Trade.HABITAT;
            industry.trade[added] = (byte) (orbits ? 1 + row % ORBITAL_TRADES : inBelt.ordinal());
            // Cycles are spread out, so that no tick has them all.
            int lag = (int) Long.remainderUnsigned(Randomness.mix(station), cycleTicks);
            industry.readyAt[added] = (int) tick.number() + lag + 1;
            int money = commands.add(station, AccountColumn.TYPE);
            commands.column(AccountColumn.TYPE).credits[money] = 0;
        }
    }
}
