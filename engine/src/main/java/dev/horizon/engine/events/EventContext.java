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
     * Raises a plugin event in a later tick. It waits in the world, as bytes: it is captured,
     * survives reloads of its plugin, and keeps the fields that the record still has then.
     *
     * @param ticks from now, at least 1
     * @throws dev.horizon.engine.plugin.HorizonException HZ-EVT-008 when the record has a field
     *     that no payload carries, HZ-EVT-022 when it takes more than 192 bytes
     */
    void after(long ticks, Record event);

    /**
     * Starts the slow work that {@link dev.horizon.engine.plugin.Registrar#async} registered for
     * the input's type. Its answer comes as a plugin event of a later tick.
     *
     * @throws IllegalArgumentException when nothing is registered for it
     */
    void async(Record input);

    /** Events to services, on this node and on others of the mesh. */
    Services services();

    /**
     * Stops the event from reaching handlers of later priority.
     *
     * @throws UnsupportedOperationException when the event type isn't {@link Cancellable}
     */
    void cancel();

    /**
     * Refuses a client's event, or what a {@link Refusable} one asks: who sent it, or wanted it, is
     * told the code and the reason. Handlers of later priority don't hear of it.
     *
     * @throws UnsupportedOperationException in a handler of another kind of event
     */
    void refuse(String code, String reason);
}
