package dev.horizon.tools.cli;

import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Rerun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Runs all ticks and compares every hash; exit code 3 where one differs.")
final class ReplayVerify extends ReplayVerb {
    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The first tick, from the snapshot before it; all if not given.")
    @Nullable Long from;

    @Option(names = "--to", paramLabel = "N", description = "The last tick; all if not given.")
    @Nullable Long to;

    ReplayVerify(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Long begin = from;
        try (Rerun rerun =
                begin == null ? options.source().start() : options.source().at(begin - 1)) {
            long first = rerun.tick() + 1;
            long start = System.nanoTime();
            long last = to == null ? Long.MAX_VALUE : to;
            while (rerun.tick() < last && rerun.difference() == null && rerun.step()) {
                // The step compares.
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long ticks = rerun.tick() - first + 1;
            double speed = ticks / seconds / rerun.setup().tick().tickHz();
            Difference difference = rerun.difference();
            if (options.json) {
                Map<String, Object> said = new LinkedHashMap<>();
                said.put("firstTick", first);
                said.put("ticks", ticks);
                said.put("seconds", seconds);
                said.put("unfinished", rerun.isUnfinished());
                said.put("difference", difference);
                said.putAll(
                        Figures.of(
                                List.of(
                                        new Figures.Figure(
                                                "ticks with the recorded hash",
                                                difference == null ? ticks : ticks - 1,
                                                "ticks",
                                                ">= " + ticks,
                                                difference == null),
                                        new Figures.Figure(
                                                "speed", speed, "x real time", null, true)),
                                options.tape().header().seed(),
                                spec));
                Json.print(around.out(), said);
            } else if (difference == null) {
                around.out()
                        .printf(
                                "%,d ticks from %d on, every hash the same; %.1f s, %.0f times as"
                                        + " fast as they were%n",
                                ticks, first, seconds, speed);
            } else {
                print(difference);
            }
            return difference == null ? ExitCode.OK : ExitCode.THRESHOLD;
        }
    }

    private void print(Difference difference) {
        around.out()
                .printf(
                        "tick %d came to something else: hash %016x, recorded %016x; %d entities,"
                                + " recorded %d%n",
                        difference.tick(),
                        difference.hash(),
                        difference.recordedHash(),
                        difference.entities(),
                        difference.recordedEntities());
        around.out()
                .println(
                        difference.components().isEmpty()
                                ? "no component differs: other entities, or in another order"
                                : "components that differ: "
                                        + String.join(", ", difference.components()));
        around.out().println("'horizon replay divergence' finds what wrote it");
    }
}
