package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.CommandSpec;

/**
 * A command and whose it is.
 *
 * @param plugin name of the plugin
 * @param spec as registered
 */
public record RegisteredCommand(String plugin, CommandSpec spec) {
    /** The name that operators type. */
    public String name() {
        return plugin + ":" + spec.name();
    }
}
