package dev.horizon.tools.live;

import java.util.List;

/**
 * One plugin.
 *
 * @param name as in its descriptor, or the jar's name where that can't be read
 * @param version as in its descriptor
 * @param state loaded, disabled, refused, or not loaded
 * @param detail what it registered, or why it was refused
 * @param troubles what went wrong with it, the oldest first
 */
public record PluginStatus(
        String name, String version, String state, String detail, List<PluginTrouble> troubles) {
    /** Copies the list. */
    public PluginStatus {
        troubles = List.copyOf(troubles);
    }
}
