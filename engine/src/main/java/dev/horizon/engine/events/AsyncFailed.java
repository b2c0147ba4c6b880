package dev.horizon.engine.events;

/**
 * Core event {@code async_failed}: slow work came to nothing.
 *
 * @param task class name of the record that it was asked with
 * @param reason what it threw, or that it took too long
 */
public record AsyncFailed(String task, String reason) {}
