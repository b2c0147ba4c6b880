package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * What a station keeps; unbounded but for {@link Integer#MAX_VALUE}.
 *
 * @param units by ordinal of {@link Commodity}
 */
@Component
public record Store(@Length(Commodity.COUNT) int[] units) {}
