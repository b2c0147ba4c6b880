package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon bench tape}: what recording costs, and what it is good for. */
@Command(
        name = "tape",
        mixinStandardHelpOptions = true,
        description =
                "What capturing and snapshots cost a tick, how fast a tape is replayed, sought and"
                        + " compared, and a node that is killed again and again under players, alone"
                        + " and with a standby.")
final class BenchTape implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description =
                    "Only this: capture, snapshot, replay, divergence, sameness, kill or standby."
                            + " Repeatable.")
    @Nullable List<Part> parts;

    @Option(names = "--full", description = "Long blocks and tapes, and many kills.")
    boolean full;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of a node alone: 10; 200 with --full.")
    int kills;

    @Option(
            names = "--takeovers",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kills of a node with a standby: 3; 30 with --full.")
    int takeovers;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of layout, inputs and kills: ${DEFAULT-VALUE}.")
    int seed;

    BenchTape(Surroundings around) {
        this.around = around;
    }

    /** Named as they are typed. */
    enum Part {
        /** What capturing costs a tick. */
        capture,
        /** What snapshots cost the ticks in which they are taken, and their size. */
        snapshot,
        /** How fast a tape is replayed and sought. */
        replay,
        /** How fast it is found where two tapes part. */
        divergence,
        /** Equal hashes whatever runs a tape. */
        sameness,
        /** Kills under players. */
        kill,
        /** The same, with a standby that takes over. */
        standby
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        BenchCommand.addParts(arguments, parts);
        BenchCommand.addFlag(arguments, "--full", full);
        BenchCommand.addNumber(arguments, "--kills", kills);
        BenchCommand.addNumber(arguments, "--takeovers", takeovers);
        arguments.addAll(List.of("--seed", Integer.toString(seed)));
        return BenchProcess.run(around, "tape", arguments);
    }
}
