package dev.horizon.tools.live;

/**
 * A command that operators may give.
 *
 * @param name with its plugin's, as in {@code economy:ledger}
 * @param usage its arguments
 * @param help one sentence
 */
public record CommandStatus(String name, String usage, String help) {}
