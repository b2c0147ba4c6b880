package dev.horizon.engine.events;

/**
 * Core event {@code player_connected}: a player's session begins, or goes on after a lost
 * connection.
 *
 * @param player who
 * @param resumed true when the session went on
 * @param remoteAddress of the connection, as the gateway saw it
 */
public record PlayerConnected(Player player, boolean resumed, String remoteAddress) {}
