package dev.horizon.plugins.mining;

import dev.horizon.engine.world.Component;

/**
 * On a player's ship: what its laser cuts per cycle where nobody has a claim.
 *
 * @param unitsPerCycle as the ship was built
 */
@Component
public record Drill(int unitsPerCycle) {}
