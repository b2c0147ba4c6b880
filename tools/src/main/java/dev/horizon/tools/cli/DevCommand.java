package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.plugin.DevLoop;
import dev.horizon.tools.plugin.Sdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

    private static final int STACK_LINES_MAX = 4;

    /** What is said here as it happens. */
    private static final Set<String> OWN = Set.of("REFUSED", "UNBUILT");

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
                                        target(change),
                                        around.out()))
                        .toList();
        announce(change);
        // What went wrong before is nothing new.
        quarantine(line -> {});
        while (!Thread.currentThread().isInterrupted()) {
            for (int look = 0; look < LOOKS_PER_QUARANTINE; look++) {
                loops.forEach(DevLoop::step);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            quarantine(around.out()::println);
            around.out().flush();
        }
        return ExitCode.OK;
    }

    /** What tries the first version gets ready while it is built. */
    private void announce(PluginChange change) {
        try {
            change.ask("develop", watched.stream().map(Path::toString).toList());
        } catch (HorizonException e) {
            // The first load says that the node is away.
        }
    }

    private static String words(String plugin, JsonNode trouble) {
        return plugin
                + ": "
                + trouble.path("kind").asString().toLowerCase(Locale.ROOT).replace('_', ' ')
                + ", "
                + trouble.path("name").asString()
                + " in tick "
                + trouble.path("tick").asLong()
                + ": "
                + trouble.path("message").asString()
                + trouble.path("stack")
                        .asString()
                        .lines()
                        .limit(STACK_LINES_MAX)
                        .map(line -> "\n" + line)
                        .collect(Collectors.joining());
    }

    private DevLoop.Target target(PluginChange change) {
        return new DevLoop.Target() {
            @Override
            public String load(Path jar) {
                return change.ask("load", List.of(jar.toString()));
            }

            @Override
            public void unbuilt(String plugin, String why) {
                try {
                    change.ask("unbuilt", List.of(plugin, why));
                } catch (HorizonException e) {
                    // The terminal says it, and the next load that the node is away.
                }
            }
        };
    }

    private void quarantine(Consumer<String> say) {
        try {
            for (JsonNode plugin : node.client(around).get("/api/plugins").path("plugins")) {
                for (JsonNode trouble : plugin.path("troubles")) {
                    String line = words(plugin.path("name").asString(), trouble);
                    if (!OWN.contains(trouble.path("kind").asString()) && said.add(line)) {
                        say.accept(line);
                    }
                }
            }
        } catch (HorizonException e) {
            // The next load says that the node is away.
            said.clear();
        }
    }
}
