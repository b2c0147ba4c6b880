package dev.horizon.engine.events;

/**
 * Where a plugin says which events it handles. Handlers run in order of priority (lower first),
 * then of plugin dependency, then of registration.
 */
public interface EventRegistrar {
    /** Priority of handlers that don't name one. */
    int NORMAL = 0;

    /** Handles a core event, such as {@link PlayerConnected}. */
    default <E extends Record> void on(Class<E> event, EventHandler<E> handler) {
        on(event, NORMAL, handler);
    }

    /** Handles a core event at a priority. */
    <E extends Record> void on(Class<E> event, int priority, EventHandler<E> handler);

    /**
     * Handles an event that clients send as {@code {"namespace","event","data"}} or its binary
     * form. Data that doesn't fit the record is refused at the edge.
     */
    default <E extends Record> void onClient(
            String namespace, String event, Class<E> type, ClientEventHandler<E> handler) {
        onClient(namespace, event, type, NORMAL, handler);
    }

    /** Handles a client event at a priority. */
    <E extends Record> void onClient(
            String namespace,
            String event,
            Class<E> type,
            int priority,
            ClientEventHandler<E> handler);

    /**
     * Handles a client event of which only the latest per player and tick matters, such as the
     * position of a stick: earlier ones of the same tick are dropped.
     */
    <E extends Record> void onInput(
            String namespace, String event, Class<E> type, ClientEventHandler<E> handler);

    /** Handles an event that plugins raise with {@link EventContext#emit}. */
    default <E extends Record> void onPlugin(Class<E> event, EventHandler<E> handler) {
        onPlugin(event, NORMAL, handler);
    }

    /** Handles a plugin event at a priority. */
    <E extends Record> void onPlugin(Class<E> event, int priority, EventHandler<E> handler);

    /** Declares an event that this plugin sends to clients. */
    <E extends Record> void toClient(String namespace, String event, Class<E> type);
}
