package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;

/**
 * Which numbers of audiences were given to ships that hide.
 *
 * @param count the number given last
 */
@Component
public record AudiencesGiven(int count) {}
