package dev.horizon.tools.cli;

import dev.horizon.tools.plugin.PluginBuild;
import dev.horizon.tools.plugin.Scaffold;
import dev.horizon.tools.plugin.Sdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code horizon plugin}: gameplay of a running node, replaced while its players play. */
@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        description =
                "Makes, builds, lists, loads, reloads, disables and enables plugins of a running"
                        + " node.",
        footer = {
            "",
            "Examples:",
            "  horizon plugin new mining",
            "  horizon plugin build mining                    makes mining/target/mining-0.1.0.jar",
            "  horizon plugin list",
            "  horizon plugin load target/mining-0.1.0.jar    a new one, or the next version of"
                    + " one",
            "  horizon plugin reload mining                   its jar again, with what depends on"
                    + " it",
            "  horizon plugin disable mining"
        })
final class PluginCommand implements Runnable {
    private final Surroundings around;
    @Spec CommandSpec spec;

    PluginCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "plugin needs a verb: new, build, list, load, reload, disable or enable");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "The plugins with what they registered, and what is in quarantine.")
    int list(
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "One JSON object instead of a table.")
                    boolean json) {
        JsonNode answer = node.client(around).get("/api/plugins");
        if (json) {
            Json.print(around.out(), answer);
            return ExitCode.OK;
        }
        TextTable table = new TextTable("PLUGIN", "VERSION", "STATE", "DETAIL");
        for (JsonNode plugin : answer.path("plugins")) {
            table.row(
                    plugin.path("name").asString(),
                    plugin.path("version").asString(),
                    plugin.path("state").asString(),
                    plugin.path("detail").asString());
        }
        table.print(around.out());
        return ExitCode.OK;
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a new plugin's project: component, system, handlers, settings, tests.")
    int create(
            @Parameters(paramLabel = "NAME", description = "Of the plugin, such as trade-routes.")
                    String name,
            @Option(
                            names = "--in",
                            paramLabel = "DIR",
                            defaultValue = ".",
                            description = "Where its folder is made; here if not given.")
                    Path parent) {
        Path project = Scaffold.ofDistribution().write(name, parent);
        around.out().println(project);
        around.err().println("next: horizon plugin build " + project + ", or mvn verify in it");
        around.out().flush();
        around.err().flush();
        return ExitCode.OK;
    }

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description = "Compiles and packs a plugin's project, without tests; prints the jar.")
    int build(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DIR",
                            defaultValue = ".",
                            description = "The project; this folder if not given.")
                    Path project) {
        around.out().println(new PluginBuild(project, Sdk.ofDistribution()).build());
        around.out().flush();
        return ExitCode.OK;
    }

    @Command(
            name = "load",
            mixinStandardHelpOptions = true,
            description = {
                "Loads jars into the running node; a plugin that runs is replaced, and set up"
                        + " again",
                "is what depends on it. It is tried on the last ticks first, in another process."
                        + " What doesn't",
                "fit, or fails there, is refused, and the node goes on as it was."
            })
    int load(
            @Mixin NodeOptions node,
            @Option(names = "--force", description = "Loads it without trying it first.")
                    boolean isForced,
            @Parameters(arity = "1..*", paramLabel = "JAR", description = "The plugins' jars.")
                    List<Path> jars) {
        return change(
                node,
                "load",
                isForced,
                jars.stream().map(jar -> jar.toAbsolutePath().toString()).toList());
    }

    @Command(
            name = "reload",
            mixinStandardHelpOptions = true,
            description = "Loads running plugins again from their jars, with what depends on them.")
    int reload(
            @Mixin NodeOptions node,
            @Option(names = "--force", description = "Loads it without trying it first.")
                    boolean isForced,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Running plugins.")
                    List<String> names) {
        return change(node, "reload", isForced, names);
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = {
                "Skips plugins' systems, handlers and commands, and those of what depends on them;",
                "their entities stay as they are."
            })
    int disable(
            @Mixin NodeOptions node,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Running plugins.")
                    List<String> names) {
        return change(node, "disable", false, names);
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description =
                    "Runs disabled plugins again, and lifts the quarantine of what they threw in.")
    int enable(
            @Mixin NodeOptions node,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Plugins.")
                    List<String> names) {
        return change(node, "enable", false, names);
    }

    private int change(NodeOptions node, String verb, boolean isForced, List<String> what) {
        List<String> words = new ArrayList<>(what);
        if (isForced) {
            words.add("--force");
        }
        around.out().println(new PluginChange(node, around).ask(verb, words));
        around.out().flush();
        return ExitCode.OK;
    }
}
