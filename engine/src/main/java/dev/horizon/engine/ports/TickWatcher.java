package dev.horizon.engine.ports;

/**
 * Hears, in the order of a tick, after which piece of code the world may be another: for who runs a
 * tick again to find what wrote a field. On the tick thread, which waits meanwhile; between two
 * calls no other thread writes.
 */
@FunctionalInterface
public interface TickWatcher {
    /** What the engine does itself with inputs and sessions. */
    String ENGINE = "engine";

    /** Structural changes that handlers asked for, those that ran since the last of these. */
    String HANDLERS = "handlers";

    /**
     * Some code ran.
     *
     * @param name of a handler, command or system; {@link #ENGINE} or {@link #HANDLERS}. A system
     *     comes a second time when what it spawned and destroyed has been applied
     */
    void ran(String name);
}
