package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon bench rivals}: other servers in the same run. */
@Command(
        name = "rivals",
        mixinStandardHelpOptions = true,
        description = {
            "Other servers and this one in turns, five rounds: Colyseus and JSON to everybody with one",
            "fleet, Minestom's ticks, entities of Dominion and artemis-odb. Installs Colyseus (npm) and",
            "Minestom (Maven) into temporary folders: needs npm, mvn and the net, and some ten minutes."
        })
final class BenchRivals implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--quick",
            description = "One round with ten clients: shows that all of it runs.")
    boolean isQuick;

    @Option(names = "--write", description = "Also writes the table into docs/benchmarks.md.")
    boolean isWritten;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only this: wire, ticks or entities. Repeatable.")
    @Nullable List<Part> parts;

    BenchRivals(Surroundings around) {
        this.around = around;
    }

    /** Named as they are typed. */
    enum Part {
        /** Bytes, processor, memory and age of state. */
        wire,
        /** Of Minestom's mobs, and of ships. */
        ticks,
        /** Moved, changed, made and read. */
        entities
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        BenchCommand.addFlag(arguments, "--quick", isQuick);
        BenchCommand.addFlag(arguments, "--write", isWritten);
        if (parts != null) {
            parts.forEach(part -> arguments.addAll(List.of("--part", part.name())));
        }
        return BenchProcess.run(around, "rivals", arguments);
    }
}
