package dev.horizon.tools.config;

/**
 * One value that someone set.
 *
 * @param path dotted, such as {@code node.tick-hz}
 * @param value text, number, boolean, or list of these or of tables
 * @param origin where it stands
 */
public record Setting(String path, Object value, Origin origin) {}
