package dev.horizon.engine.schedule;

import dev.horizon.engine.calls.PluginCalls;
import dev.horizon.engine.storage.StagedCommands;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.telemetry.SystemEvent;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import org.jspecify.annotations.Nullable;

/** What one thread needs to run systems: its views, commands, effects and clocks, made once. */
final class Lane {
    final StagedCommands commands;
    final SystemLookup lookup;

    /** Nanoseconds of each system in this tick, on this thread, by place in the plan. */
    final long[] nanos;

    final LaneCount count;

    /** What runs on this thread, for whoever watches; null between systems. */
    volatile @Nullable PlannedSystem running;

    volatile @Nullable Thread thread;

    /** The tick being run; set before its first group. */
    Tick tick;

    private final int number;
    private final SystemEvent event = new SystemEvent();
    private final EffectHub hub;
    private final RowsView rows;
    private final SweepView sweep;

    Lane(int number, WorldState world, EffectHub hub, PlannedSystem[] systems, Tick tick) {
        this.tick = tick;
        this.number = number;
        this.hub = hub;
        this.commands = new StagedCommands(world.registry());
        this.nanos = new long[systems.length];
        this.count = new LaneCount(systems.length);
        this.lookup = new SystemLookup(world, systems[0]);
        this.rows = new RowsView(this, systems[0]);
        this.sweep = new SweepView(this, systems[0]);
    }

    /**
     * Runs a system over ranges of tables, one after another. Whatever it throws is kept for the
     * end of the tick. The clock is read once for all of them: reading it costs a tenth of a range.
     * See {@link RowsView} for why so little happens per range.
     */
    void runRanges(PlannedSystem system, SystemTask task, RangeList ranges, int first, int end) {
        enter(system);
        RowsView view = rows;
        Tick now = tick;
        int order = system.order;
        ComponentType<?>[] emitted = system.emitted;
        lookup.bind(system);
        commands.begin(system.rights, system.account.entitiesMax());
        count.begin();
        long start = System.nanoTime();
        Table bound = null;
        for (int i = first; i < end; i++) {
            Table table = ranges.table(i);
            if (table != bound) {
                bound = table;
                view.bind(system, table);
            }
            int range = ranges.number(i);
            try {
                PluginCalls.run(task, view.moveTo(ranges.from(i), ranges.end(i)), now);
            } catch (Throwable fault) {
                system.failed(range, fault);
            }
            count.entities[order] += commands.endSegment(order, range);
            if (emitted.length > 0) {
                endEffects(emitted, order, range);
            }
        }
        nanos[order] += System.nanoTime() - start;
        leave(system);
        commands.end();
    }

    /** Runs an exclusive system. */
    void runExclusive(PlannedSystem system, ExclusiveTask task) {
        enter(system);
        lookup.bind(system);
        commands.begin(system.rights, system.account.entitiesMax());
        count.begin();
        long start = System.nanoTime();
        try {
            PluginCalls.run(task, sweep.bind(system), tick);
        } catch (Throwable fault) {
            system.failed(0, fault);
        }
        nanos[system.order] += System.nanoTime() - start;
        leave(system);
        for (ComponentType<?> type : system.consumed) {
            hub.clear(type);
        }
        count.entities[system.order] += commands.endSegment(system.order, 0);
        commands.end();
        endEffects(system.emitted, system.order, 0);
    }

    private void enter(PlannedSystem system) {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current;
        }
        running = system;
        event.open();
    }

    private void leave(PlannedSystem system) {
        event.close(system.name, system.plugin, tick.number());
        count.end(system.order);
        running = null;
    }

    <C extends Column<?>> Effects<C> effects(PlannedSystem system, ComponentType<C> type) {
        system.require(type, Modes.EMIT, "emitting");
        return hub.current(type, number, system.account.eventsMax());
    }

    <C extends Column<?>> Effects<C> consume(ComponentType<C> type) {
        return hub.gather(type);
    }

    private void endEffects(ComponentType<?>[] emitted, int order, int range) {
        for (ComponentType<?> type : emitted) {
            count.events[order] += hub.end(type, number, ((long) order << 32) | range);
        }
    }
}
