package dev.horizon.plugins.chat;

/**
 * What clients hear: {@code chat:message}.
 *
 * @param from name of the player who said it
 * @param message the text
 */
public record ChatLine(String from, String message) {}
