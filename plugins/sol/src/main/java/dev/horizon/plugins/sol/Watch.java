package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;

/**
 * On a player's ship: what its player was told last.
 *
 * @param bay that it was in, or -1
 */
@Component
public record Watch(byte bay) {}
