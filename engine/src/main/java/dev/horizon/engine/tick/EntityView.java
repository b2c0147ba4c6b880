package dev.horizon.engine.tick;

import dev.horizon.engine.world.EntityId;
import java.util.Map;

/**
 * A copy of an entity as it was at the end of one tick.
 *
 * @param id whose
 * @param tick when
 * @param components by name, in order of name
 */
public record EntityView(EntityId id, long tick, Map<String, Record> components) {}
