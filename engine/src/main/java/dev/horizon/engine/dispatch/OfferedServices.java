package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.events.Services;
import dev.horizon.engine.plugin.HorizonException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Service types that plugins offer to the mesh, each with the events that it takes. For any thread.
 */
public final class OfferedServices {
    private static final Pattern NAME =
            Pattern.compile("[a-z][a-z0-9-]{0,%d}".formatted(Services.TYPE_LENGTH_MAX - 1));

    private final Map<String, Set<String>> events = new TreeMap<>();

    OfferedServices() {}

    /** Before others read it. */
    void add(String plugin, String type, Class<? extends Record> event) {
        if (!NAME.matcher(type).matches()) {
            throw refused(plugin, type, "name it with lower-case letters, digits and dashes");
        }
        if (!events.containsKey(type) && events.size() == Services.TYPES_MAX) {
            throw refused(plugin, type, "a node offers " + Services.TYPES_MAX + " types at most");
        }
        EventCodec.of(Direction.FROM_CLIENT, "plugin", event.getName(), false, event);
        events.computeIfAbsent(type, key -> new TreeSet<>()).add(event.getName());
    }

    private static HorizonException refused(String plugin, String type, String why) {
        return new HorizonException(
                "HZ-SVC-004", "plugin " + plugin + " offers a service '" + type + "': " + why);
    }

    /** All types, in order of their names. */
    public List<String> types() {
        return List.copyOf(events.keySet());
    }

    /** True when a plugin offers a type. */
    public boolean has(String type) {
        return events.containsKey(type);
    }

    /** True when a type takes an event, by the class name of its record. */
    public boolean has(String type, String event) {
        return events.getOrDefault(type, Set.of()).contains(event);
    }
}
