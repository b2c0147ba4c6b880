package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Versions of plugins that came to nothing: refused, or not even built. The last of each plugin is
 * kept until one is loaded. Thread-safe.
 */
final class Setbacks {
    /** Names of plugins that never were are forgotten in time. */
    private static final int NAMES_MAX = 64;

    private static final int TEXT_MAX = 8_000;

    /**
     * What became of a version.
     *
     * @param tick that ran then
     * @param isBuilt false where it didn't come to a jar
     * @param text code and message
     */
    record Setback(long tick, boolean isBuilt, String text) {}

    private final Map<String, Setback> byPlugin = new LinkedHashMap<>();

    synchronized void refused(String plugin, long tick, HorizonException reason) {
        add(plugin, new Setback(tick, true, reason.code() + ": " + reason.getMessage()));
    }

    synchronized void unbuilt(String plugin, long tick, String text) {
        String kept = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
        add(plugin, new Setback(tick, false, kept));
    }

    private void add(String plugin, Setback setback) {
        byPlugin.remove(plugin);
        if (byPlugin.size() == NAMES_MAX) {
            byPlugin.remove(byPlugin.keySet().iterator().next());
        }
        byPlugin.put(plugin, setback);
    }

    synchronized void forget(String plugin) {
        byPlugin.remove(plugin);
    }

    /** By plugin, the oldest first; a copy. */
    synchronized Map<String, Setback> all() {
        return new LinkedHashMap<>(byPlugin);
    }
}
