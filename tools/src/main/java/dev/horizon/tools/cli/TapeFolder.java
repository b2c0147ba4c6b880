package dev.horizon.tools.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the tapes are, and how the answer is given. */
class TapeFolder {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".horizon",
            description = "The data folder of the node; ${DEFAULT-VALUE} if not given.")
    Path dataDir = Path.of(".horizon");

    @Option(names = "--json", description = "One JSON object instead of text.")
    boolean json;
}
