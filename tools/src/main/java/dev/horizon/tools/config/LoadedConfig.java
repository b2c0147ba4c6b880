package dev.horizon.tools.config;

import java.util.List;

/**
 * A configuration with its history.
 *
 * @param config what the node runs with
 * @param values every effective value, in order of declaration; plugins' values last
 */
public record LoadedConfig(HorizonConfig config, List<EffectiveValue> values) {
    /** Copies the list. */
    public LoadedConfig {
        values = List.copyOf(values);
    }

    /**
     * One effective value.
     *
     * @param path dotted
     * @param value as text
     * @param origin who set it
     */
    public record EffectiveValue(String path, String value, Origin origin) {}
}
