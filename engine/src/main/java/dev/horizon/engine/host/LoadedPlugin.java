package dev.horizon.engine.host;

import dev.horizon.engine.budget.PluginBudget;

/**
 * A plugin that is set up.
 *
 * @param descriptor what it says of itself
 * @param origin the jar, or its class
 * @param sha256 of the jar in hex; empty for a plugin object
 * @param budget where its own is another than that of all
 */
public record LoadedPlugin(
        PluginDescriptor descriptor, String origin, String sha256, PluginBudget budget) {}
