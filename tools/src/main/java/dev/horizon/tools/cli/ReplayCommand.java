package dev.horizon.tools.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay}: a node's tape run again on this machine. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs a node's tape again: verify, look at any tick, find what went wrong.",
        footer = {
            "",
            "Every run of a node is a tape in its data folder: the inputs of every tick, and what"
                    + " the",
            "tick came to. A tape is read where it lies; its node may be running.",
            "",
            "Examples:",
            "  horizon replay tapes",
            "  horizon replay verify                          every tick of the latest tape",
            "  horizon replay show 'Hull.points < 10' --at 4000",
            "  horizon replay --break 'Hull.points < 10'      the first tick at which any is",
            "  horizon replay diff 1:42 --from 4000 --to 4020",
            "  horizon replay step --from 4000                forth and back, tick by tick",
            "  horizon replay divergence                      is this build still the same?",
            "  horizon replay export --from 4000 --to 4100 --out slice",
            "  horizon replay serve                           the star map with a timeline"
        })
final class ReplayCommand extends ReplayVerb implements VerbGroup {
    @Option(
            names = "--break",
            paramLabel = "CONDITION",
            description = "The same as the verb break.")
    @Nullable String breakAt;

    ReplayCommand(Surroundings around) {
        super(around);
    }

    @Override
    public List<Object> verbs() {
        return List.of(
                new ReplayTapes(around),
                new ReplayVerify(around),
                new ReplaySeek(around),
                new ReplayStep(around),
                new ReplayShow(around),
                new ReplayInputs(around),
                new ReplayBreak(around),
                new ReplayDiff(around),
                new ReplayDivergence(around),
                new ReplayExport(around),
                new ReplayFork(around),
                new ReplayTrial(around),
                new ReplayServe(around));
    }

    @Override
    public Integer call() {
        String condition = breakAt;
        if (condition == null) {
            throw usage(
                    "replay needs a verb: "
                            + String.join(", ", spec.commandLine().getSubcommands().keySet()));
        }
        return new ReplayBreak(around, spec, options, condition).call();
    }
}
