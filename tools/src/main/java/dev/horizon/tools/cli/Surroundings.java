package dev.horizon.tools.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a verb may touch of the world around it, so that tests can hand in their own.
 *
 * @param out data
 * @param err errors, logs, progress
 * @param environment variables
 * @param terminal true when a person watches {@code out}: colours, live tables, progress
 */
record Surroundings(
        PrintWriter out, PrintWriter err, Map<String, String> environment, boolean terminal) {
    /** Those of this process. */
    static Surroundings process() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Surroundings(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                System.getenv(),
                terminal && System.getenv("NO_COLOR") == null);
    }
}
