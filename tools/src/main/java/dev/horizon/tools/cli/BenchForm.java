package dev.horizon.tools.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a measurement is printed. */
final class BenchForm {
    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Option(names = "--markdown", description = "A table for a document.")
    private boolean markdown;

    /** What the measuring process is told of it; more is added. */
    List<String> arguments(boolean isVerbose) {
        List<String> arguments = new ArrayList<>();
        if (json) {
            arguments.add("--json");
        }
        if (markdown) {
            arguments.add("--markdown");
        }
        if (isVerbose) {
            arguments.add("--verbose");
        }
        return arguments;
    }
}
