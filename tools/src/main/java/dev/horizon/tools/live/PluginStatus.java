package dev.horizon.tools.live;

/**
 * One plugin.
 *
 * @param name as in its descriptor, or the jar's name where that can't be read
 * @param version as in its descriptor
 * @param state loaded or refused
 * @param detail what it registered, or why it was refused
 */
public record PluginStatus(String name, String version, String state, String detail) {}
