package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.ports.TickClock;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemFaultListener;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tick loop. {@link #step} is one tick, top to bottom; {@link #run} paces it. One thread calls
 * either; {@link #stop}, {@link #metrics}, {@link #inspector} and {@link #operator} are for any
 * thread. In steady state a tick allocates nothing but the event records of its inputs.
 *
 * <p>Nothing that a tick causes leaves before its inputs are recorded: frames, messages, profiles
 * and answers are held until the log's recorded position covers them. While the recorder lags, time
 * runs slower; where it lags by {@link TickConfig#heldTicksMax} the node pauses. It never ticks
 * unrecorded. While ticks take too long, it does less: {@link Overload}.
 */
public final class TickLoop implements AutoCloseable {
    private static final long NOT_LOGGED = -1;

    /** How often waiting effects are looked after between two ticks. */
    private static final long RELEASE_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final TickConfig config;
    private final WorldState world;
    private final Schedule schedule;
    private final TickState tick;
    private final EventBus events;
    private final RegionStarts regionStarts;
    private final InputSource inputs;
    private final TickLog tickLog;
    private final Watching watching;
    private final ReplicationEncoder encoder;
    private final TickClock clock;
    private final TickMetrics metrics;
    private final Inspector inspector;
    private final OperatorDesk desk;
    private final Sessions sessions;
    private final Profiles profiles;
    private final Inputs applier;
    private final InputBatch batch;
    private final HeldEffects held;
    private final Transfers leaving;
    private final Overload overload;
    private final TickRecord record;
    private final LoopState state;
    private final Snapshots snapshots;
    private final PluginChanges pluginChanges;
    private final AsyncDesk async;
    private final TransferDesk transfers;
    private final InputGate gate;
    private final SystemFaultListener faultListener;
    private final Pace pace;
    private final BudgetWatch budgets;
    private final Crew.Work hashing;

    private boolean isBatchPending;
    private long inputsPosition;
    private long phaseStart;
    private volatile boolean isRunning;

    TickLoop(TickLoopBuilder from) {
        config = from.config;
        world = from.world;
        schedule = from.schedule;
        tick = from.tick;
        events = from.events;
        regionStarts = new RegionStarts(from);
        inputs = from.inputs;
        transfers = from.transferDesk;
        tickLog = from.tickLog;
        watching = new Watching(from.subscriptions, from.subscriptionHandler);
        encoder = from.encoder;
        clock = from.clock;
        metrics = new TickMetrics(config.tickHz());
        batch = new InputBatch(config.inputsMax(), config.inputBytesMax());
        hashing = (table, lane) -> world.prepareHash(table);
        record = new TickRecord(world, tickLog, events.quarantine(), metrics);
        held = new HeldEffects(from, metrics);
        overload = new Overload(from.overload, config.heldTicksMax(), metrics);
        Departures departures = new Departures(from.profileForm, config.tickHz());
        profiles = new Profiles(world, held.profiles(), from.profileSink, metrics, departures);
        desk = new OperatorDesk(events, schedule);
        faultListener = new SystemFaults(events.quarantine(), metrics);
        budgets = new BudgetWatch(config.counted(), from.costs, config.tickHz(), desk, metrics);
        budgets.limit(from.plugins);
        pace = new Pace(clock, metrics, config.lagTicksMax());
        sessions =
                new Sessions(
                        from, new SessionMessages(held.messages(), metrics), profiles, metrics);
        desk.sessions(sessions);
        leaving = new Transfers(from, sessions.handovers());
        Timers timers = new Timers(world, events, tick);
        pluginChanges = new PluginChanges(from, sessions, held.borders(), timers);
        gate = new InputGate(batch, departures, pluginChanges, metrics);
        async = new AsyncDesk(events, from.runsAsync, clock);
        Later later = new Later(timers, async, leaving.services);
        applier = new Inputs(world, sessions, events, desk, later, leaving, metrics);
        inspector = new Inspector(world, new CostSurvey(from, encoder, sessions, held.borders()));
        events.attach(tick, world, sessions, later);
        budgets.meter(events, schedule, world);
        from.state(new TransferState(leaving));
        from.state(new HandoverState(sessions.handovers()));
        state = new LoopState(events, schedule, metrics, from.stateParts);
        snapshots =
                new Snapshots(
                        world,
                        schedule.crew(),
                        state,
                        pluginChanges::setup,
                        from.snapshotEveryTicks);
        byte[] goesOn = from.state;
        if (goesOn != null) {
            state.read(goesOn);
        }
    }

    /** Starts to put a loop together around a world. */
    public static TickLoopBuilder of(WorldState world, Schedule schedule, EventBus events) {
        return new TickLoopBuilder(world, schedule, events);
    }

    /**
     * Runs one tick.
     *
     * @return false when it has to wait because the recorder lags; nothing was simulated then
     */
    public boolean step() {
        release();
        if (held.heldTicks() >= config.heldTicksMax()) {
            metrics.increment(Counter.PAUSES);
            return false;
        }
        long start = clock.nanoTime();
        phaseStart = start;
        metrics.tickBegan();
        budgets.beginTick();
        schedule.crew().assemble();
        drain();
        if (!log()) {
            schedule.crew().dismiss();
            metrics.increment(Counter.PAUSES);
            return false;
        }
        simulate();
        apply();
        locate();
        encode();
        schedule.crew().dismiss();
        release();
        account(start);
        return true;
    }

    /**
     * Steps at the configured rate until {@link #stop}: tick n is due at start + n periods, so that
     * errors don't add up. A loop that falls far behind gives the lost periods up, counted, rather
     * than chase them.
     */
    public void run() {
        isRunning = true;
        long due = clock.nanoTime();
        while (isRunning) {
            await(due);
            if (!isRunning) {
                return;
            }
            step();
            due = pace.next(due);
        }
    }

    /** Ends {@link #run} before its next tick. */
    public void stop() {
        isRunning = false;
    }

    /** Lets recorded effects leave: between ticks, and at the end until all have left. */
    public void release() {
        phaseStart = clock.nanoTime();
        long recorded = tickLog.recordedPosition();
        held.release(recorded, profiles);
        leaving.words.release(recorded);
        desk.release(recorded);
        metrics.heldTicks(held.heldTicks());
        endPhase(Phase.RELEASE);
    }

    /** True while effects wait for the recorder or a sink. */
    public boolean isHolding() {
        return held.isHolding() || !leaving.words.isEmpty();
    }

    /** What the loop did so far. */
    public TickMetrics metrics() {
        return metrics;
    }

    /** Copies of entities, for any thread. */
    public Inspector inspector() {
        return inspector;
    }

    /** Takes operators' commands, from any thread. */
    public OperatorDesk operator() {
        return desk;
    }

    /** The bus: its statistics, its quarantine and its catalogue are for any thread. */
    public EventBus events() {
        return events;
    }

    /** Plugins and systems that cost more than their budget; for any thread. */
    public Quarantine overruns() {
        return budgets.reports();
    }

    /** Takes changes of plugins, from any thread. */
    public PluginChanges pluginChanges() {
        return pluginChanges;
    }

    /** Takes what is wanted of entities that move between nodes, from any thread. */
    public TransferDesk transfers() {
        return transfers;
    }

    /** A plugin's code that runs now, or null; for any thread. */
    public @Nullable RunningCode running() {
        RunningCode system = schedule.running();
        return system == null ? events.running() : system;
    }

    /** The sessions; on the tick thread, between ticks. */
    public Sessions sessions() {
        return sessions;
    }

    /** Snapshots of it; see there for which thread may do what. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /**
     * Takes a snapshot of the last tick, once no tick is to follow; on the tick thread.
     *
     * @return false while one before it is written, or room is made: to be called again
     */
    public boolean takeLastSnapshot() {
        return snapshots.takeNow(tick.number(), inputsPosition, metrics.hash());
    }

    /** What its ticks depend on beside the world, for who goes on with both; between ticks. */
    public byte[] state() {
        return state.toBytes();
    }

    /** The number of the last tick begun. */
    public long tick() {
        return tick.number();
    }

    @Override
    public void close() {
        stop();
        inspector.close();
    }

    private void drain() {
        if (!isBatchPending) {
            gate.open(tick.number());
            if (snapshots.isIdle()) {
                pluginChanges.poll(gate.inner, batch.room());
            }
            overload.poll(held.heldTicks(), gate.inner);
            desk.poll(gate.inner, batch.room());
            async.poll(gate.inner, batch.room());
            transfers.poll(gate.inner, batch.room());
            inputs.poll(gate.outer, batch.room());
            batch.seal(tick.number() + 1);
            isBatchPending = true;
        }
        endPhase(Phase.DRAIN);
    }

    /** The hash of the tick before, where the log had no room for it, then the inputs. */
    private boolean log() {
        if (!record.flush()) {
            return false;
        }
        long position = tickLog.offer(batch.buffer(), 0, batch.length());
        endPhase(Phase.LOG);
        boolean isLogged = position > NOT_LOGGED;
        // A tick that isn't logged never begins: what stands in the log is the one before.
        inputsPosition = isLogged ? position : inputsPosition;
        return isLogged;
    }

    private void simulate() {
        isBatchPending = false;
        tick.advance();
        leaving.begin(tick.number());
        metrics.add(Counter.INPUTS, batch.inputs());
        if (pluginChanges.apply(batch, tick.number())) {
            record.componentsChanged();
            snapshots.componentsChanged();
            budgets.limit(pluginChanges.plugins());
            budgets.warmUp(tick.number());
        }
        regionStarts.run();
        applier.apply(batch, tick.number());
        schedule.run(tick, faultListener);
        endPhase(Phase.SIMULATE);
    }

    private void apply() {
        world.apply();
        leaving.depart();
        sessions.report();
        world.stamp(tick.number());
        endPhase(Phase.APPLY);
    }

    /**
     * Where entities are. All look for what moved; then others hash tables, which nobody changes
     * now.
     */
    private void locate() {
        encoder.look(tick.number());
        Crew crew = schedule.crew();
        crew.begin(world.tableCount(), hashing);
        encoder.locate(tick.number());
        crew.finish();
        endPhase(Phase.LOCATE);
    }

    private void encode() {
        watching.poll();
        encoder.relieve(metrics.overloadStep());
        encoder.encode(tick.number(), held);
        sessions.endTick(held);
        inspector.serve(tick.number());
        held.endTick(inputsPosition);
        leaving.endTick(inputsPosition);
        desk.endTick(inputsPosition);
        endPhase(Phase.ENCODE);
    }

    private void account(long start) {
        long hash = record.take();
        record.write(tick.number(), clock.nanoTime() - start);
        if (events.quarantine().takeMachineFault()) {
            snapshots.ask();
        }
        snapshots.endTick(tick.number(), inputsPosition, hash);
        budgets.endTick(tick.number());
        endPhase(Phase.ACCOUNT);
        long end = clock.nanoTime();
        metrics.tickDone(
                tick.number(), hash, world.entities(), sessions.size(), start, end - start);
        overload.tickDone(end, end - start);
        double load = (double) (end - start) / metrics.budgetNanos();
        transfers.tickDone(load, leaving.outboxes.away());
        watching.tickDone(load);
    }

    private void await(long due) {
        long now = clock.nanoTime();
        while (now < due && isRunning) {
            if (isHolding()) {
                release();
                clock.awaitNanos(Math.min(due, now + RELEASE_POLL_NANOS));
            } else {
                clock.awaitNanos(due);
            }
            now = clock.nanoTime();
        }
    }

    private void endPhase(Phase phase) {
        long now = clock.nanoTime();
        metrics.phase(phase, now - phaseStart);
        phaseStart = now;
    }
}
