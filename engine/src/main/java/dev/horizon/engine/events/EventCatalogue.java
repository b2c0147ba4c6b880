package dev.horizon.engine.events;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All event shapes of a node at one version: what a gateway checks envelopes against. Immutable and
 * thread-safe.
 */
public final class EventCatalogue {
    private final int version;
    private final Map<Integer, EventShape> byId = new LinkedHashMap<>();
    private final Map<String, EventShape> fromClient = new LinkedHashMap<>();

    /**
     * Indexes the shapes.
     *
     * @throws IllegalArgumentException when two different events share an id
     */
    public EventCatalogue(int version, Collection<EventShape> shapes) {
        this.version = version;
        for (EventShape shape : shapes) {
            EventShape other = byId.putIfAbsent(shape.id(), shape);
            if (other != null) {
                throw new IllegalArgumentException(
                        "events "
                                + key(other.namespace(), other.event())
                                + " and "
                                + key(shape.namespace(), shape.event())
                                + " share the id "
                                + shape.id()
                                + "; rename one of them");
            }
            if (shape.direction() == EventShape.Direction.FROM_CLIENT) {
                fromClient.put(key(shape.namespace(), shape.event()), shape);
            }
        }
    }

    /** Grows with every reload that changes a shape. */
    public int version() {
        return version;
    }

    /** The event with an id, or null. */
    public @Nullable EventShape byId(int id) {
        return byId.get(id);
    }

    /** The event that clients send under these names, or null. */
    public @Nullable EventShape fromClient(String namespace, String event) {
        return fromClient.get(key(namespace, event));
    }

    /** All shapes. */
    public List<EventShape> shapes() {
        return List.copyOf(byId.values());
    }

    private static String key(String namespace, String event) {
        return namespace + ":" + event;
    }
}
