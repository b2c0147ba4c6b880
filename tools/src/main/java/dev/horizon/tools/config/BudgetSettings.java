package dev.horizon.tools.config;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.plugin.Default;
import java.util.concurrent.TimeUnit;

/**
 * What plugins' code may take of one tick; 0 for any amount.
 *
 * @param pluginEvents plugin events and effects that one plugin may raise
 * @param pluginEntities that it may create
 * @param systemEvents effects that one system may emit
 * @param systemEntities that it may create
 * @param pluginTimePercent of a tick's period
 * @param pluginKilobytes that it may allocate
 * @param systemTimePercent of a tick's period, over all threads
 * @param systemKilobytes that it may allocate
 * @param skipAfterTicks beyond time or memory, in a row
 */
@Doc(
        "What plugins' code may take of one tick, 0 for any amount. Who raises or creates more is put"
                + " in quarantine in that tick; who takes more time or memory is reported.")
public record BudgetSettings(
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc(
                        "Plugin events that a plugin may raise, and effects that its systems may emit.")
                int pluginEvents,
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc(
                        "Entities that a plugin may create, but for those of RegionStarted and PluginStarted.")
                int pluginEntities,
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc("Effects that one system may emit.")
                int systemEvents,
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc("Entities that one system may create.")
                int systemEntities,
        @Default("100")
                @Range(min = 0, max = 100_000)
                @Doc(
                        "Time of a plugin's handlers, commands and systems, percent of a tick's period.")
                int pluginTimePercent,
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc("Kilobytes that they may allocate.")
                int pluginKilobytes,
        @Default("100")
                @Range(min = 0, max = 100_000)
                @Doc("Time of one system over all threads, percent of a tick's period.")
                int systemTimePercent,
        @Default("65536")
                @Range(min = 0, max = 1_000_000_000)
                @Doc("Kilobytes that one system may allocate.")
                int systemKilobytes,
        @Default("0")
                @Range(min = 0, max = 1_000_000)
                @Doc(
                        "Ticks in a row beyond its time or memory after which a plugin or system is"
                                + " skipped, as by an operator's command; 0 for never.")
                int skipAfterTicks) {
    private static final int WARM_UP_SECONDS = 5;
    private static final long BYTES = 1024;

    /** What counts. */
    public CountBudget countBudget() {
        return new CountBudget(pluginEvents, pluginEntities, systemEvents, systemEntities);
    }

    /** What is measured. */
    public CostBudget costBudget(int tickHz) {
        long percent = TimeUnit.SECONDS.toNanos(1) / tickHz / 100;
        return new CostBudget(
                pluginTimePercent * percent,
                pluginKilobytes * BYTES,
                systemTimePercent * percent,
                systemKilobytes * BYTES,
                skipAfterTicks,
                WARM_UP_SECONDS * tickHz);
    }
}
