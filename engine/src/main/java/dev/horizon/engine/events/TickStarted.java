package dev.horizon.engine.events;

/**
 * Core event {@code tick_started}: the inputs of the tick have been handled, its systems run next.
 * For handlers that pass on to players what systems left for them in columns. Raised in every tick,
 * so a handler should find out at little cost that there is nothing to do.
 */
public record TickStarted() {
    /** The one there is, so that a tick makes none. */
    public static final TickStarted INSTANCE = new TickStarted();
}
