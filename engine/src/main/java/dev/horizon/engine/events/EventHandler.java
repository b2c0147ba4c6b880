package dev.horizon.engine.events;

/**
 * Handles one type of core or plugin event, on the tick thread, before the tick's systems run.
 *
 * @param <E> the event record
 */
@FunctionalInterface
public interface EventHandler<E extends Record> {
    /** Handles one event; an exception quarantines this handler. */
    void handle(E event, EventContext context);
}
