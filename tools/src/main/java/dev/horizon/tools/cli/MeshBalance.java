package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.balance.BalancePolicy;
import dev.horizon.mesh.balance.BalanceStep;
import dev.horizon.mesh.balance.Balancer;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.tools.node.MeshOperator;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code horizon mesh balance}: cuts, moves and puts regions together for the sake of load. */
@Command(
        name = "balance",
        mixinStandardHelpOptions = true,
        description = {
            "Watches load until it is told to stop: a node whose ticks take too much for a while has its",
            "region cut and gives a part to the node of its star system with most room; what was cut is",
            "put together again once both have little to do. Says each step, and takes one at a time."
        },
        footer = {
            "",
            "Stop it before you drain a node: an empty node is the one with most room.",
            "",
            "Examples:",
            "  horizon mesh balance --members 127.0.0.1:41000",
            "  horizon mesh balance --high 70 --low 20 --sustain 10 --dry-run"
        })
final class MeshBalance implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final long LOOK_MILLIS = 1_000;

    private final Surroundings around;

    @Option(
            names = "--high",
            paramLabel = "PERCENT",
            defaultValue = "80",
            description =
                    "Of its budget that a node's ticks take (99th percentile) before it gives"
                            + " something away; ${DEFAULT-VALUE}.")
    int high;

    @Option(
            names = "--low",
            paramLabel = "PERCENT",
            defaultValue = "30",
            description =
                    "That two nodes take, each of them, before what was cut is put together; less than"
                            + " half of --high. ${DEFAULT-VALUE}.")
    int low;

    @Option(
            names = "--sustain",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long it has been so; ${DEFAULT-VALUE}.")
    long sustain;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long nothing is done after a step; ${DEFAULT-VALUE}.")
    long settle;

    @Option(
            names = "--slack",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description =
                    "Of the load that a part may be off its half, so that groups stay together;"
                            + " ${DEFAULT-VALUE}.")
    int slack;

    @Option(names = "--dry-run", description = "Says what it would do, and does nothing.")
    boolean dryRun;

    @Mixin ConfigOptions options = new ConfigOptions();

    @ParentCommand MeshCommand mesh;

    @Spec CommandSpec spec;

    private @Nullable String trouble;

    MeshBalance(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        Balancer balancer = new Balancer(policy());
        try (MeshOperator operator = MeshOperator.connect(mesh.config(options))) {
            MeshSplit split = new MeshSplit(operator, slack);
            say(
                    "watches load: more than %d %% is too much, less than %d %% is little"
                            .formatted(high, low));
            while (true) {
                try {
                    BalanceStep step = balancer.next(operator.view());
                    trouble = null;
                    if (step != null) {
                        take(step, split, operator);
                    }
                } catch (HorizonException e) {
                    // A leader is elected, or nothing moves where a cut was to be: it looks again.
                    String said = e.code() + ": " + e.getMessage();
                    if (!said.equals(trouble)) {
                        say(said);
                    }
                    trouble = said;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private BalancePolicy policy() {
        try {
            return new BalancePolicy(
                    high,
                    low,
                    TimeUnit.SECONDS.toMillis(sustain),
                    TimeUnit.SECONDS.toMillis(settle));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void take(BalanceStep step, MeshSplit split, MeshOperator operator)
            throws InterruptedException {
        say(step.why());
        if (dryRun) {
            say("would " + words(step));
            return;
        }
        say(
                switch (step) {
                    case BalanceStep.Split(Region region, String why) ->
                            split.run(region.id(), region.starSystem(), null, null);
                    case BalanceStep.Move(Region region, NodeEntry to, String why) -> {
                        operator.move(region, to);
                        yield "region %d of %s moves to %s"
                                .formatted(region.id(), region.starSystem(), to.name());
                    }
                    case BalanceStep.Merge(Region region, Region part, String why) ->
                            operator.merge(region, part);
                });
    }

    private static String words(BalanceStep step) {
        return switch (step) {
            case BalanceStep.Split split -> "cut region " + split.region().id();
            case BalanceStep.Move move ->
                    "move region %d to %s".formatted(move.region().id(), move.to().name());
            case BalanceStep.Merge merge ->
                    "put region %d back in region %d"
                            .formatted(merge.part().id(), merge.region().id());
        };
    }

    private void say(String what) {
        around.out().printf("%s  %s%n", TIME.format(LocalTime.now()), what);
        around.out().flush();
    }
}
