package dev.horizon.plugins.greeter;

/**
 * What a client says: {@code chat:message}.
 *
 * @param message the text
 */
public record ChatMessage(String message) {}
