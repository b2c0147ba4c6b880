package dev.horizon.plugins.convoys;

import dev.horizon.engine.world.Component;

/**
 * Marks the account of the company that all freighters trade for: what one earns isn't lost with
 * it.
 *
 * @param lent credits that the treasury lent it so far, less what went back
 */
@Component
public record Company(long lent) {}
