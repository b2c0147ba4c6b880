package dev.horizon.tools.cli;

import dev.horizon.engine.query.Condition;
import dev.horizon.net.replay.Breakpoint;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.replay.Tapes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code horizon replay break}. */
@Command(
        name = "break",
        mixinStandardHelpOptions = true,
        description = "Runs until an entity begins to fulfil a condition; exit code 3 if none.")
final class ReplayBreak extends ReplayVerb {
    @Parameters(paramLabel = "CONDITION", description = "As for query.")
    String condition = "";

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Looks from this tick on; from the first if not given.")
    @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "Looks up to this tick; to the last if not given.")
    @Nullable Long to;

    ReplayBreak(Surroundings around) {
        super(around);
    }

    /** For the option of the same name. */
    ReplayBreak(Surroundings around, CommandSpec spec, TapeOptions options, String condition) {
        super(around);
        this.spec = spec;
        this.options = options;
        this.condition = condition;
    }

    @Override
    public Integer call() {
        Long begin = from;
        TapeSource source = options.source();
        Condition parsed = condition(Tapes.setup(source.file()), condition);
        try (Rerun rerun = begin == null ? source.start() : at(begin - 1)) {
            Breakpoint stop = new Breakpoint(parsed, rerun.world());
            List<Shown> found = stop.runUntil(rerun, to == null ? Long.MAX_VALUE : to);
            warn(rerun);
            if (found.isEmpty()) {
                around.err().println("no entity began to fulfil it by tick " + rerun.tick());
                return ExitCode.THRESHOLD;
            }
            print(rerun.tick(), found);
            return ExitCode.OK;
        }
    }
}
