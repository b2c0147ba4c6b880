package dev.horizon.plugins.greeter;

/**
 * What the greeter says to a client: {@code greeter:greeting}.
 *
 * @param text for the player to read
 */
public record Greeting(String text) {}
