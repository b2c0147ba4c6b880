package dev.horizon.plugins.chat;

import dev.horizon.engine.world.Component;

/**
 * On a player's entity: that an operator silenced them.
 *
 * @param until tick from which on they may talk again
 */
@Component
public record Silence(long until) {}
