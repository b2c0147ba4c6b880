package dev.horizon.engine.host;

/**
 * A plugin that is set up.
 *
 * @param descriptor what it says of itself
 * @param origin the jar, or its class
 * @param sha256 of the jar in hex; empty for a plugin object
 */
public record LoadedPlugin(PluginDescriptor descriptor, String origin, String sha256) {}
