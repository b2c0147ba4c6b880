package dev.horizon.tools.cli;

import dev.horizon.net.replay.Cause;
import dev.horizon.net.replay.Divergence;
import dev.horizon.net.replay.TapeSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay divergence}. */
@Command(
        name = "divergence",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the first tick at which a tape and this build, or two tapes, came to different"
                    + " worlds,",
            "and the system or handler that wrote the difference; exit code 3 then."
        })
final class ReplayDivergence extends ReplayVerb {
    @Option(
            names = "--other-data-dir",
            paramLabel = "DIR",
            description = "Compares with a tape there.")
    @Nullable Path otherDir;

    @Option(
            names = "--other-tape",
            paramLabel = "N",
            description = "Compares with that tape; the latest of the other folder if not given.")
    @Nullable Long otherNumber;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Fields at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    ReplayDivergence(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        TapeSource one = options.source();
        if (otherDir == null && otherNumber == null) {
            return tell(null, Cause.find(one, limit), "every tick came to what is recorded");
        }
        Path dir = otherDir == null ? options.dataDir : otherDir;
        TapeSource other = options.source(TapeOptions.tape(dir, otherNumber), dir);
        Divergence parting = Divergence.find(one.file(), other.file());
        return tell(
                parting,
                parting == null ? null : Cause.of(parting, one, other, limit),
                "every tick that both tapes have came to the same");
    }

    private int tell(@Nullable Divergence parting, @Nullable Cause cause, String none) {
        if (options.json) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("divergence", parting);
            said.put("cause", cause);
            Json.print(around.out(), said);
        } else if (cause == null) {
            around.out().println(none);
        } else {
            if (parting != null) {
                around.out()
                        .printf(
                                "tick %d: hash %016x and %016x, %s; components that differ: %s%n",
                                parting.tick(),
                                parting.hash(),
                                parting.otherHash(),
                                parting.isInput()
                                        ? "after different inputs"
                                        : "though all inputs were the same",
                                parting.components().isEmpty()
                                        ? "none, but entities do"
                                        : String.join(", ", parting.components()));
            }
            print(cause);
        }
        return cause == null ? ExitCode.OK : ExitCode.THRESHOLD;
    }

    private void print(Cause cause) {
        String writers = String.join(", ", cause.writers());
        String components =
                cause.components().isEmpty()
                        ? "no component, but which entities there are"
                        : String.join(", ", cause.components());
        around.out()
                .println(
                        switch (cause.how()) {
                            case SIDE_BY_SIDE ->
                                    "tick %d: %s wrote what differs: %s"
                                            .formatted(cause.tick(), writers, components);
                            case RECORDED_HASHES ->
                                    ("tick %d: all runs of this build agree, and not with the tape:"
                                                    + " %s; written in this tick by %s")
                                            .formatted(
                                                    cause.tick(),
                                                    components,
                                                    writers.isEmpty() ? "nobody" : writers);
                            case UNKNOWN ->
                                    ("tick %d: the world before it can't be made again, so nothing"
                                                    + " is known beyond: %s")
                                            .formatted(cause.tick(), components);
                        });
        if (!cause.changes().isEmpty()) {
            print(cause.changes(), "ONE", "OTHER", limit);
        }
    }
}
