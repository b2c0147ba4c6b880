package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * On a player's entity: which ship they fly.
 *
 * @param ship theirs
 */
@Component
public record Pilot(EntityId ship) {}
