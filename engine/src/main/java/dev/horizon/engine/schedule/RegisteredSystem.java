package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.SystemSpec;

/**
 * A system and the plugin that registered it.
 *
 * @param plugin name of the plugin
 * @param spec the system
 */
public record RegisteredSystem(String plugin, SystemSpec spec) {
    /** The name that is unique in a node: {@code plugin/name}. */
    public String qualifiedName() {
        return plugin + "/" + spec.name();
    }
}
