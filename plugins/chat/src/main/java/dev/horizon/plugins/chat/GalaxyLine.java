package dev.horizon.plugins.chat;

/**
 * From node to node: something said on GALAXY.
 *
 * @param speaker number of the player who said it
 * @param from their name
 * @param message what
 */
public record GalaxyLine(long speaker, String from, String message) {}
