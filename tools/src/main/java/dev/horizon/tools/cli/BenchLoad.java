package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon bench load}: a node under its players, by soaks. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "A node at its rated load, under more than its ticks bear, and among raiders: each a"
                        + " soak of its own; and decoders of outside bytes under damaged ones.")
final class BenchLoad implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only this: rated, overload, hostile, sockets or fuzz. Repeatable.")
    @Nullable List<Part> parts;

    @Option(
            names = "--full",
            description =
                    "Five minutes at the rated load, ten pairs among raiders, and 100,000,000 inputs"
                            + " for each decoder.")
    boolean isFull;

    @Option(
            names = "--players",
            paramLabel = "N",
            defaultValue = "0",
            description = "At the rated load, with as many objects: 5000.")
    int players;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "0",
            description = "At the rated load: 60; 300 with --full.")
    int seconds;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of a time among raiders and one without: 4; 10 with --full.")
    int pairs;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            defaultValue = "0",
            description = "For each decoder: what five seconds take; 100000000 with --full.")
    int inputs;

    BenchLoad(Surroundings around) {
        this.around = around;
    }

    /** Named as they are typed. */
    enum Part {
        /** 10,000 objects, half of them players' ships, ten ticks a second. */
        rated,
        /** {@code examples/overload.toml}. */
        overload,
        /** 2,000 raiders of all kinds, and as much processor time as they take. */
        hostile,
        /** 2,000 connections that say nothing: what they take of memory. */
        sockets,
        /** Each decoder of outside bytes under damaged ones, by Maven, from a checkout. */
        fuzz
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        BenchCommand.addParts(arguments, parts);
        BenchCommand.addFlag(arguments, "--full", isFull);
        BenchCommand.addNumber(arguments, "--players", players);
        BenchCommand.addNumber(arguments, "--seconds", seconds);
        BenchCommand.addNumber(arguments, "--pairs", pairs);
        BenchCommand.addNumber(arguments, "--inputs", inputs);
        return BenchProcess.run(around, "load", arguments);
    }
}
