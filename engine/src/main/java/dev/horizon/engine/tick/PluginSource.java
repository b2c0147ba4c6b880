package dev.horizon.engine.tick;

import dev.horizon.engine.host.LoadedPlugins;

/** Where a tick finds the plugins that a recorded change names. */
@FunctionalInterface
public interface PluginSource {
    /**
     * Loads them; on the tick thread.
     *
     * @param setup as was recorded: what a replay needs to make the world from this tick on
     */
    LoadedPlugins load(byte[] setup);
}
