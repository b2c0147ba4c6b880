package dev.horizon.tools.cli;

import dev.horizon.net.replay.InputText;
import dev.horizon.net.replay.Rerun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay inputs}. */
@Command(
        name = "inputs",
        mixinStandardHelpOptions = true,
        description = "Lists what ticks read from outside, numbered in each tick.")
final class ReplayInputs extends ReplayVerb {
    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The first tick; that of the tape if not given.")
    @Nullable Long from;

    @Option(names = "--to", paramLabel = "N", description = "The last tick; all if not given.")
    @Nullable Long to;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "1000",
            description = "Lines at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    /**
     * One input.
     *
     * @param tick that read it
     * @param number in the tick, from 1
     * @param text what it is
     */
    record Line(long tick, int number, String text) {}

    ReplayInputs(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Long begin = from;
        List<Line> lines = new ArrayList<>();
        try (Rerun rerun = begin == null ? options.source().start() : at(begin - 1)) {
            long last = to == null ? Long.MAX_VALUE : to;
            while (rerun.hasNext() && rerun.tick() < last && lines.size() < limit) {
                List<String> texts = InputText.ofNext(rerun);
                rerun.step();
                for (int i = 0; i < texts.size() && lines.size() < limit; i++) {
                    lines.add(new Line(rerun.tick(), i + 1, texts.get(i)));
                }
            }
        }
        if (options.json) {
            Json.print(around.out(), Map.of("inputs", lines));
        } else {
            TextTable table = new TextTable(">TICK", ">NUMBER", "INPUT");
            lines.forEach(line -> table.row(line.tick(), line.number(), line.text()));
            table.print(around.out());
        }
        if (lines.size() == limit) {
            around.err().println("the first " + limit + "; --limit shows more");
        }
        return ExitCode.OK;
    }
}
