package dev.horizon.engine.events;

import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.World;

/**
 * What a handler or command may do besides computing. Valid during the call, on the tick thread.
 */
public interface EventContext {
    /** The tick whose systems run next. */
    Tick tick();

    /** The world, by entity and record. */
    World world();

    /** The players with a session here, and messages to them. */
    Players players();

    /** Raises a plugin event; it is dispatched when the current handlers are done. */
    void emit(Record event);

    /**
     * Stops the event from reaching handlers of later priority.
     *
     * @throws UnsupportedOperationException when the event type isn't {@link Cancellable}
     */
    void cancel();

    /**
     * Refuses the client's event: the sender is told the code and the reason.
     *
     * @throws UnsupportedOperationException in a handler of another kind of event
     */
    void refuse(String code, String reason);
}
