package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Which event reaches which handlers: all that plugins registered, and what of it is skipped. */
final class Routes {
    /** Of a handler's name: what records and plugins can be called stays far below. */
    static final int NAME_BYTES_MAX = 4_096;

    final Map<Class<?>, EventLane> coreEvents;
    final Map<Class<?>, EventLane> pluginEvents;
    final Int2ObjectHashMap<EventLane> clientEvents = new Int2ObjectHashMap<>();
    final Map<Class<?>, EventCodec<?>> outgoing = new LinkedHashMap<>();
    final Map<String, Handler> commands = new LinkedHashMap<>();
    final List<RegisteredCommand> registeredCommands;
    final List<EventLane> lanes = new ArrayList<>();

    /** Every handler, then every command, in order. */
    final List<Handler> all = new ArrayList<>();

    final EventCatalogue catalogue;
    private final Map<String, RegisteredTask<?, ?>> tasks;
    final OfferedServices services;

    /** How plugin events become bytes where they wait; made when the first of a kind does. */
    private final Map<String, EventCodec<?>> waiting = new LinkedHashMap<>();

    Routes(
            Map<Class<?>, EventLane> coreEvents,
            Map<Class<?>, EventLane> pluginEvents,
            List<EventLane> clientLanes,
            List<EventCodec<?>> toClient,
            List<RegisteredCommand> commands,
            Map<String, RegisteredTask<?, ?>> tasks,
            OfferedServices services,
            EventCatalogue catalogue) {
        this.coreEvents = coreEvents;
        this.pluginEvents = pluginEvents;
        this.registeredCommands = commands;
        this.tasks = tasks;
        this.services = services;
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

    /** The handler or command of a name, or null. */
    @Nullable Handler find(String name) {
        for (EventLane lane : lanes) {
            for (Handler handler : lane.handlers) {
                if (handler.name.equals(name)) {
                    return handler;
                }
            }
        }
        return commands.get(name);
    }

    /** The slow work that is asked with a record of this class name, or null. */
    @Nullable RegisteredTask<?, ?> task(String input) {
        return tasks.get(input);
    }

    /**
     * How a plugin event of this class name becomes bytes and back; null where nobody handles it.
     */
    @Nullable EventCodec<?> waiting(String event) {
        EventCodec<?> known = waiting.get(event);
        if (known == null) {
            for (Class<?> type : pluginEvents.keySet()) {
                if (type.getName().equals(event)) {
                    known = waiting(type.asSubclass(Record.class));
                }
            }
        }
        return known;
    }

    /** How a record becomes bytes while it waits. */
    EventCodec<?> waiting(Class<? extends Record> type) {
        EventCodec<?> known = waiting.get(type.getName());
        if (known == null) {
            known = EventCodec.of(Direction.FROM_CLIENT, "plugin", type.getName(), false, type);
            waiting.put(type.getName(), known);
        }
        return known;
    }

    /** Every handler, then every command, in order. */
    void forEach(Consumer<Handler> visit) {
        all.forEach(visit);
    }

    /** Quarantines what was so among others, where its code is still the same. */
    void follow(Routes before, Predicate<String> keeps) {
        for (Handler was : before.all) {
            for (Handler now : all) {
                now.quarantined |= was.quarantined && keeps.test(was.plugin) && now.isNamed(was);
            }
        }
    }

    /** Skips, or no longer skips, all of a plugin. */
    void skip(String plugin, boolean isSkipped) {
        for (Handler handler : all) {
            if (handler.plugin.equals(plugin)) {
                handler.quarantined = isSkipped;
            }
        }
    }

    /** Names of what doesn't run now. */
    List<String> quarantined() {
        return all.stream().filter(each -> each.quarantined).map(each -> each.name).toList();
    }

    /** Writes what doesn't run now, a line each; allocates nothing. */
    int writeQuarantined(MutableDirectBuffer out, int offset) {
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

    /** Quarantines what such a line names. */
    void quarantine(String line) {
        int space = line.indexOf(' ');
        int sequence = Integer.parseInt(line.substring(0, space));
        String name = line.substring(space + 1);
        for (Handler handler : all) {
            if (handler.sequence == sequence && handler.name.equals(name)) {
                handler.quarantined = true;
            }
        }
    }

    /** The usage of a command. */
    String usage(String name) {
        for (RegisteredCommand command : registeredCommands) {
            if (command.name().equals(name)) {
                return command.spec().usage();
            }
        }
        return "";
    }
}
