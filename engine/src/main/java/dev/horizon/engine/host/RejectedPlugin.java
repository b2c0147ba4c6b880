package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;

/**
 * A plugin that was left out, and why.
 *
 * @param origin the jar, or the plugin's name
 * @param reason with a code
 */
public record RejectedPlugin(String origin, HorizonException reason) {}
