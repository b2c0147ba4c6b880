package dev.horizon.perf.plugins.broken;

import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** Throws in set-up. */
public final class ThrowingPlugin implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        throw new IllegalStateException("as it was told to");
    }
}
