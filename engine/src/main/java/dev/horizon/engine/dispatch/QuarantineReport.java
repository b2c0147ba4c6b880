package dev.horizon.engine.dispatch;

/**
 * Why a handler, command or system no longer runs, or what the engine found wrong with the world.
 *
 * @param name by which an operator lifts it
 * @param plugin whose code it is
 * @param tick to replay
 * @param event as text, shortened
 * @param stack of the exception
 */
public record QuarantineReport(String name, String plugin, long tick, String event, String stack) {}
