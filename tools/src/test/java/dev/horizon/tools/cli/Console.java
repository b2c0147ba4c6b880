package dev.horizon.tools.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs verbs in this process and keeps what they print. */
public final class Console {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Surroundings around;

    /** Without variables of the environment. */
    public Console() {
        this(Map.of());
    }

    Console(Map<String, String> environment) {
        around =
                new Surroundings(
                        new PrintWriter(out, true), new PrintWriter(err, true), environment, false);
    }

    /** Runs a command line; returns its exit code. */
    public int run(String... args) {
        return Horizon.run(around, args);
    }

    Surroundings around() {
        return around;
    }

    /** What it printed. */
    public String out() {
        return out.toString();
    }

    /** What it complained of. */
    public String err() {
        return err.toString();
    }
}
