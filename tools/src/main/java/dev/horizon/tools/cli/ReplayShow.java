package dev.horizon.tools.cli;

import dev.horizon.net.replay.Rerun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code horizon replay show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows entities as they were at the end of a tick.")
final class ReplayShow extends ReplayVerb {
    @Parameters(paramLabel = "CONDITION", description = "Which, as for query; or an id.")
    String condition = "";

    @Option(names = "--at", paramLabel = "N", required = true, description = "The tick.")
    long at;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Entities at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    ReplayShow(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (Rerun rerun = at(at)) {
            print(rerun.tick(), entities(rerun, condition, limit));
            return ExitCode.OK;
        }
    }
}
