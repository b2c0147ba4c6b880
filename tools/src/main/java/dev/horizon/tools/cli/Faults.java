package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells faults to a person: a code, what happened, to what, what next. Traces with --debug alone.
 */
final class Faults {
    private Faults() {}

    static void install(CommandLine line, Surroundings around) {
        line.setParameterExceptionHandler((fault, args) -> usage(fault, around.err()));
        line.setExecutionExceptionHandler(
                (fault, command, parsed) -> execution(fault, command, parsed, around.err()));
    }

    /** Prints a coded fault. */
    static void print(PrintWriter err, String code, @Nullable String message) {
        err.println("error " + code + ": " + message);
        err.println("  see docs/errors/" + code + ".md");
        err.flush();
    }

    private static int usage(ParameterException fault, PrintWriter err) {
        String command = fault.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder message = new StringBuilder(String.valueOf(fault.getMessage()));
        if (fault instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                message.append("; did you mean ").append(String.join(" or ", near)).append('?');
            }
        }
        message.append("; '").append(command).append(" --help' shows the usage");
        print(err, "HZ-CLI-001", message.toString());
        return ExitCode.USAGE;
    }

    private static int execution(
            Exception fault, CommandLine command, @Nullable ParseResult parsed, PrintWriter err) {
        if (fault instanceof ParameterException parameter) {
            return usage(parameter, err);
        }
        boolean debug = parsed != null && Boolean.TRUE.equals(debug(parsed));
        if (debug) {
            fault.printStackTrace(err);
        }
        if (fault instanceof HorizonException coded) {
            print(err, coded.code(), coded.getMessage());
            return ExitCode.of(coded);
        }
        print(
                err,
                "HZ-CLI-002",
                command.getCommandSpec().qualifiedName()
                        + " failed unexpectedly: "
                        + fault
                        + (debug ? "" : "; run it again with --debug and report the trace"));
        return ExitCode.FAULT;
    }

    private static @Nullable Boolean debug(ParseResult parsed) {
        for (ParseResult at = parsed;
                at != null;
                at = at.hasSubcommand() ? at.subcommand() : null) {
            if (at.hasMatchedOption("--debug")) {
                return at.matchedOptionValue("--debug", false);
            }
        }
        return false;
    }
}
