package dev.horizon.engine.plugin;

import dev.horizon.engine.events.EventContext;
import java.util.List;

/**
 * A command that operators type; recorded as an input of the tick that runs it.
 *
 * @param name kebab-case; qualified as {@code plugin:name} elsewhere
 * @param usage its arguments, as in {@code <ship> <metres>}
 * @param help one sentence
 * @param action its code, on the tick thread
 */
public record CommandSpec(String name, String usage, String help, Action action) {
    /** The code of a command. */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs the command.
         *
         * @return the answer for the operator
         * @throws IllegalArgumentException for arguments that don't fit; the operator sees its
         *     message and the usage, nothing is quarantined
         */
        String run(List<String> arguments, EventContext context);
    }
}
