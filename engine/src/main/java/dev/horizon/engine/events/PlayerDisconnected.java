package dev.horizon.engine.events;

/**
 * Core event {@code player_disconnected}: a session ended. The player's entity still exists while
 * handlers run.
 *
 * @param player who
 * @param reason why
 */
public record PlayerDisconnected(Player player, DisconnectReason reason) {}
