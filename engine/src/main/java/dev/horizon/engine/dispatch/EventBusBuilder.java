package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.Cancellable;
import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.events.Refusable;
import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gathers what plugins register and makes the bus of it. Used by the thread that assembles a node.
 */
public final class EventBusBuilder {
    private final Map<Class<?>, Draft> coreEvents = new LinkedHashMap<>();
    private final Map<Class<?>, Draft> pluginEvents = new LinkedHashMap<>();
    private final Map<String, Draft> clientEvents = new LinkedHashMap<>();
    private final Map<String, Draft> toClient = new LinkedHashMap<>();
    private final Map<String, RegisteredCommand> commands = new LinkedHashMap<>();
    private final Map<String, RegisteredTask<?, ?>> tasks = new LinkedHashMap<>();
    private final OfferedServices services = new OfferedServices();
    private int plugins;
    private int handlers;

    /** Where one plugin registers its events; call in order of dependency. */
    public EventRegistrar registrar(String plugin) {
        return new PluginEvents(plugin, plugins++);
    }

    /**
     * Adds a command.
     *
     * @throws HorizonException HZ-PLG-012 when the plugin has another of this name
     */
    public void command(RegisteredCommand command) {
        if (commands.putIfAbsent(command.name(), command) != null) {
            throw new HorizonException(
                    "HZ-PLG-012",
                    "plugin "
                            + command.plugin()
                            + " registers two commands named "
                            + command.spec().name()
                            + "; rename one");
        }
    }

    /**
     * Adds slow work.
     *
     * @throws HorizonException HZ-PLG-020 when another task takes its input
     */
    public void async(RegisteredTask<?, ?> task) {
        if (tasks.putIfAbsent(task.name(), task) != null) {
            throw new HorizonException(
                    "HZ-PLG-020",
                    "plugin "
                            + task.plugin()
                            + " registers slow work for "
                            + task.name()
                            + ", which another takes; use a record of its own");
        }
    }

    /**
     * Adds an event that a service takes from other nodes.
     *
     * @throws HorizonException HZ-SVC-004 for a type that is none, HZ-EVT-008 when no payload
     *     carries the record
     */
    public void offer(String plugin, String type, Class<? extends Record> event) {
        services.add(plugin, type, event);
    }

    /**
     * Makes the bus.
     *
     * @param catalogueVersion grows with every reload that changes a shape
     * @throws HorizonException HZ-EVT-011 when two events share an id
     */
    public EventBus build(int catalogueVersion) {
        List<EventShape> shapes = new ArrayList<>();
        for (Draft draft : clientEvents.values()) {
            shapes.add(draft.codecs.getFirst().shape());
        }
        for (Draft draft : toClient.values()) {
            shapes.add(draft.codecs.getFirst().shape());
        }
        EventCatalogue catalogue;
        try {
            catalogue = new EventCatalogue(catalogueVersion, shapes);
        } catch (IllegalArgumentException e) {
            throw new HorizonException("HZ-EVT-011", String.valueOf(e.getMessage()), e);
        }
        return new EventBus(
                new Routes(
                        lanes(coreEvents),
                        lanes(pluginEvents),
                        clientEvents.values().stream().map(Draft::lane).toList(),
                        toClient.values().stream().flatMap(draft -> draft.codecs.stream()).toList(),
                        List.copyOf(commands.values()),
                        new LinkedHashMap<>(tasks),
                        services,
                        catalogue));
    }

    private static Map<Class<?>, EventLane> lanes(Map<Class<?>, Draft> drafts) {
        Map<Class<?>, EventLane> lanes = new LinkedHashMap<>();
        drafts.forEach((type, draft) -> lanes.put(type, draft.lane()));
        return lanes;
    }

    /** An event type while its plugins are still being set up. */
    private static final class Draft {
        final String name;
        final String firstPlugin;
        final boolean cancellable;
        final boolean refusable;
        final List<EventCodec<?>> codecs = new ArrayList<>();
        final List<Handler> handlers = new ArrayList<>();

        Draft(String name, String firstPlugin, Class<?> event) {
            this.name = name;
            this.firstPlugin = firstPlugin;
            cancellable = event.isAnnotationPresent(Cancellable.class);
            refusable = event.isAnnotationPresent(Refusable.class);
        }

        /** The index of a record class among the event's; shapes must be equal. */
        int record(EventCodec<?> codec, String plugin) {
            for (int i = 0; i < codecs.size(); i++) {
                if (codecs.get(i).type() == codec.type()
                        && codecs.get(i).shape().equals(codec.shape())) {
                    return i;
                }
            }
            if (!codecs.isEmpty() && !codecs.getFirst().shape().equals(codec.shape())) {
                throw EventLane.shapesDiffer(name, firstPlugin, plugin);
            }
            codecs.add(codec);
            return codecs.size() - 1;
        }

        EventLane lane() {
            List<Handler> ordered = new ArrayList<>(handlers);
            ordered.sort(
                    Comparator.<Handler>comparingInt(handler -> handler.priority)
                            .thenComparingInt(handler -> handler.pluginOrder)
                            .thenComparingInt(handler -> handler.sequence));
            return new EventLane(
                    name,
                    cancellable,
                    refusable || !codecs.isEmpty(),
                    !codecs.isEmpty() && codecs.getFirst().shape().latestWins(),
                    ordered.toArray(new Handler[0]),
                    codecs.toArray(new EventCodec<?>[0]));
        }
    }

    /** One plugin's view of the builder. */
    private final class PluginEvents implements EventRegistrar {
        private final String plugin;
        private final int order;

        PluginEvents(String plugin, int order) {
            this.plugin = plugin;
            this.order = order;
        }

        @Override
        public <E extends Record> void on(Class<E> event, int priority, EventHandler<E> handler) {
            if (!event.getName().startsWith("dev.horizon.engine.events.")) {
                throw new HorizonException(
                        "HZ-EVT-012",
                        "plugin "
                                + plugin
                                + " handles "
                                + event.getName()
                                + " as a core event, which it isn't; use onPlugin or onClient");
            }
            add(plain(coreEvents, event), priority, handler, 0);
        }

        @Override
        public <E extends Record> void onPlugin(
                Class<E> event, int priority, EventHandler<E> handler) {
            add(plain(pluginEvents, event), priority, handler, 0);
        }

        @Override
        public <E extends Record> void onClient(
                String namespace,
                String event,
                Class<E> type,
                int priority,
                ClientEventHandler<E> handler) {
            client(namespace, event, type, priority, false, handler);
        }

        @Override
        public <E extends Record> void onInput(
                String namespace, String event, Class<E> type, ClientEventHandler<E> handler) {
            client(namespace, event, type, NORMAL, true, handler);
        }

        @Override
        public <E extends Record> void toClient(String namespace, String event, Class<E> type) {
            named(toClient, namespace, event, type)
                    .record(
                            EventCodec.of(Direction.TO_CLIENT, namespace, event, false, type),
                            plugin);
        }

        private <E extends Record> void client(
                String namespace,
                String event,
                Class<E> type,
                int priority,
                boolean latestWins,
                ClientEventHandler<E> handler) {
            Draft draft = named(clientEvents, namespace, event, type);
            int index =
                    draft.record(
                            EventCodec.of(
                                    Direction.FROM_CLIENT, namespace, event, latestWins, type),
                            plugin);
            add(draft, priority, handler, index);
        }

        private void add(Draft draft, int priority, Object code, int recordIndex) {
            long mine =
                    draft.handlers.stream().filter(other -> other.plugin.equals(plugin)).count();
            String name = plugin + "/" + draft.name + (mine == 0 ? "" : "#" + (mine + 1));
            draft.handlers.add(
                    new Handler(plugin, name, priority, order, handlers++, code, recordIndex));
        }

        private Draft plain(Map<Class<?>, Draft> events, Class<?> event) {
            return events.computeIfAbsent(event, type -> new Draft(name(type), plugin, type));
        }

        /** Of two plugins' records of one name, the second is called by its whole name. */
        private String name(Class<?> type) {
            String name = type.getSimpleName();
            boolean isTaken =
                    Stream.of(coreEvents, pluginEvents)
                            .flatMap(events -> events.values().stream())
                            .anyMatch(draft -> draft.name.equals(name));
            return isTaken ? type.getName() : name;
        }

        private Draft named(
                Map<String, Draft> events, String namespace, String event, Class<?> type) {
            if (!namespace.matches("[a-z][a-z0-9-]{0,31}")
                    || !event.matches("[a-z][a-z0-9_-]{0,47}")) {
                throw new HorizonException(
                        "HZ-EVT-013",
                        "plugin "
                                + plugin
                                + " names an event '"
                                + namespace
                                + ":"
                                + event
                                + "'; use lower-case letters, digits and dashes");
            }
            return events.computeIfAbsent(
                    namespace + ":" + event, name -> new Draft(name, plugin, type));
        }
    }
}
