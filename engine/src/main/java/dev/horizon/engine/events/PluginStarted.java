package dev.horizon.engine.events;

/**
 * Core event {@code plugin_started}: from this tick on a plugin runs that was loaded, or replaced
 * by another version, while the node ticks. Not raised at the start of a node, where {@link
 * RegionStarted} is.
 *
 * @param plugin its name
 * @param version as in its descriptor
 * @param replaced true when another version ran before
 */
public record PluginStarted(String plugin, String version, boolean replaced) {}
