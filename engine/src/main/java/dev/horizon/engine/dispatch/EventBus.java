package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.events.RawClientMessage;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to their handlers, on the tick thread, in order of priority, plugin and
 * registration. A handler that throws is quarantined at once; the rest goes on. Allocates nothing
 * but the event records that it makes from bytes. Statistics and reports may be read by any thread.
 */
public final class EventBus {
    /** Of a handler's name: what records and plugins can be called stays far below. */
    private static final int NAME_BYTES_MAX = 4_096;

    private final Map<Class<?>, EventLane> coreEvents;
    private final Map<Class<?>, EventLane> pluginEvents;
    private final Int2ObjectHashMap<EventLane> clientEvents = new Int2ObjectHashMap<>();
    private final Map<Class<?>, EventCodec<?>> outgoing = new LinkedHashMap<>();
    private final Map<String, Handler> commands = new LinkedHashMap<>();
    private final List<RegisteredCommand> registeredCommands;
    private final List<EventLane> lanes = new ArrayList<>();
    private final List<Handler> all = new ArrayList<>();
    private final EventCatalogue catalogue;
    private final PluginEventQueue queue = new PluginEventQueue();
    private final PayloadReader reader = new PayloadReader();
    private final Quarantine quarantine = new Quarantine();
    private @Nullable DispatchContext context;
    private @Nullable Tick tick;
    private @Nullable TickWatcher watcher;

    EventBus(
            Map<Class<?>, EventLane> coreEvents,
            Map<Class<?>, EventLane> pluginEvents,
            List<EventLane> clientLanes,
            List<EventCodec<?>> toClient,
            List<RegisteredCommand> commands,
            EventCatalogue catalogue) {
        this.coreEvents = coreEvents;
        this.pluginEvents = pluginEvents;
        this.registeredCommands = commands;
        this.catalogue = catalogue;
        for (EventLane lane : clientLanes) {
            clientEvents.put(lane.codecs[0].shape().id(), lane);
        }
        for (EventCodec<?> codec : toClient) {
            EventCodec<?> other = outgoing.putIfAbsent(codec.type(), codec);
            if (other != null) {
                throw new HorizonException(
                        "HZ-EVT-014",
                        "record "
                                + codec.type().getName()
                                + " is declared for clients as two events; use a record for each");
            }
        }
        for (RegisteredCommand command : commands) {
            this.commands.put(
                    command.name(),
                    new Handler(
                            command.plugin(), command.name(), 0, 0, 0, command.spec().action(), 0));
        }
        lanes.addAll(coreEvents.values());
        lanes.addAll(clientLanes);
        lanes.addAll(pluginEvents.values());
        lanes.forEach(lane -> all.addAll(List.of(lane.handlers)));
        all.addAll(this.commands.values());
    }

    /** Starts an empty bus. */
    public static EventBusBuilder builder() {
        return new EventBusBuilder();
    }

    /** Says what handlers work on; once, before the first event. */
    public void attach(Tick currentTick, World world, Players players) {
        tick = currentTick;
        context = new DispatchContext(currentTick, world, players, queue);
    }

    /** Tells a watcher of each handler and command; null for none. */
    public void watch(@Nullable TickWatcher by) {
        watcher = by;
    }

    private void ran(Handler handler) {
        TickWatcher by = watcher;
        if (by != null) {
            by.ran(handler.name);
        }
    }

    /** Dispatches a core event and the plugin events that follow from it. */
    public void dispatch(Record event) {
        EventLane lane = coreEvents.get(event.getClass());
        if (lane != null) {
            lane.decoded[0] = event;
            run(lane, null, 0);
        }
        drainPluginEvents();
    }

    /**
     * Dispatches a client's event and the plugin events that follow from it.
     *
     * @return why it was refused, or null
     */
    public @Nullable Refusal dispatchClient(
            int eventId, Player sender, DirectBuffer buffer, int offset, int length) {
        EventLane lane = clientEvents.get(eventId);
        if (lane == null) {
            return new Refusal(
                    "HZ-EVT-015",
                    "this node has no event with the id " + eventId + "; ask for its catalogue");
        }
        try {
            lane.decode(reader, buffer, offset, length);
        } catch (HorizonException e) {
            lane.refused.incrementAndGet();
            return new Refusal(e.code(), String.valueOf(e.getMessage()));
        }
        run(lane, sender, 0);
        Refusal refusal = attached().refusal();
        drainPluginEvents();
        return refusal;
    }

    /** True when only the latest event of this id per player and tick is to be dispatched. */
    public boolean isLatestWins(int eventId) {
        EventLane lane = clientEvents.get(eventId);
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
        Handler handler = commands.get(name);
        if (handler == null) {
            throw new HorizonException(
                    "HZ-CMD-001",
                    "no command '"
                            + name
                            + "'; there are: "
                            + String.join(", ", commands.keySet()));
        }
        if (handler.quarantined) {
            throw new HorizonException(
                    "HZ-CMD-002",
                    "command '" + name + "' threw before; lift it with engine:lift " + name);
        }
        attached().enter(null, 0);
        try {
            return ((dev.horizon.engine.plugin.CommandSpec.Action) handler.code)
                    .run(arguments, attached());
        } catch (IllegalArgumentException e) {
            throw new HorizonException(
                    "HZ-CMD-004", e.getMessage() + " (usage: " + name + " " + usage(name) + ")", e);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            quarantine(handler, String.join(" ", arguments), e);
            throw new HorizonException(
                    "HZ-CMD-003", "command '" + name + "' threw " + e + "; it is quarantined", e);
        } finally {
            ran(handler);
            drainPluginEvents();
        }
    }

    /**
     * The codec of a record that a plugin declared with toClient.
     *
     * @throws IllegalArgumentException when nobody declared it
     */
    public EventCodec<?> outgoing(Class<?> type) {
        EventCodec<?> codec = outgoing.get(type);
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
        return catalogue;
    }

    /** True when a plugin takes envelopes that no plugin declared. */
    public boolean acceptsRaw() {
        return coreEvents.containsKey(RawClientMessage.class);
    }

    /** The commands, in order of plugin and registration. */
    public List<RegisteredCommand> commands() {
        return registeredCommands;
    }

    /** Counters and times of every event type. */
    public List<EventStatistics> statistics() {
        return lanes.stream().map(EventLane::statistics).toList();
    }

    /** What is known of handlers that threw, and of systems. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** Names of handlers and commands that don't run now. */
    public List<String> quarantined() {
        List<String> names = new ArrayList<>();
        for (EventLane lane : lanes) {
            for (Handler handler : lane.handlers) {
                if (handler.quarantined) {
                    names.add(handler.name);
                }
            }
        }
        for (Handler handler : commands.values()) {
            if (handler.quarantined) {
                names.add(handler.name);
            }
        }
        return names;
    }

    /**
     * Writes which handlers and commands don't run now, a line each: number among those of its name
     * and name. Allocates nothing.
     *
     * @return bytes written
     */
    public int writeQuarantined(MutableDirectBuffer out, int offset) {
        int at = offset;
        for (int i = 0; i < all.size(); i++) {
            Handler handler = all.get(i);
            if (handler.quarantined) {
                at += out.putIntAscii(at, handler.sequence);
                out.putByte(at++, (byte) ' ');
                at += Utf8.encode(handler.name, out, at, NAME_BYTES_MAX);
                out.putByte(at++, (byte) '\n');
            }
        }
        return at - offset;
    }

    /** Quarantines what a line of {@link #writeQuarantined} names; nothing where nobody has it. */
    public void quarantine(String line) {
        int space = line.indexOf(' ');
        int sequence = Integer.parseInt(line.substring(0, space));
        String name = line.substring(space + 1);
        for (Handler handler : all) {
            if (handler.sequence == sequence && handler.name.equals(name)) {
                handler.quarantined = true;
            }
        }
    }

    /** Lets a handler or command run again; false where none of this name is in quarantine. */
    public boolean lift(String name) {
        for (EventLane lane : lanes) {
            for (Handler handler : lane.handlers) {
                if (handler.quarantined && handler.name.equals(name)) {
                    handler.quarantined = false;
                    return true;
                }
            }
        }
        Handler command = commands.get(name);
        if (command != null && command.quarantined) {
            command.quarantined = false;
            return true;
        }
        return false;
    }

    private void drainPluginEvents() {
        int depth = queue.nextDepth();
        while (depth != 0) {
            Record event = queue.remove();
            EventLane lane = pluginEvents.get(event.getClass());
            if (lane != null) {
                lane.decoded[0] = event;
                run(lane, null, depth);
            }
            depth = queue.nextDepth();
        }
    }

    @SuppressWarnings("unchecked")
    private void run(EventLane lane, @Nullable Player sender, int depth) {
        DispatchContext current = attached();
        current.enter(lane, depth);
        long start = System.nanoTime();
        Handler[] handlers = lane.handlers;
        for (int i = 0; i < handlers.length && !current.isStopped(); i++) {
            Handler handler = handlers[i];
            if (handler.quarantined) {
                continue;
            }
            Record event = lane.decoded[handler.recordIndex];
            try {
                if (sender == null) {
                    ((EventHandler<Record>) handler.code).handle(event, current);
                } else {
                    ((ClientEventHandler<Record>) handler.code).handle(event, sender, current);
                }
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                lane.faults.incrementAndGet();
                quarantine(handler, describe(event), e);
            }
            ran(handler);
        }
        lane.time(System.nanoTime() - start);
        lane.dispatched.incrementAndGet();
        if (current.isCancelled()) {
            lane.cancelled.incrementAndGet();
        }
        if (current.refusal() != null) {
            lane.refused.incrementAndGet();
        }
    }

    private void quarantine(Handler handler, String event, Throwable fault) {
        handler.quarantined = true;
        Tick now = tick;
        quarantine.add(handler.name, handler.plugin, now == null ? 0 : now.number(), event, fault);
    }

    private static String describe(Record event) {
        try {
            return event.toString();
        } catch (RuntimeException e) {
            return event.getClass().getName() + " (its toString threw " + e + ")";
        }
    }

    private String usage(String name) {
        for (RegisteredCommand command : registeredCommands) {
            if (command.name().equals(name)) {
                return command.spec().usage();
            }
        }
        return "";
    }

    private DispatchContext attached() {
        DispatchContext current = context;
        if (current == null) {
            throw new IllegalStateException("the bus isn't attached to a world yet");
        }
        return current;
    }
}
