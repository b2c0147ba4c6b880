package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.plugin.DevLoop;
import dev.horizon.tools.plugin.Sdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code horizon dev}: save, and it runs. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description =
                "Watches plugins' sources or jars, and reloads what changed in a running node.",
        footer = {
            "",
            "Start the node with 'horizon up' beside it. What doesn't compile or doesn't fit is"
                    + " said here,",
            "as is what the node puts in quarantine; the version that runs goes on. Ctrl-C ends it."
        })
final class DevCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_PER_QUARANTINE = 10;

    private final Surroundings around;

    @Parameters(
            arity = "0..*",
            paramLabel = "PROJECT|JAR",
            description = "What to watch; this folder if not given.")
    List<Path> watched = new ArrayList<>(List.of(Path.of(".")));

    @Mixin NodeOptions node = new NodeOptions();

    private final Set<String> said = new LinkedHashSet<>();

    DevCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        PluginChange change = new PluginChange(node, around);
        Sdk sdk = Sdk.ofDistribution();
        List<DevLoop> loops =
                watched.stream()
                        .map(path ->
                                new DevLoop(
                                        path.toAbsolutePath().normalize(),
                                        sdk,
                                        jar -> change.ask("load", List.of(jar.toString())),
                                        around.out()))
                        .toList();
        while (!Thread.currentThread().isInterrupted()) {
            for (int look = 0; look < LOOKS_PER_QUARANTINE; look++) {
                loops.forEach(DevLoop::step);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            sayQuarantine();
        }
        return ExitCode.OK;
    }

    private void sayQuarantine() {
        try {
            for (JsonNode plugin : node.client(around).get("/api/plugins").path("plugins")) {
                String detail = plugin.path("detail").asString();
                if ((detail.contains("in quarantine") || detail.contains("HZ-PLG-021"))
                        && said.add(detail)) {
                    around.out().println(plugin.path("name").asString() + ": " + detail);
                    around.out().flush();
                }
            }
        } catch (HorizonException e) {
            // The next load says that the node is away.
            said.clear();
        }
    }
}
