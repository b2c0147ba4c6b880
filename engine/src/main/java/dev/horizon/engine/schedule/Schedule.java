package dev.horizon.engine.schedule;

import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.storage.StagedCommands;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world's systems, tick by tick, on a fixed number of threads, with the same result at any
 * number. Used by the tick thread; {@link #timings} may be called from any thread. Once buffers
 * have grown, a tick allocates nothing.
 */
public final class Schedule implements AutoCloseable {
    /**
     * Groups that took less in their last run stay on the tick thread: to hand out units, and to
     * fetch what another core wrote, costs some microseconds.
     */
    private static final long PARALLEL_FROM_NANOS = 15_000;

    /**
     * Units that a thread takes of a system: more even out the load, fewer cost less to hand out.
     */
    private static final int UNITS_PER_LANE = 8;

    private final WorldState world;
    private final Lane[] lanes;
    private final Crew crew;
    private final Crew.Work runUnit = this::runUnit;
    private final long parallelFromNanos;
    private final RangeList ranges = new RangeList();
    private final Units units = new Units();
    private volatile Arrangement arrangement;
    private PlannedSystem[] systems;
    private Ledger ledger = Ledger.none();
    private int knownTables = -1;
    private long knownStructure = -1;
    private @Nullable TickWatcher watcher;

    private Schedule(
            WorldState world, Arrangement arrangement, int threads, long parallelFromNanos) {
        this.world = world;
        this.parallelFromNanos = parallelFromNanos;
        this.arrangement = arrangement;
        this.systems = arrangement.systems;
        this.lanes = new Lane[threads];
        enter(arrangement);
        this.crew = new Crew(threads);
    }

    /**
     * Plans the systems; the engine's own are added.
     *
     * @param derived how to make each derived object
     * @param threads the tick thread and how many beside it
     * @throws dev.horizon.engine.plugin.HorizonException HZ-SYS-… when the systems don't fit
     *     together
     */
    public static Schedule of(
            WorldState world,
            List<RegisteredSystem> systems,
            Map<DerivedKey<?>, ? extends Supplier<?>> derived,
            int threads) {
        return of(world, systems, derived, threads, PARALLEL_FROM_NANOS);
    }

    /** Plans the systems, and runs every group on all threads however small it is. */
    public static Schedule alwaysParallel(
            WorldState world,
            List<RegisteredSystem> systems,
            Map<DerivedKey<?>, ? extends Supplier<?>> derived,
            int threads) {
        return of(world, systems, derived, threads, 0);
    }

    private static Schedule of(
            WorldState world,
            List<RegisteredSystem> systems,
            Map<DerivedKey<?>, ? extends Supplier<?>> derived,
            int threads,
            long parallelFromNanos) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "a schedule needs at least 1 thread, not " + threads);
        }
        return new Schedule(
                world, new Arrangement(systems, derived, threads), threads, parallelFromNanos);
    }

    /**
     * Plans systems that are to take the place of these, without doing so; for any thread.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-SYS-… when the systems don't fit
     *     together
     */
    public Arrangement arrange(
            List<RegisteredSystem> registered,
            Map<DerivedKey<?>, ? extends Supplier<?>> derivedBy) {
        return new Arrangement(registered, derivedBy, lanes.length);
    }

    /**
     * Runs other systems from the next tick on. What is skipped now stays so, under the same name.
     * For the tick thread, between ticks, after the world has adopted their components.
     *
     * @param keeps plugins, by name, whose systems are still the same code
     */
    public void adopt(Arrangement next, Predicate<String> keeps) {
        for (PlannedSystem before : systems) {
            for (PlannedSystem after : next.systems) {
                after.quarantined |=
                        before.quarantined
                                && after.name.equals(before.name)
                                && keeps.test(after.plugin);
            }
        }
        arrangement = next;
        systems = next.systems;
        enter(next);
        knownTables = -1;
    }

    private void enter(Arrangement entered) {
        StagedCommands[] commands = new StagedCommands[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(i, world, entered.hub, entered.systems, new TickState(0, 0));
            commands[i] = lanes[i].commands;
            for (PlannedSystem system : entered.systems) {
                commands[i].prepare(system.rights);
            }
        }
        world.attach(commands);
        meter(ledger);
    }

    /** Says whose budgets systems count for; without, nobody's. Tick thread, between ticks. */
    public void meter(Ledger by) {
        ledger = by;
        for (PlannedSystem system : systems) {
            system.account = by.system(system.plugin, system.name);
        }
        for (Lane lane : lanes) {
            lane.count.measures = by.measures();
        }
    }

    /**
     * Tells a watcher of each system, and what it changed of the world's structure; null for none.
     * Systems of a group, which nobody can tell apart by their order, run one after the other then,
     * each on all threads.
     */
    public void watch(@Nullable TickWatcher by) {
        watcher = by;
        world.watchApply(
                by == null
                        ? null
                        : system ->
                                by.ran(
                                        system == WorldState.HANDLERS
                                                ? TickWatcher.HANDLERS
                                                : systems[system].name));
    }

    /** Runs all stages of one tick. Structural changes wait for the world's apply. */
    public void run(Tick current, SystemFaultListener listener) {
        ledger.pause();
        resolve();
        Arrangement now = arrangement;
        for (Lane lane : lanes) {
            lane.tick = current;
            Arrays.fill(lane.nanos, 0);
            lane.count.clear();
        }
        boolean failed = false;
        world.systemsRun(true);
        try {
            for (int i = 0; i < now.groups.length; i++) {
                failed |=
                        watcher == null
                                ? runGroup(now, i, now.groups[i], current.number())
                                : runWatched(now, i, watcher, current.number());
            }
        } finally {
            now.hub.reset();
            world.systemsRun(false);
        }
        account();
        if (failed) {
            report(now, listener, current.number());
        }
    }

    private void resolve() {
        if (knownTables != world.tableCount()) {
            knownTables = world.tableCount();
            for (PlannedSystem system : systems) {
                system.resolveTables(world);
            }
            knownStructure = -1;
        }
        if (knownStructure != world.structureVersion()) {
            knownStructure = world.structureVersion();
            for (PlannedSystem system : systems) {
                system.resolveColumns(world);
            }
        }
    }

    private boolean runWatched(Arrangement now, int group, TickWatcher by, long tick) {
        boolean failed = false;
        if (group == 0) {
            by.ran(TickWatcher.ENGINE);
        }
        for (PlannedSystem system : now.groups[group]) {
            failed |= runGroup(now, group, now.alone[system.order], tick);
            by.ran(system.name);
        }
        return failed;
    }

    private boolean runGroup(Arrangement now, int group, PlannedSystem[] members, long tick) {
        boolean parallel =
                lanes.length > 1 && (watcher != null || now.groupNanos[group] >= parallelFromNanos);
        units.clear();
        ranges.clear();
        for (PlannedSystem system : members) {
            if (system.isDue(tick)) {
                addUnits(system, parallel);
            }
        }
        if (parallel && units.size() > 1) {
            crew.run(units.size(), runUnit);
        } else {
            for (int unit = 0; unit < units.size(); unit++) {
                runUnit(unit, 0);
            }
        }
        boolean failed = false;
        long total = 0;
        for (PlannedSystem system : members) {
            for (Lane lane : lanes) {
                total += lane.nanos[system.order];
            }
            Throwable fault = LaneCount.charge(lanes, system);
            if (fault != null) {
                failed = true;
                now.faults[system.order] = fault;
                system.quarantined = true;
                now.hub.drop(system.order);
                for (Lane lane : lanes) {
                    lane.commands.drop(system.order);
                }
            }
        }
        now.groupNanos[group] = total;
        return failed;
    }

    /**
     * Cuts a system's ranges into units: one if they must follow each other, else some a thread.
     */
    private void addUnits(PlannedSystem system, boolean parallel) {
        int first = ranges.size();
        if (system.spec.exclusive() != null) {
            units.add(system.order, first, first);
            return;
        }
        ranges.addAll(system);
        int count = ranges.size() - first;
        boolean whole = system.inSequence || !parallel;
        int step = whole ? count : Math.max(1, count / (lanes.length * UNITS_PER_LANE));
        for (int from = first; from < ranges.size(); from += step) {
            units.add(system.order, from, Math.min(ranges.size(), from + step));
        }
    }

    private void runUnit(int unit, int laneNumber) {
        Lane lane = lanes[laneNumber];
        PlannedSystem system = systems[units.system(unit)];
        ExclusiveTask exclusive = system.spec.exclusive();
        SystemTask task = system.spec.task();
        if (exclusive != null) {
            lane.runExclusive(system, exclusive);
        } else if (task != null) {
            lane.runRanges(system, task, ranges, units.first(unit), units.end(unit));
        }
    }

    private void account() {
        for (PlannedSystem system : systems) {
            long nanos = 0;
            for (Lane lane : lanes) {
                nanos += lane.nanos[system.order];
            }
            if (nanos > 0) {
                system.record(nanos);
            }
        }
    }

    private void report(Arrangement now, SystemFaultListener listener, long tick) {
        for (PlannedSystem system : systems) {
            Throwable fault = now.faults[system.order];
            if (fault != null) {
                now.faults[system.order] = null;
                listener.systemFailed(system.name, tick, fault);
            }
        }
    }

    /** Skips a system from the next tick on; called by the tick thread between ticks. */
    public void quarantine(String name) {
        arrangement.find(name).quarantined = true;
    }

    /** Runs a system again from the next tick on; called by the tick thread between ticks. */
    public void lift(String name) {
        arrangement.find(name).quarantined = false;
    }

    /** Writes the names of systems that are skipped now, a line each; returns bytes written. */
    public int writeQuarantined(MutableDirectBuffer out, int offset) {
        int at = offset;
        for (PlannedSystem system : systems) {
            if (system.quarantined) {
                at += out.putStringWithoutLengthAscii(at, system.name);
                out.putByte(at++, (byte) '\n');
            }
        }
        return at - offset;
    }

    /**
     * Skips, or no longer skips, all systems of a plugin from the next tick on; called by the tick
     * thread between ticks.
     */
    public void skip(String plugin, boolean isSkipped) {
        for (PlannedSystem system : systems) {
            if (system.plugin.equals(plugin)) {
                system.quarantined = isSkipped;
            }
        }
    }

    /** A system that runs now, or null; for any thread. */
    public @Nullable RunningCode running() {
        for (Lane lane : lanes) {
            PlannedSystem system = lane.running;
            Thread thread = lane.thread;
            if (system != null && thread != null) {
                return new RunningCode(system.name, system.plugin, thread);
            }
        }
        return null;
    }

    /** What each system cost, in the order in which they run; from any thread. */
    public List<SystemTimings> timings() {
        return arrangement.timings();
    }

    /** Names of the systems that may run at once, group by group, in the order of a tick. */
    public List<List<String>> groups() {
        return arrangement.groups();
    }

    /**
     * A derived object, for the engine's own readers between ticks; null where none has the key.
     */
    public <T> @Nullable T derived(DerivedKey<T> key) {
        Object object = arrangement.derived.get(key);
        return object == null ? null : key.type().cast(object);
    }

    /** Its threads, for what else of a tick can be shared, while no system runs. Tick thread. */
    public Crew crew() {
        return crew;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        crew.close();
    }
}
