package dev.horizon.perf.plugins.broken;

import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** Asks in set-up for an array that no memory holds. */
public final class GreedyPlugin implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        throw new IllegalStateException("it has " + new long[Integer.MAX_VALUE].length);
    }
}
