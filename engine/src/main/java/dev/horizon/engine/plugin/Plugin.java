package dev.horizon.engine.plugin;

/**
 * The one class of a plugin. Named, with version, API version and dependencies, by the descriptor
 * {@code META-INF/horizon-plugin.properties} of its jar. Has a public constructor without
 * parameters and no mutable field: state lives in columns alone.
 */
@FunctionalInterface
public interface Plugin {
    /**
     * Registers components, systems, events and commands; called once, before the first tick, on
     * the thread that assembles the node. An exception keeps the plugin from being loaded.
     */
    void setup(Registrar registrar);
}
