package dev.horizon.net.client;

import tools.jackson.databind.JsonNode;

/**
 * An event that a server sent.
 *
 * @param namespace such as {@code chat}
 * @param event such as {@code message}
 * @param data the fields
 */
public record ServerEvent(String namespace, String event, JsonNode data) {
    /** True for an event of these names. */
    public boolean is(String otherNamespace, String otherEvent) {
        return namespace.equals(otherNamespace) && event.equals(otherEvent);
    }
}
