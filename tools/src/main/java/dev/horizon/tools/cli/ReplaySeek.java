package dev.horizon.tools.cli;

import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TickSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code horizon replay seek}. */
@Command(
        name = "seek",
        mixinStandardHelpOptions = true,
        description = "Goes to a tick, from the snapshot before it, and says how it went.")
final class ReplaySeek extends ReplayVerb {
    @Parameters(paramLabel = "TICK", description = "Which.")
    long tick;

    ReplaySeek(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (Rerun rerun = at(tick - 1)) {
            TickSummary summary = TickSummary.ofNext(rerun);
            warn(rerun);
            if (options.json) {
                Json.print(around.out(), summary);
            } else {
                summary.lines().forEach(around.out()::println);
            }
            return summary.isAsRecorded() ? ExitCode.OK : ExitCode.THRESHOLD;
        }
    }
}
