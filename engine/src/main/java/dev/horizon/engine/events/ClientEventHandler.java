package dev.horizon.engine.events;

/**
 * Handles one type of event that clients send, on the tick thread, before the tick's systems run.
 *
 * @param <E> the event record
 */
@FunctionalInterface
public interface ClientEventHandler<E extends Record> {
    /** Handles one event of one player; an exception quarantines this handler. */
    void handle(E event, Player sender, EventContext context);
}
