package dev.horizon.plugins.chat;

import dev.horizon.engine.world.Component;

/**
 * How much a player may still say: a token bucket on the entity of their session.
 *
 * @param messages that may be said at once, with the part of the next one
 * @param tick for which that holds
 */
@Component
public record ChatAllowance(double messages, long tick) {}
