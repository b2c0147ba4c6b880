package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code horizon bench mesh}: what a mesh does while its processes die, and how much it carries.
 */
@Command(
        name = "mesh",
        mixinStandardHelpOptions = true,
        description = {
            "Ticks that a transferred entity misses; what becomes of transfers while the coordinator's leader,",
            "or a node, is killed, or its standby takes over; entities a second between two nodes; a region that is cut in two under",
            "its players; members and nodes that are cut off from each other; a galaxy of a thousand nodes on",
            "the coordinator's state machine. Starts meshes of its own, as 'horizon mesh up' does."
        })
final class BenchMesh implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description =
                    "Only this: gap, leader, nodes, standby, rate, split, partitions or galaxy. Repeatable.")
    @Nullable List<Part> parts;

    @Option(
            names = "--full",
            description =
                    "200 kills and 10,000 transfers instead of 5 and 300, 5,000 ships and 500 players in the region"
                            + " that is cut, 100 partitions: hours.")
    boolean full;

    @Option(
            names = "--rivals",
            description =
                    "Fetches Pekko by Maven into a temporary folder, and has its cluster sharding hand over"
                            + " as many entities.")
    boolean rivals;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what moves and dies: ${DEFAULT-VALUE}.")
    int seed;

    BenchMesh(Surroundings around) {
        this.around = around;
    }

    /** Named as they are typed. */
    enum Part {
        /** Ticks that an entity misses. */
        gap,
        /** Kills of the coordinator's leader. */
        leader,
        /** Kills of nodes. */
        nodes,
        /** Kills of a node that has a standby. */
        standby,
        /** Entities a second. */
        rate,
        /** A region that is cut in two under its players. */
        split,
        /** Cut cables, as the test that makes them. */
        partitions,
        /** A thousand nodes, simulated. */
        galaxy
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        BenchCommand.addParts(arguments, parts);
        BenchCommand.addFlag(arguments, "--full", full);
        BenchCommand.addFlag(arguments, "--rivals", rivals);
        arguments.addAll(List.of("--seed", Integer.toString(seed)));
        return BenchProcess.run(around, "mesh", arguments);
    }
}
