package dev.horizon.tools.cli;

import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Change;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code horizon replay diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what changed between two ticks, field by field.")
final class ReplayDiff extends ReplayVerb {
    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "Of one entity; of all if not given.")
    @Nullable String id;

    @Option(names = "--from", paramLabel = "N", required = true, description = "A tick.")
    long from;

    @Option(names = "--to", paramLabel = "N", required = true, description = "A later one.")
    long to;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Lines at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    ReplayDiff(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        LongPredicate which = id == null ? one -> true : one(id);
        try (Rerun rerun = at(from)) {
            Map<Long, Shown> before = Entities.all(rerun.world(), which);
            rerun.runTo(to);
            warn(rerun);
            List<Change> changes =
                    Entities.difference(before, Entities.all(rerun.world(), which), limit);
            if (options.json) {
                Json.print(around.out(), Map.of("changes", changes));
            } else {
                print(changes, "BEFORE", "AFTER", limit);
            }
            return ExitCode.OK;
        }
    }
}
