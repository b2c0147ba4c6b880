package dev.horizon.tools.live;

import java.util.Map;

/**
 * One entity.
 *
 * @param id as in {@code 1:42}
 * @param tick at which it was read
 * @param components by name, each as fields by name
 */
public record EntityStatus(String id, long tick, Map<String, Map<String, Object>> components) {}
