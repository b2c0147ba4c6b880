package dev.horizon.plugins.combat;

import dev.horizon.engine.world.Component;

/**
 * On a player's armed ship: the catch on its trigger.
 *
 * @param heldAt tick, its low 32 bits, at which it held last; 0 for never
 */
@Component
public record Safety(int heldAt) {}
