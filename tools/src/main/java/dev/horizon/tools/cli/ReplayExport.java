package dev.horizon.tools.cli;

import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Fixture;
import dev.horizon.net.replay.Slice;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.replay.Tapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Cuts ticks out of a tape as a folder of its own: world, inputs, hashes, jars, setup."
                    + " All",
            "replay verbs open it with --data-dir; --fixture makes a JUnit test of it."
        })
final class ReplayExport extends ReplayVerb {
    @Option(names = "--from", paramLabel = "N", required = true, description = "The first tick.")
    long from;

    @Option(names = "--to", paramLabel = "N", required = true, description = "The last tick.")
    long to;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder.")
    Path out = Path.of("slice");

    @Option(
            names = "--fixture",
            paramLabel = "CLASS",
            description = "Writes a JUnit test of this name, such as com.example.HullTest.")
    @Nullable String fixture;

    @Option(
            names = "--source-dir",
            paramLabel = "DIR",
            defaultValue = "src/test/java",
            description = "Where the test goes; ${DEFAULT-VALUE} if not given.")
    Path sourceDir = Path.of("src/test/java");

    @Option(
            names = "--plugin",
            paramLabel = "NAME",
            description =
                    "The plugin that the test takes from its class path, as it is now; all others"
                            + " run from the slice's jars. Repeatable; all that run if not given.")
    @Nullable List<String> plugins;

    @Option(
            names = "--break",
            paramLabel = "CONDITION",
            description =
                    "What no entity may begin to fulfil; without it, every hash must be the"
                            + " recorded one.")
    @Nullable String condition;

    ReplayExport(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        TapeSource source = options.source();
        String broken = condition;
        TapeSetup setup = Tapes.setup(source.file());
        if (broken != null) {
            condition(setup, broken);
        }
        List<String> all = setup.plugins().stream().map(TapeSetup.PluginJar::name).toList();
        Map<String, Object> said = new LinkedHashMap<>();
        Optional<Difference> parted = Slice.write(source, options.dataDir, from, to, out);
        parted.ifPresent(difference ->
                around.err()
                        .println(
                                "the slice begins with the world of a run that parted from the tape"
                                        + " at tick "
                                        + difference.tick()));
        said.put("slice", out.toString());
        String name = fixture;
        if (name != null) {
            Path test =
                    Fixture.write(out, name, sourceDir, plugins == null ? all : plugins, broken);
            said.put("fixture", test.toString());
        }
        if (options.json) {
            Json.print(around.out(), said);
        } else {
            said.forEach((what, where) -> around.out().println(what + " " + where));
        }
        return ExitCode.OK;
    }
}
