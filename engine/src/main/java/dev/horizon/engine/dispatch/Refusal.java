package dev.horizon.engine.dispatch;

/**
 * Why a client's event was refused, or what an event of the engine asked.
 *
 * @param code stable
 * @param reason for who sent or wanted it
 */
public record Refusal(String code, String reason) {}
