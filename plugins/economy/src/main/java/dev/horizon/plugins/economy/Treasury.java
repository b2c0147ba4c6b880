package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * Marks the one account out of which newcomers are given money, stations are kept going and
 * bounties are paid, and into which surpluses flow back.
 *
 * @param newcomers that were given money
 */
@Component
public record Treasury(long newcomers) {}
