package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventCatalogue;
import java.util.List;

/**
 * The catalogue in force.
 *
 * @param catalogue what plugins declared
 * @param raw true when a plugin takes envelopes that nobody declared
 */
record EventShapes(EventCatalogue catalogue, boolean raw) {
    static EventShapes none() {
        return new EventShapes(new EventCatalogue(0, List.of()), false);
    }
}
