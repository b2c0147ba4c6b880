package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;

/**
 * What the plugin knows of the system as a whole.
 *
 * @param generated true once the system was laid out, so that a second region lays out nothing
 */
@Component
public record SolState(boolean generated) {}
