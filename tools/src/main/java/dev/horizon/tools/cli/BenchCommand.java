package dev.horizon.tools.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code horizon bench}: what things cost here, with goals. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Measures what things cost on this machine, beside their goals.",
        footer = {
            "",
            "Exits with 3 when a figure with a goal doesn't hold. Close what else runs first.",
            "",
            "Examples:",
            "  horizon bench micro                      all figures, some minutes",
            "  horizon bench micro --part tick --verbose    the tick, phase by phase",
            "  horizon bench determinism --ticks 10000 --objects 10000",
            "  horizon bench fanout --seconds 300       12,847 players for five minutes"
        })
final class BenchCommand implements Runnable, VerbGroup {
    private final Surroundings around;

    @Spec CommandSpec spec;

    BenchCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Object> verbs() {
        return List.of(
                new BenchTape(around),
                new BenchPlugins(around),
                new BenchMesh(around),
                new BenchLoad(around),
                new BenchRivals(around),
                new BenchGate(around));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "bench needs to know what: micro, determinism, wire, fanout, battle, universe,"
                        + " tape, plugins, mesh, load, rivals or gate");
    }

    @Command(
            name = "micro",
            mixinStandardHelpOptions = true,
            description = "The tick, the core beside its rivals, determinism, the start.")
    int micro(
            @Mixin BenchForm form,
            @Option(
                            names = "--verbose",
                            description = "Adds where the tick's time goes, on stderr.")
                    boolean verbose,
            @Option(
                            names = "--part",
                            paramLabel = "PART",
                            description =
                                    "Only this: start, tick, determinism or core. Repeatable.")
                    List<Part> parts,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            description =
                                    "How often each of the core's benchmarks runs:"
                                            + " ${DEFAULT-VALUE}.")
                    int rounds)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(verbose);
        addParts(arguments, parts);
        if (rounds != 3) {
            arguments.addAll(List.of("--rounds", Integer.toString(rounds)));
        }
        return measure("micro", arguments);
    }

    @Command(
            name = "determinism",
            mixinStandardHelpOptions = true,
            description = "One seed, several ways to run it: the same hash at every tick?")
    int determinism(
            @Mixin BenchForm form,
            @Option(
                            names = "--ticks",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Ticks of each run: ${DEFAULT-VALUE}.")
                    int ticks,
            @Option(
                            names = "--objects",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Objects, a fifth of them ships: ${DEFAULT-VALUE}.")
                    int objects,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Seed of layout and inputs: ${DEFAULT-VALUE}.")
                    int seed,
            @Option(
                            names = "--tape",
                            paramLabel = "DIR",
                            description =
                                    "Instead: the latest tape of a data folder, in fresh processes,"
                                            + " compared with its recorded hashes.")
                    @Nullable Path tape)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(false);
        if (tape != null) {
            arguments.addAll(List.of("--tape", tape.toString()));
        }
        arguments.addAll(List.of("--ticks", Integer.toString(ticks)));
        arguments.addAll(List.of("--objects", Integer.toString(objects)));
        arguments.addAll(List.of("--seed", Integer.toString(seed)));
        return measure("determinism", arguments);
    }

    @Command(
            name = "fanout",
            mixinStandardHelpOptions = true,
            description =
                    "Thousands of players, each steering a ship among 10,000 other objects: memory,"
                            + " processor, and how old what they see is.")
    int fanOut(
            @Mixin BenchForm form,
            @Option(
                            names = "--verbose",
                            description =
                                    "Adds where the gateway's time goes, on stderr, even where all"
                                            + " are held.")
                    boolean verbose,
            @Option(names = "--quick", description = "A small crowd for a short time.")
                    boolean quick,
            @Option(names = "--curve", description = "Steps from 1,000 to 18,000 players.")
                    boolean curve,
            @Option(
                            names = "--together",
                            description = "The gateway inside the node's process, as up has it.")
                    boolean together,
            @Option(names = "--aeron", description = "Players who come over Aeron.") boolean aeron,
            @Option(
                            names = "--ramp",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Players that connect per second: 250.")
                    int ramp,
            @Option(
                            names = "--players",
                            paramLabel = "N",
                            defaultValue = "0",
                            description =
                                    "How many: 12,847, over Aeron 500 at most; 200 with --quick.")
                    int players,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "How long each step is watched: 20; 5 with --quick.")
                    int seconds)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(verbose);
        addFlag(arguments, "--quick", quick);
        addFlag(arguments, "--curve", curve);
        addFlag(arguments, "--together", together);
        addFlag(arguments, "--aeron", aeron);
        addNumber(arguments, "--ramp", ramp);
        addNumber(arguments, "--players", players);
        addNumber(arguments, "--seconds", seconds);
        return measure("fanout", arguments);
    }

    @Command(
            name = "wire",
            mixinStandardHelpOptions = true,
            description =
                    "Bytes of an update, headers included, beside Colyseus, and what it costs to"
                            + " encode.")
    int wire(
            @Mixin BenchForm form,
            @Option(
                            names = "--part",
                            paramLabel = "PART",
                            description = "Only this: bytes or encode. Repeatable.")
                    List<WirePart> parts,
            @Option(names = "--quick", description = "Few clients for a short time.") boolean quick,
            @Option(
                            names = "--rivals",
                            description =
                                    "Installs Colyseus from npm into a temporary folder and runs"
                                            + " it too.")
                    boolean rivals,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "How long each setting is watched: 20; 5 with --quick.")
                    int seconds)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(false);
        addParts(arguments, parts);
        addFlag(arguments, "--quick", quick);
        addFlag(arguments, "--rivals", rivals);
        addNumber(arguments, "--seconds", seconds);
        return measure("wire", arguments);
    }

    @Command(
            name = "battle",
            mixinStandardHelpOptions = true,
            description =
                    "500 ships, 300 of them players': what each is shown, within which bytes, how"
                            + " far from the truth; and what 10,000 watchers cost the node.")
    int battle(
            @Mixin BenchForm form,
            @Option(
                            names = "--part",
                            paramLabel = "PART",
                            description =
                                    "Only this: fight, unlimited, watchers or shares. Repeatable.")
                    List<BattlePart> parts,
            @Option(names = "--quick", description = "Few watchers for a short time.")
                    boolean quick,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "How long the battle is watched: 20; 5 with --quick.")
                    int seconds,
            @Option(
                            names = "--pairs",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Pairs of one watcher and many: 15; 1 with --quick.")
                    int pairs)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(false);
        addParts(arguments, parts);
        addFlag(arguments, "--quick", quick);
        addNumber(arguments, "--seconds", seconds);
        addNumber(arguments, "--pairs", pairs);
        return measure("battle", arguments);
    }

    @Command(
            name = "universe",
            mixinStandardHelpOptions = true,
            description =
                    "The living universe for a million ticks: is every unit and credit still"
                            + " there?")
    int universe(
            @Mixin BenchForm form,
            @Option(names = "--verbose", description = "Adds what each system takes, on stderr.")
                    boolean verbose,
            @Option(
                            names = "--ticks",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "How long it lives: 1,000,000.")
                    int ticks,
            @Option(
                            names = "--objects",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Objects, a fifth of them ships: 500.")
                    int objects,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Seed of the layout: ${DEFAULT-VALUE}.")
                    int seed)
            throws IOException, InterruptedException {
        List<String> arguments = form.arguments(verbose);
        addNumber(arguments, "--ticks", ticks);
        addNumber(arguments, "--objects", objects);
        arguments.addAll(List.of("--seed", Integer.toString(seed)));
        return measure("universe", arguments);
    }

    static void addParts(List<String> arguments, @Nullable List<? extends Enum<?>> parts) {
        if (parts != null) {
            parts.forEach(part -> arguments.addAll(List.of("--part", part.name())));
        }
    }

    static void addFlag(List<String> arguments, String name, boolean isSet) {
        if (isSet) {
            arguments.add(name);
        }
    }

    static void addNumber(List<String> arguments, String name, int number) {
        if (number > 0) {
            arguments.addAll(List.of(name, Integer.toString(number)));
        }
    }

    /** Parts of {@code micro}, named as they are typed. */
    enum Part {
        /** {@code horizon up} to ticks and to ships. */
        start,
        /** The demo's full tick. */
        tick,
        /** Equal hashes. */
        determinism,
        /** Columns, driver, rivals. */
        core
    }

    /** Parts of {@code wire}. */
    enum WirePart {
        /** Bytes to clients. */
        bytes,
        /** The time to encode. */
        encode
    }

    /** Parts of {@code battle}. */
    enum BattlePart {
        /** What players are shown. */
        fight,
        /** What they would take without a budget of bytes. */
        unlimited,
        /** The node's cost by watchers. */
        watchers,
        /** The node's cost by share of channels. */
        shares
    }

    private int measure(String what, List<String> arguments)
            throws IOException, InterruptedException {
        return BenchProcess.run(around, what, arguments);
    }
}
