package dev.horizon.plugins.planted;

import dev.horizon.engine.ports.TickClock;

/** Knows a room that is the engine's own, so that a test can see it caught. */
public final class NosyPlugin {
    TickClock clock;
}
