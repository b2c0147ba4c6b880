package dev.horizon.tools.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code horizon} command. */
@Command(
        name = "horizon",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        description = {
            "Horizon runs star systems in which everyone meets in the same place.",
            "",
            "Start with 'horizon up' and open the address that it prints."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:a fault",
            "2:wrong command line or configuration",
            "3:a threshold failed or runs diverged",
            "4:this machine lacks something"
        },
        footer = {
            "",
            "Examples:",
            "  horizon up                           the demo star system on this machine",
            "  horizon up --port 9000 --set plugins.sol.ships=500",
            "  horizon query 'Hull.points < 10'     damaged ships of the running node",
            "  horizon doctor                       what this machine can do",
            "",
            "Every error has a code and a page under docs/errors/."
        })
public final class Horizon implements Runnable {
    /** Verbs by name, made when asked for: a start pays for one verb, not for all. */
    private static final Map<String, Function<Surroundings, Object>> VERBS = new LinkedHashMap<>();

    /** Verbs whose start is long. */
    private static final List<String> NODES = List.of("up", "node", "standby");

    static {
        VERBS.put("up", UpCommand::new);
        VERBS.put("node", NodeCommand::new);
        VERBS.put("gateway", GatewayCommand::new);
        VERBS.put("standby", StandbyCommand::new);
        VERBS.put("coordinator", CoordinatorCommand::new);
        VERBS.put("mesh", MeshCommand::new);
        VERBS.put("top", TopCommand::new);
        VERBS.put("profile", ProfileCommand::new);
        VERBS.put("query", QueryCommand::new);
        VERBS.put("why", WhyCommand::new);
        VERBS.put("capture", CaptureCommand::new);
        VERBS.put("replay", ReplayCommand::new);
        VERBS.put("plugin", PluginCommand::new);
        VERBS.put("dev", DevCommand::new);
        VERBS.put("command", CommandCommand::new);
        VERBS.put("bench", BenchCommand::new);
        VERBS.put("soak", SoakCommand::new);
        VERBS.put("config", ConfigCommand::new);
        VERBS.put("doctor", DoctorCommand::new);
        VERBS.put("schemas", SchemasCommand::new);
        VERBS.put("completion", CompletionCommand::new);
    }

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows the stack trace of a fault.")
    boolean debug;

    @Spec CommandSpec spec;

    private Horizon() {}

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && NODES.contains(args[0])) {
            Preload.start();
        }
        System.exit(run(Surroundings.process(), args));
    }

    /** Runs one verb. */
    static int run(Surroundings around, String... args) {
        Function<Surroundings, Object> verb = args.length > 0 ? VERBS.get(args[0]) : null;
        CommandLine line =
                verb == null ? allVerbs(around) : withVerb(around, args[0], verb.apply(around));
        return line.execute(args);
    }

    /** The command with all its verbs. */
    static CommandLine allVerbs(Surroundings around) {
        CommandLine line = bare(around);
        VERBS.forEach((name, verb) -> add(line, name, verb.apply(around)));
        return finish(line, around);
    }

    private static CommandLine withVerb(Surroundings around, String name, Object verb) {
        CommandLine line = bare(around);
        add(line, name, verb);
        return finish(line, around);
    }

    private static void add(CommandLine line, String name, Object verb) {
        CommandLine command = new CommandLine(verb);
        if (verb instanceof VerbGroup group) {
            group.verbs().forEach(command::addSubcommand);
        }
        line.addSubcommand(name, command);
    }

    private static CommandLine bare(Surroundings around) {
        return new CommandLine(new Horizon()).setOut(around.out()).setErr(around.err());
    }

    private static CommandLine finish(CommandLine line, Surroundings around) {
        line.setOut(around.out());
        line.setErr(around.err());
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        around.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Faults.install(line, around);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, VerbList::render);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "horizon needs a verb");
    }
}
