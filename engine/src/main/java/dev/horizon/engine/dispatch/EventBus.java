package dev.horizon.engine.dispatch;

import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.events.PluginStarted;
import dev.horizon.engine.events.RawClientMessage;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.World;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to their handlers, on the tick thread, in order of priority, plugin and
 * registration. A handler that throws is quarantined at once; the rest goes on. Allocates nothing
 * but the event records that it makes from bytes. Statistics and reports may be read by any thread.
 */
public final class EventBus {
    private static final Runnable NOTHING = () -> {};

    private final PluginEventQueue queue = new PluginEventQueue();
    private final PayloadReader reader = new PayloadReader();
    private final Guard guard;
    private final SkippedPlugins skipped = new SkippedPlugins();
    private volatile Routes routes;
    private @Nullable DispatchContext context;

    EventBus(Routes routes) {
        this(routes, new Quarantine());
    }

    private EventBus(Routes routes, Quarantine quarantine) {
        this.routes = routes;
        this.guard = new Guard(quarantine);
    }

    /**
     * Another bus to the same handlers, with the same quarantine, for another loop; this one stays
     * as it is whatever that one {@linkplain #adopt adopts}. One of them runs at a time.
     */
    public EventBus again() {
        return new EventBus(routes, guard.quarantine);
    }

    /** Starts an empty bus. */
    public static EventBusBuilder builder() {
        return new EventBusBuilder();
    }

    /** Says what handlers work on; once, before the first event. */
    public void attach(Tick currentTick, World world, Players players, LaterEvents later) {
        guard.tick(currentTick);
        context =
                new DispatchContext(currentTick, world, players, queue, later, () -> routes, guard);
    }

    /** Says whose budgets handlers count for; without, nobody's. */
    public void meter(Ledger ledger) {
        guard.ledger(ledger, routes);
    }

    /**
     * Brings events to another bus's handlers from now on; that bus is used no more. What was
     * skipped here stays so there, under the same name.
     *
     * @param keeps plugins, by name, whose handlers are still the same code
     */
    public void adopt(EventBus next, Predicate<String> keeps) {
        Routes after = next.routes;
        after.follow(routes, keeps);
        guard.bind(after);
        routes = after;
        if (context != null) {
            context.enter(null, 0);
        }
    }

    /** Tells a watcher of each handler and command; null for none. */
    public void watch(@Nullable TickWatcher by) {
        guard.watch(by);
    }

    /**
     * Dispatches a core event and the plugin events that follow from it.
     *
     * @return why a handler refused what it asks, or null
     */
    public @Nullable Refusal dispatch(Record event) {
        return dispatch(event, NOTHING);
    }

    /**
     * The same, with something to do behind each handler of the event, so that the next one finds
     * it done.
     */
    public @Nullable Refusal dispatch(Record event, Runnable behindEach) {
        EventLane lane = routes.coreEvents.get(event.getClass());
        guard.ledger().free(event instanceof RegionStarted || event instanceof PluginStarted);
        Refusal refusal = lane == null ? null : run(lane, event, null, 0, behindEach);
        drainPluginEvents();
        guard.ledger().free(false);
        return refusal;
    }

    /**
     * Dispatches a client's event and the plugin events that follow from it.
     *
     * @return why it was refused, or null
     */
    public @Nullable Refusal dispatchClient(
            int eventId, Player sender, DirectBuffer buffer, int offset, int length) {
        EventLane lane = routes.clientEvents.get(eventId);
        if (lane == null) {
            return new Refusal(
                    "HZ-EVT-015",
                    "this node has no event with the id " + eventId + "; ask for its catalogue");
        }
        try {
            lane.decode(reader, buffer, offset, length);
        } catch (HorizonException e) {
            EventLane.count(lane.refused);
            return new Refusal(e.code(), String.valueOf(e.getMessage()));
        }
        Refusal refusal = run(lane, null, sender, 0, NOTHING);
        drainPluginEvents();
        return refusal;
    }

    /**
     * Raises a plugin event that waited as bytes.
     *
     * @throws HorizonException HZ-EVT-001 to 007 when they don't fit the record; nothing is raised
     */
    public void raise(String event, DirectBuffer buffer, int offset, int length) {
        EventCodec<?> codec = routes.waiting(event);
        if (codec != null) {
            raise(codec.decode(reader.wrap(buffer, offset, length)));
        }
    }

    private void raise(Record event) {
        EventLane lane = routes.pluginEvents.get(event.getClass());
        if (lane != null) {
            run(lane, event, null, 0, NOTHING);
            drainPluginEvents();
        }
    }

    /**
     * How a plugin event becomes bytes while it waits.
     *
     * @throws HorizonException HZ-EVT-008 when a field is of a type that no payload carries
     */
    public EventCodec<?> waiting(Class<? extends Record> event) {
        return routes.waiting(event);
    }

    /** The same by name, as far as somebody handles it; else null. */
    public @Nullable EventCodec<?> waiting(String event) {
        return routes.waiting(event);
    }

    /** The slow work that is asked with a record of this class name, or null. */
    public @Nullable RegisteredTask<?, ?> task(String input) {
        return routes.task(input);
    }

    /** What plugins offer to the mesh; for any thread. */
    public OfferedServices services() {
        return routes.services;
    }

    /** True when only the latest event of this id per player and tick is to be dispatched. */
    public boolean isLatestWins(int eventId) {
        EventLane lane = routes.clientEvents.get(eventId);
        return lane != null && lane.latestWins;
    }

    /**
     * Runs an operator's command and the plugin events that follow from it.
     *
     * @return its answer
     * @throws HorizonException HZ-CMD-001 for an unknown command, 002 for one in quarantine, 003
     *     when its code threw, 004 for arguments that it refuses
     */
    public String command(String name, List<String> arguments) {
        try {
            return OperatorCommand.run(routes, guard, attached(), name, arguments);
        } finally {
            drainPluginEvents();
        }
    }

    /**
     * The codec of a record that a plugin declared with toClient.
     *
     * @throws IllegalArgumentException when nobody declared it
     */
    public EventCodec<?> outgoing(Class<?> type) {
        EventCodec<?> codec = routes.outgoing.get(type);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "record "
                            + type.getName()
                            + " isn't declared for clients; call events().toClient in setup");
        }
        return codec;
    }

    /** All shapes that clients send and receive. */
    public EventCatalogue catalogue() {
        return routes.catalogue;
    }

    /** True when a plugin takes envelopes that no plugin declared. */
    public boolean acceptsRaw() {
        return routes.coreEvents.containsKey(RawClientMessage.class);
    }

    /** The commands, in order of plugin and registration. */
    public List<RegisteredCommand> commands() {
        return routes.registeredCommands;
    }

    /** Counters and times of every event type. */
    public List<EventStatistics> statistics() {
        return routes.lanes.stream().map(EventLane::statistics).toList();
    }

    /** The handler or command that runs now, or null; for any thread. */
    public @Nullable RunningCode running() {
        return guard.running();
    }

    /** What is known of handlers that threw, and of systems. */
    public Quarantine quarantine() {
        return guard.quarantine;
    }

    /** Names of handlers and commands that don't run now. */
    public List<String> quarantined() {
        return routes.quarantined();
    }

    /**
     * Writes which handlers and commands don't run now, a line each: number among those of its name
     * and name. Allocates nothing.
     *
     * @return bytes written
     */
    public int writeQuarantined(MutableDirectBuffer out, int offset) {
        return routes.writeQuarantined(out, offset);
    }

    /** Quarantines what a line of {@link #writeQuarantined} names; nothing where nobody has it. */
    public void quarantine(String line) {
        routes.quarantine(line);
    }

    /** Lets a handler or command run again; false where none of this name is in quarantine. */
    public boolean lift(String name) {
        Handler handler = routes.find(name);
        if (handler == null || !handler.quarantined) {
            return false;
        }
        handler.quarantined = false;
        return true;
    }

    /** Skips, or no longer skips, all handlers and commands of a plugin. Tick thread. */
    public void skip(String plugin, boolean isSkipped) {
        skipped.set(plugin, isSkipped);
        routes.skip(plugin, isSkipped);
    }

    /** The plugins that are skipped as a whole, in order of name. */
    public List<String> skippedPlugins() {
        return skipped.names();
    }

    /** Writes their names, a line each; returns bytes written. Allocates nothing. */
    public int writeSkipped(MutableDirectBuffer out, int offset) {
        return skipped.write(out, offset);
    }

    /** What follows from an event; then nobody's code runs any more. */
    private void drainPluginEvents() {
        Routes current = routes;
        // Most events follow one of their own kind.
        Class<?> type = null;
        EventLane lane = null;
        int depth = queue.nextDepth();
        while (depth != 0) {
            Record event = queue.remove();
            if (event.getClass() != type) {
                type = event.getClass();
                lane = current.pluginEvents.get(type);
            }
            if (lane != null) {
                run(lane, event, null, depth, NOTHING);
            }
            depth = queue.nextDepth();
        }
        guard.settle();
    }

    /**
     * Runs an event's handlers.
     *
     * @param raised the event; null for a client's, of which the lane has the records
     * @param sender of a client's event, else null
     */
    private @Nullable Refusal run(
            EventLane lane,
            @Nullable Record raised,
            @Nullable Player sender,
            int depth,
            Runnable behindEach) {
        DispatchContext current = attached();
        current.enter(lane, depth);
        boolean isTimed = lane.isTimed();
        long start = isTimed ? System.nanoTime() : 0;
        guard.begin();
        Handler[] handlers = lane.handlers;
        for (int i = 0; i < handlers.length && !current.isStopped(); i++) {
            Handler handler = handlers[i];
            if (handler.quarantined) {
                continue;
            }
            Record event = raised == null ? lane.decoded[handler.recordIndex] : raised;
            Throwable thrown = null;
            guard.enter(handler);
            try {
                handler.run(event, sender, current);
            } catch (Throwable e) {
                thrown = e;
            }
            if (guard.leave(handler, event, thrown) != null) {
                EventLane.count(lane.faults);
            }
            behindEach.run();
        }
        guard.end();
        if (isTimed) {
            lane.time(System.nanoTime() - start);
        }
        EventLane.count(lane.dispatched);
        if (current.isCancelled()) {
            EventLane.count(lane.cancelled);
        }
        Refusal refusal = current.refusal();
        if (refusal != null) {
            EventLane.count(lane.refused);
        }
        return refusal;
    }

    private DispatchContext attached() {
        DispatchContext current = context;
        if (current == null) {
            throw new IllegalStateException("the bus isn't attached to a world yet");
        }
        return current;
    }
}
