package dev.horizon.tools.cli;

import dev.horizon.engine.host.PluginHost;
import dev.horizon.net.replay.Fork;
import dev.horizon.net.replay.InputEdits;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.replay.Tapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon replay fork}. */
@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        description = {
            "Runs on from a tick with other code, settings or inputs, beside the run that was, and"
                    + " tells",
            "what came of it; exit code 3 where the two differ."
        },
        footer = {
            "",
            "Examples:",
            "  horizon replay fork --at 4000 --ticks 200 --plugin target/raiders-2.jar",
            "  horizon replay fork --at 4000 --ticks 200 --set plugins.sol.reinforce=false",
            "  horizon replay fork --at 4000 --ticks 200 --inputs edits.txt"
        })
final class ReplayFork extends ReplayVerb {
    private static final String PLUGINS = "plugins.";

    @Option(
            names = "--at",
            paramLabel = "N",
            required = true,
            description = "The last common tick.")
    long at;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            defaultValue = "200",
            description = "How far both run on; ${DEFAULT-VALUE} if not given.")
    int ticks;

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "Takes the place of the plugin of that name. Repeatable.")
    List<Path> jars = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "plugins.NAME.KEY=VALUE",
            description = "Another setting of a plugin; the value is JSON. Repeatable.")
    Map<String, String> settings = new HashMap<>();

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "Inputs to be added or dropped; docs/replay.md has the form.")
    @Nullable Path inputs;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Fields at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    ReplayFork(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() throws IOException {
        if (ticks < 1) {
            throw usage("--ticks is " + ticks + "; use 1 or more");
        }
        Path edits = inputs;
        TapeSource recorded = options.source();
        TapeSetup made = Tapes.setup(recorded.file(), at);
        TapeSetup setup = made.with(configured(made));
        TapeSource other =
                TapeSource.of(
                        recorded.file(),
                        asked -> {
                            PluginHost host = new PluginHost(true, asked.configuration());
                            host.scan(new JarShelf(options.dataDir).jars(asked, jars));
                            return host.load();
                        },
                        recorded.threads());
        Fork fork =
                Fork.run(
                        recorded,
                        other,
                        setup,
                        edits == null
                                ? InputEdits.none()
                                : InputEdits.parse(Files.readAllLines(edits)),
                        at,
                        ticks,
                        limit);
        if (options.json) {
            Json.print(around.out(), fork);
        } else {
            print(fork);
        }
        return fork.firstDifferent() == null ? ExitCode.OK : ExitCode.THRESHOLD;
    }

    private void print(Fork fork) {
        if (fork.firstDifferent() == null) {
            around.out().printf("ticks %d to %d came to the same%n", fork.from() + 1, fork.to());
            return;
        }
        around.out()
                .printf(
                        "tick %d is the first that came to something else: %s%n",
                        fork.firstDifferent(), String.join(", ", fork.firstComponents()));
        around.out().println("at the end of tick " + fork.to() + ":");
        TextTable counts = new TextTable("COMPONENT", ">ENTITIES THAT DIFFER");
        fork.entities().forEach(counts::row);
        counts.print(around.out());
        print(fork.changes(), "AS IT WAS", "FORK", limit);
    }

    private Map<String, Map<String, Object>> configured(TapeSetup setup) {
        Map<String, Map<String, Object>> trees = new HashMap<>();
        setup.configuration().forEach((plugin, tree) -> trees.put(plugin, new HashMap<>(tree)));
        settings.forEach((key, value) -> {
            String[] parts = key.startsWith(PLUGINS) ? key.split("\\.", 3) : new String[0];
            if (parts.length != 3) {
                throw usage("--set takes plugins.NAME.KEY=VALUE, not " + key);
            }
            trees.computeIfAbsent(parts[1], name -> new HashMap<>()).put(parts[2], value(value));
        });
        return trees;
    }

    /** JSON, or the text where it is none. */
    private static Object value(String text) {
        try {
            return JsonMapper.shared().readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }
}
