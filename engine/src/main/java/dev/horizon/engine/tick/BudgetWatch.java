package dev.horizon.engine.tick;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Tells of plugins and systems that cost more than their budget, and asks, where it is told to, to
 * skip them: by the command that an operator would type, so that the tape has it and a replay,
 * which measures nothing, does the same. Tick thread; {@link #reports} is for any.
 */
final class BudgetWatch implements Ledger.OverrunListener {
    private final CostBudget costs;
    private final long nanosPerPercent;
    private final Ledger ledger;
    private final OperatorDesk desk;
    private final TickMetrics metrics;
    private final Quarantine reports = new Quarantine();
    private final Set<String> reported = new TreeSet<>();
    private long tick;

    BudgetWatch(
            CountBudget counts,
            CostBudget costs,
            int tickHz,
            OperatorDesk desk,
            TickMetrics metrics) {
        this.costs = costs;
        this.nanosPerPercent = TimeUnit.SECONDS.toNanos(1) / tickHz / 100;
        this.ledger = new Ledger(counts, costs);
        this.desk = desk;
        this.metrics = metrics;
    }

    /** Each once, and again when it is skipped. */
    Quarantine reports() {
        return reports;
    }

    /** Has them counted where code is called and entities are made. */
    void meter(EventBus events, Schedule schedule, WorldState world) {
        events.meter(ledger);
        schedule.meter(ledger);
        world.meter(ledger);
    }

    /** Some may take more than others, or less. */
    void limit(List<LoadedPlugin> plugins) {
        for (LoadedPlugin plugin : plugins) {
            ledger.limit(plugin.descriptor().name(), plugin.budget(), nanosPerPercent);
        }
    }

    /** Other code runs from this tick on. */
    void warmUp(long from) {
        ledger.warmUp(from);
    }

    void beginTick() {
        ledger.beginTick();
    }

    void endTick(long ended) {
        tick = ended;
        ledger.endTick(ended, this);
    }

    @Override
    public void overrun(String name, String plugin, int ticks, String what) {
        metrics.increment(Counter.BUDGET_OVERRUNS);
        boolean isSkipped = ticks == costs.ticksMax();
        if (reported.add(name) || isSkipped) {
            HorizonException report =
                    new HorizonException(
                            "HZ-PLG-024",
                            name + " took " + what + (isSkipped ? "; it is skipped now" : ""));
            report.setStackTrace(new StackTraceElement[0]);
            reports.add(name, plugin, tick, "tick " + tick, report);
        }
        if (isSkipped) {
            desk.submit((name.equals(plugin) ? "engine:disable " : "engine:quarantine ") + name);
        }
    }
}
