package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon bench plugins}: what they cost, and what nobody shall notice of them. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = {
            "What a first plugin takes, and a save; what an event costs, and what it costs a system to be"
                    + " a plugin's;",
            "10,000 faults beside a plugin that has none; reloads under players."
        })
final class BenchPlugins implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--full",
            description = "1,000 reloads under 500 players instead of 20 under 50: ten minutes.")
    boolean isFull;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only this: author, events, faults, cost or reloads. Repeatable.")
    @Nullable List<Part> parts;

    BenchPlugins(Surroundings around) {
        this.around = around;
    }

    /** Named as they are typed. */
    enum Part {
        /** From nothing to running, and from saving to running. */
        author,
        /** One to three handlers. */
        events,
        /** In every callback that a tick runs. */
        faults,
        /** To the same code inside the engine. */
        cost,
        /** Of a node with players. */
        reloads
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        if (isFull) {
            arguments.add("--full");
        }
        if (parts != null) {
            parts.forEach(part -> arguments.addAll(List.of("--part", part.name())));
        }
        return BenchProcess.run(around, "plugins", arguments);
    }
}
