package dev.horizon.tools.cli;

import dev.horizon.engine.schedule.Niceness;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.node.CoordinatorProcess;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon coordinator}: one member of the mesh's brain. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        description = "Runs one member of the coordinator, which decides who owns which region.",
        footer = {
            "",
            "One member for development; three, on three machines, where one may die: a majority",
            "must be there for nodes to join, while nodes that have joined tick on without.",
            "",
            "Examples:",
            "  horizon coordinator --members 127.0.0.1:41000",
            "  horizon node --star-system sol --set mesh.coordinators=127.0.0.1:41000",
            "  horizon mesh status --members 127.0.0.1:41000"
        })
final class CoordinatorCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--members",
            paramLabel = "HOST:PORT,...",
            description = "mesh.coordinators: all members, in the same order everywhere")
    @Nullable String members;

    @Option(
            names = "--member",
            paramLabel = "N",
            description = "mesh.member: which of them this is, from 0")
    @Nullable String member;

    CoordinatorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.also("--members", "mesh.coordinators", members);
        options.also("--member", "mesh.member", member);
        HorizonConfig config = options.load(around.environment()).config();
        try (CoordinatorProcess process = CoordinatorProcess.start(config)) {
            PrintWriter out = around.out();
            out.printf(
                    "member %d of %d of the coordinator, at %s%n",
                    config.mesh().member(),
                    config.mesh().coordinators().size(),
                    config.mesh().coordinators().get(config.mesh().member()));
            out.println("  data      " + process.folder());
            out.println("  key       " + process.keyFile());
            out.flush();
            Niceness.processGivesWay();
            process.awaitEnd();
        } catch (CancellationException e) {
            // A signal came in the middle of the start; there is nothing to say to who sent it.
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }
}
