package dev.horizon.net.replay;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemTimings;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.SessionState;
import dev.horizon.engine.tick.SessionStateColumn;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.net.archive.TapeHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The world and the loop of a tape's node made again: runs ticks on inputs that it is given,
 * without clients, without a disk. One thread.
 */
final class TickRunner implements AutoCloseable {
    private static final int HELD_BYTES = 1 << 18;

    private final WorldState world;
    private final Schedule schedule;
    private final TickLoop loop;
    private final EventBus events;
    private final Nowhere log = new Nowhere();
    private @Nullable LoadedPlugins current;
    private @Nullable TickInputs inputs;
    private boolean isHandedOver;

    private TickRunner(
            TapeHeader header,
            TapeSetup setup,
            Function<TapeSetup, LoadedPlugins> loader,
            Threads threads,
            @Nullable Moment from,
            long firstTick,
            Heir heir,
            CostBudget costs) {
        LoadedPlugins plugins = next(loader.apply(setup));
        events = plugins.events().again();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world =
                from == null
                        ? WorldState.create(setup.idBlock(), components)
                        : WorldSnapshot.read(from.world(), components);
        schedule =
                threads.isSpread()
                        ? Schedule.alwaysParallel(
                                world, plugins.systems(), plugins.derived(), threads.count())
                        : Schedule.of(world, plugins.systems(), plugins.derived(), threads.count());
        TickLoopBuilder builder =
                TickLoop.of(world, schedule, events)
                        .config(held(setup.tick(), heir))
                        .sights(plugins.sights())
                        .plugins(
                                plugins.plugins(),
                                json -> next(loader.apply(TapeSetup.decode(json))))
                        .withoutAsync()
                        .starSystem(header.starSystem(), header.seed())
                        .firstTick(firstTick)
                        .costs(costs)
                        .inputs(this::feed)
                        .profiles(heir.profiles())
                        .tickLog(log);
        if (heir.channels() != null) {
            builder.encoder(heir.channels().of(world, schedule));
        }
        loop =
                (from == null
                                ? builder.startedRegions(setup.regions())
                                : builder.goingOnFrom(from.state()))
                        .build();
    }

    /** An earlier run of the same plugins may have quarantined some. */
    private LoadedPlugins next(LoadedPlugins loaded) {
        if (loaded != current) {
            loaded.events().quarantined().forEach(loaded.events()::lift);
            current = loaded;
        }
        return loaded;
    }

    /** Nobody takes frames and messages of a replay: no room is needed for what waits to leave. */
    private static TickConfig held(TickConfig recorded, Heir heir) {
        return recorded.holding(
                HELD_BYTES,
                HELD_BYTES,
                heir == Heir.NONE ? HELD_BYTES : recorded.heldProfileBytes());
    }

    /**
     * How many threads run a tick; the outcome is the same at any number, or something is wrong.
     *
     * @param count one or more
     * @param isSpread true to spread over them even what is too small to gain by it
     */
    record Threads(int count, boolean isSpread) {}

    /**
     * Before the first tick of a tape, or at a moment, with any plugins that know the components.
     *
     * @param setup in force there
     * @param plugins loads those of a setup: of this one, and of those that inputs change to
     * @param firstTick that it will run; not always the one behind the moment: a node that was
     *     killed goes on some ticks later
     */
    static TickRunner of(
            @Nullable Moment from,
            TapeHeader header,
            TapeSetup setup,
            Function<TapeSetup, LoadedPlugins> plugins,
            Threads threads,
            long firstTick) {
        return of(from, header, setup, plugins, threads, firstTick, Heir.NONE);
    }

    /** The same for somebody who goes on with it. */
    static TickRunner of(
            @Nullable Moment from,
            TapeHeader header,
            TapeSetup setup,
            Function<TapeSetup, LoadedPlugins> plugins,
            Threads threads,
            long firstTick,
            Heir heir) {
        return new TickRunner(
                header, setup, plugins, threads, from, firstTick, heir, CostBudget.NONE);
    }

    /** The same for somebody who looks at what plugins cost; nothing comes of it. */
    static TickRunner measured(
            @Nullable Moment from,
            TapeHeader header,
            TapeSetup setup,
            Function<TapeSetup, LoadedPlugins> plugins,
            Threads threads,
            long firstTick,
            CostBudget costs) {
        return new TickRunner(header, setup, plugins, threads, from, firstTick, Heir.NONE, costs);
    }

    /**
     * Runs the next tick.
     *
     * @throws HorizonException HZ-TAPE-006 when the inputs aren't those of a tick
     */
    void run(TickInputs read) {
        run(read, log.position + 1);
    }

    /**
     * The same, for snapshots that say where they stand.
     *
     * @param position on the tape, behind the tick's inputs
     */
    void run(TickInputs read, long position) {
        inputs = read;
        log.position = position;
        if (!loop.step()) {
            throw new IllegalStateException("tick " + (tick() + 1) + " had to wait");
        }
    }

    /** Skips a plugin from the next tick on. */
    void skip(String plugin) {
        events.skip(plugin, true);
        schedule.skip(plugin, true);
    }

    /** Tells a watcher of all that writes to the world; null for none. */
    void watch(@Nullable TickWatcher watcher) {
        events.watch(watcher);
        schedule.watch(watcher);
    }

    /** The last tick that was run; before the first, the one before it. */
    long tick() {
        return loop.tick();
    }

    /** Of the world after that tick. */
    long hash() {
        return world.hash();
    }

    WorldState world() {
        return world;
    }

    /** Of its ticks, taken where they are asked for. */
    Snapshots snapshots() {
        return loop.snapshots();
    }

    /** Hashes of the components that have rows, by name. */
    Map<String, Long> columns() {
        Map<String, Long> columns = new TreeMap<>();
        for (ComponentType<?> type : world.registry().types()) {
            columns.put(type.name(), world.hash(type));
        }
        return columns;
    }

    /** What threw so far, the latest. */
    List<QuarantineReport> faults() {
        return events.quarantine().reports();
    }

    /** Plugins and systems that cost more than their budget so far, each once. */
    List<QuarantineReport> overruns() {
        return loop.overruns().reports();
    }

    /** Code that runs now, or null; for any thread. */
    @Nullable RunningCode running() {
        return loop.running();
    }

    /** The events that its plugins take. */
    EventCatalogue catalogue() {
        return events.catalogue();
    }

    /** The player whose session a number is, or the number where there is none. */
    String nameOf(long session) {
        String[] name = {Long.toUnsignedString(session)};
        forEachSession(state -> {
            if (state.sessionId() == session) {
                name[0] = state.name();
            }
        });
        return name[0];
    }

    /** The session that a player of this name has, or null. */
    @Nullable Long sessionOf(String player) {
        Long[] session = new Long[1];
        forEachSession(state -> {
            if (state.name().equals(player)) {
                session[0] = state.sessionId();
            }
        });
        return session[0];
    }

    private void forEachSession(Consumer<SessionState> visit) {
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            SessionStateColumn column = table.column(SessionStateColumn.TYPE);
            for (int row = 0; column != null && row < table.size(); row++) {
                visit.accept(column.row(row));
            }
        }
    }

    /** What each system cost so far. */
    List<SystemTimings> timings() {
        return schedule.timings();
    }

    /** To go on from here later. */
    Moment moment() {
        return new Moment(tick(), hash(), WorldSnapshot.write(world), loop.state());
    }

    private int feed(InputSource.InputHandler handler, int limit) {
        TickInputs read = inputs;
        inputs = null;
        return read == null ? 0 : read.feed(handler, tick() + 1);
    }

    /** Gives the world away; only closing is left to be done here. */
    Rerun.Outcome handOver() {
        isHandedOver = true;
        return new Rerun.Outcome(world, schedule, loop.state(), tick());
    }

    @Override
    public void close() {
        CloseHelper.close(loop);
        if (!isHandedOver) {
            CloseHelper.closeAll(schedule, world);
        }
    }

    /** A log that keeps nothing: what a tick came to is read from the world. */
    private static final class Nowhere implements TickLog {
        private long position;

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            return position;
        }

        @Override
        public long recordedPosition() {
            return position;
        }

        @Override
        public void close() {}
    }
}
