package dev.horizon.perf.plugins.broken;

import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** Runs out of stack in set-up. */
public final class DeepPlugin implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        deeper(registrar, 0);
    }

    private static long deeper(Registrar registrar, long depth) {
        return depth < 0 ? 0 : deeper(registrar, depth + 1) + 1;
    }
}
