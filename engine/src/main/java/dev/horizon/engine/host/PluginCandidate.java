package dev.horizon.engine.host;

import dev.horizon.engine.plugin.Plugin;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that may be set up: a jar, or an object.
 *
 * @param jar of the plugin, or null for an object
 * @param instance the object, or null for a jar
 */
record PluginCandidate(
        PluginDescriptor descriptor,
        String origin,
        String sha256,
        @Nullable PluginJar jar,
        @Nullable Plugin instance) {}
