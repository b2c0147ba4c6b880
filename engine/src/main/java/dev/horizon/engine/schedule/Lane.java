package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.StagedCommands;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;

/** What one thread needs to run systems: its views, commands, effects and clocks, made once. */
final class Lane {
    final StagedCommands commands;
    final SystemLookup lookup;

    /** Nanoseconds of each system in this tick, on this thread, by place in the plan. */
    final long[] nanos;

    private final int number;
    private final EffectHub hub;
    private final RowsView rows;
    private final SweepView sweep;

    Lane(int number, WorldState world, EffectHub hub, PlannedSystem[] systems) {
        this.number = number;
        this.hub = hub;
        this.commands = new StagedCommands(world.registry());
        this.nanos = new long[systems.length];
        this.lookup = new SystemLookup(world, systems[0]);
        this.rows = new RowsView(this, systems[0]);
        this.sweep = new SweepView(this, systems[0]);
    }

    /** Runs a system over one range of a table. Whatever it throws is kept for the end of the tick. */
    void runRange(
            PlannedSystem system, SystemTask task, Table table, int from, int range, Tick tick) {
        begin(system, range);
        long start = System.nanoTime();
        try {
            int to = Math.min(table.size(), from + Column.RANGE_ROWS);
            task.run(rows.bind(system, table, from, to), tick);
        } catch (Throwable fault) {
            system.failed(range, fault);
        }
        nanos[system.order] += System.nanoTime() - start;
        end(system, range);
    }

    /** Runs a system over all its ranges, one after another. */
    void runInSequence(PlannedSystem system, SystemTask task, Tick tick) {
        int range = 0;
        for (Table table : system.tables) {
            for (int from = 0; from < table.size(); from += Column.RANGE_ROWS) {
                runRange(system, task, table, from, range++, tick);
            }
        }
    }

    /** Runs an exclusive system. */
    void runExclusive(PlannedSystem system, ExclusiveTask task, Tick tick) {
        begin(system, 0);
        long start = System.nanoTime();
        try {
            task.run(sweep.bind(system), tick);
        } catch (Throwable fault) {
            system.failed(0, fault);
        }
        nanos[system.order] += System.nanoTime() - start;
        for (int i = 0; i < system.types.length; i++) {
            if ((system.modes[i] & Modes.CONSUME) != 0) {
                hub.clear(system.types[i]);
            }
        }
        end(system, 0);
    }

    <C extends Column<?>> Effects<C> effects(PlannedSystem system, ComponentType<C> type) {
        system.require(type, Modes.EMIT, "emitting");
        return hub.current(type, number);
    }

    <C extends Column<?>> Effects<C> consume(ComponentType<C> type) {
        return hub.gather(type);
    }

    private void begin(PlannedSystem system, int range) {
        lookup.bind(system);
        commands.begin(system.order, range, system.rights);
    }

    private void end(PlannedSystem system, int range) {
        commands.end();
        long key = ((long) system.order << 32) | range;
        for (int i = 0; i < system.types.length; i++) {
            if ((system.modes[i] & Modes.EMIT) != 0) {
                hub.end(system.types[i], number, key);
            }
        }
    }
}
