package dev.horizon.plugins.fleetai;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;

/**
 * On a ship: the squadron whose tactic it follows.
 *
 * @param squadron entity with a {@link Squadron}
 */
@Component
public record Squadmate(@Key EntityId squadron) {}
