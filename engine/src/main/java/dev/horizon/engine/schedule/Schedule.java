package dev.horizon.engine.schedule;

import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.storage.StagedCommands;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.ComponentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final int UNITS_INITIAL = 256;

    private final WorldState world;
    private final PlannedSystem[] systems;
    private final PlannedSystem[][] groups;

    /** Each system as a group of its own: while somebody watches, one runs after the other. */
    private final PlannedSystem[][] alone;

    private final Map<DerivedKey<?>, Object> derived;
    private final EffectHub hub;
    private final Lane[] lanes;
    private final Crew crew;
    private final Crew.Work runUnit = this::runUnit;
    private final long[] groupNanos;
    private final long parallelFromNanos;
    private final @Nullable Throwable[] faults;

    private final RangeList ranges = new RangeList();
    private int[] unitSystems = new int[UNITS_INITIAL];
    private int[] unitFirsts = new int[UNITS_INITIAL];
    private int[] unitEnds = new int[UNITS_INITIAL];
    private int units;
    private int knownTables = -1;
    private long knownStructure = -1;
    private @Nullable TickWatcher watcher;

    private Schedule(
            WorldState world,
            List<RegisteredSystem> registered,
            Map<DerivedKey<?>, ? extends Supplier<?>> factories,
            int threads,
            long parallelFromNanos) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "a schedule needs at least 1 thread, not " + threads);
        }
        this.world = world;
        this.parallelFromNanos = parallelFromNanos;
        this.derived = new LinkedHashMap<>();
        factories.forEach((key, factory) -> derived.put(key, factory.get()));
        Plan plan = Plan.of(withEngineSystems(registered));
        List<PlannedSystem> planned = new ArrayList<>();
        this.groups = new PlannedSystem[plan.groups().size()][];
        for (int i = 0; i < groups.length; i++) {
            int first = planned.size();
            for (RegisteredSystem system : plan.groups().get(i)) {
                planned.add(new PlannedSystem(planned.size(), system, derived));
            }
            groups[i] = planned.subList(first, planned.size()).toArray(PlannedSystem[]::new);
        }
        this.systems = planned.toArray(PlannedSystem[]::new);
        this.alone = new PlannedSystem[systems.length][];
        for (PlannedSystem system : systems) {
            alone[system.order] = new PlannedSystem[] {system};
        }
        this.faults = new Throwable[systems.length];
        this.groupNanos = new long[groups.length];
        this.hub = new EffectHub(effects(planned), threads);
        this.lanes = new Lane[threads];
        StagedCommands[] commands = new StagedCommands[threads];
        for (int i = 0; i < threads; i++) {
            lanes[i] = new Lane(i, world, hub, systems, new TickState(0, 0));
            commands[i] = lanes[i].commands;
            for (PlannedSystem system : systems) {
                commands[i].prepare(system.rights);
            }
        }
        world.attach(commands);
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
        return new Schedule(world, systems, derived, threads, PARALLEL_FROM_NANOS);
    }

    /** Plans the systems, and runs every group on all threads however small it is. */
    public static Schedule alwaysParallel(
            WorldState world,
            List<RegisteredSystem> systems,
            Map<DerivedKey<?>, ? extends Supplier<?>> derived,
            int threads) {
        return new Schedule(world, systems, derived, threads, 0);
    }

    private static List<RegisteredSystem> withEngineSystems(List<RegisteredSystem> registered) {
        List<RegisteredSystem> all = new ArrayList<>(registered);
        RegisteredSystem carry = Carry.system();
        boolean known = all.stream().anyMatch(s -> s.qualifiedName().equals(carry.qualifiedName()));
        if (!known) {
            all.add(carry);
        }
        return all;
    }

    private static ComponentType<?>[] effects(List<PlannedSystem> systems) {
        Set<ComponentType<?>> types = new LinkedHashSet<>();
        for (PlannedSystem system : systems) {
            for (Access.Use use : system.spec.access().uses()) {
                if (use.mode() == Access.Mode.EMIT || use.mode() == Access.Mode.CONSUME) {
                    types.add(use.type());
                }
            }
        }
        return types.toArray(ComponentType<?>[]::new);
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
        resolve();
        for (Lane lane : lanes) {
            lane.tick = current;
            Arrays.fill(lane.nanos, 0);
        }
        boolean failed = false;
        world.systemsRun(true);
        try {
            for (int i = 0; i < groups.length; i++) {
                failed |=
                        watcher == null
                                ? runGroup(i, groups[i], current.number())
                                : runWatched(i, watcher, current.number());
            }
        } finally {
            hub.reset();
            world.systemsRun(false);
        }
        account();
        if (failed) {
            report(listener, current.number());
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

    private boolean runWatched(int group, TickWatcher by, long tick) {
        boolean failed = false;
        if (group == 0) {
            by.ran(TickWatcher.ENGINE);
        }
        for (PlannedSystem system : groups[group]) {
            failed |= runGroup(group, alone[system.order], tick);
            by.ran(system.name);
        }
        return failed;
    }

    private boolean runGroup(int group, PlannedSystem[] members, long tick) {
        boolean parallel =
                lanes.length > 1 && (watcher != null || groupNanos[group] >= parallelFromNanos);
        units = 0;
        ranges.clear();
        for (PlannedSystem system : members) {
            if (system.isDue(tick)) {
                addUnits(system, parallel);
            }
        }
        if (parallel && units > 1) {
            crew.run(units, runUnit);
        } else {
            for (int unit = 0; unit < units; unit++) {
                runUnit(unit, 0);
            }
        }
        boolean failed = false;
        long total = 0;
        for (PlannedSystem system : members) {
            for (Lane lane : lanes) {
                total += lane.nanos[system.order];
            }
            Throwable fault = system.takeFault();
            if (fault != null) {
                failed = true;
                faults[system.order] = fault;
                system.quarantined = true;
                hub.drop(system.order);
                for (Lane lane : lanes) {
                    lane.commands.drop(system.order);
                }
            }
        }
        groupNanos[group] = total;
        return failed;
    }

    /**
     * Cuts a system's ranges into units: one if they must follow each other, else some a thread.
     */
    private void addUnits(PlannedSystem system, boolean parallel) {
        int first = ranges.size();
        if (system.spec.exclusive() != null) {
            addUnit(system.order, first, first);
            return;
        }
        ranges.addAll(system);
        int count = ranges.size() - first;
        boolean whole = system.inSequence || !parallel;
        int step = whole ? count : Math.max(1, count / (lanes.length * UNITS_PER_LANE));
        for (int from = first; from < ranges.size(); from += step) {
            addUnit(system.order, from, Math.min(ranges.size(), from + step));
        }
    }

    private void addUnit(int system, int first, int end) {
        if (units == unitSystems.length) {
            unitSystems = Arrays.copyOf(unitSystems, units * 2);
            unitFirsts = Arrays.copyOf(unitFirsts, units * 2);
            unitEnds = Arrays.copyOf(unitEnds, units * 2);
        }
        unitSystems[units] = system;
        unitFirsts[units] = first;
        unitEnds[units] = end;
        units++;
    }

    private void runUnit(int unit, int laneNumber) {
        Lane lane = lanes[laneNumber];
        PlannedSystem system = systems[unitSystems[unit]];
        ExclusiveTask exclusive = system.spec.exclusive();
        SystemTask task = system.spec.task();
        if (exclusive != null) {
            lane.runExclusive(system, exclusive);
        } else if (task != null) {
            lane.runRanges(system, task, ranges, unitFirsts[unit], unitEnds[unit]);
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

    private void report(SystemFaultListener listener, long tick) {
        for (PlannedSystem system : systems) {
            Throwable fault = faults[system.order];
            if (fault != null) {
                faults[system.order] = null;
                listener.systemFailed(system.name, tick, fault);
            }
        }
    }

    /** Skips a system from the next tick on; called by the tick thread between ticks. */
    public void quarantine(String name) {
        find(name).quarantined = true;
    }

    /** Runs a system again from the next tick on; called by the tick thread between ticks. */
    public void lift(String name) {
        find(name).quarantined = false;
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

    /** What each system cost, in the order in which they run; from any thread. */
    public List<SystemTimings> timings() {
        List<SystemTimings> timings = new ArrayList<>();
        for (PlannedSystem system : systems) {
            timings.add(
                    new SystemTimings(
                            system.name, system.nanos.copy(), system.runs, system.quarantined));
        }
        return timings;
    }

    /** Names of the systems that may run at once, group by group, in the order of a tick. */
    public List<List<String>> groups() {
        return Arrays.stream(groups)
                .map(group -> Arrays.stream(group).map(system -> system.name).toList())
                .toList();
    }

    /**
     * A derived object, for the engine's own readers between ticks; null where none has the key.
     */
    public <T> @Nullable T derived(DerivedKey<T> key) {
        Object object = derived.get(key);
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

    private PlannedSystem find(String name) {
        for (PlannedSystem system : systems) {
            if (system.name.equals(name)) {
                return system;
            }
        }
        throw new IllegalArgumentException(
                "no system is named " + name + "; there are " + groups());
    }
}
