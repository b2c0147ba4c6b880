package dev.horizon.engine.ports;

/**
 * A plugin's code that runs at this moment, as another thread sees it.
 *
 * @param name of the handler, command or system
 * @param plugin whose code it is
 * @param thread that runs it
 */
public record RunningCode(String name, String plugin, Thread thread) {}
