package dev.horizon.engine.dispatch;

/**
 * Why a client's event was refused.
 *
 * @param code stable
 * @param reason for the sender
 */
public record Refusal(String code, String reason) {}
