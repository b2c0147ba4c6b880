package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.soak.SoakResult;
import dev.horizon.tools.soak.SoakRun;
import dev.horizon.tools.soak.SoakTarget;
import dev.horizon.tools.soak.plan.PlanFile;
import dev.horizon.tools.soak.report.ReportJson;
import dev.horizon.tools.soak.report.ReportPage;
import dev.horizon.tools.soak.report.RunInfo;
import dev.horizon.tools.soak.report.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code horizon soak}: players of a plan against a node, and what came of it. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Loads a node as its players would, by a plan: stages, behaviours, faults,"
                        + " thresholds. Leaves a report.",
        footer = {
            "",
            "Exits with 3 when a threshold is missed, with 2 when the plan is wrong.",
            "Without --node it starts a node of its own, and ends it.",
            "",
            "Examples:",
            "  horizon soak examples/battle.toml",
            "  horizon soak plan.toml --node 127.0.0.1:8420 --out before",
            "  horizon soak compare before/report.json after/report.json"
        })
final class SoakCommand implements Callable<Integer>, VerbGroup {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("MMdd-HHmmss");

    private final Surroundings around;

    @Spec CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan, a TOML file.")
    @Nullable Path plan;

    @Option(
            names = "--node",
            paramLabel = "HOST:PORT",
            description = "A node that runs; nothing is done to its process.")
    @Nullable String node;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data folder of that node, for what needs its operator's token.")
    @Nullable Path dataDir;

    @Option(
            names = "--ticket-key-file",
            paramLabel = "FILE",
            description = "Key of that node's tickets; without it the node is asked for tickets.")
    @Nullable Path ticketKey;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "Certificate of that node, a PEM file, where it speaks TLS (https://HOST:PORT)"
                            + " and no authority signed it.")
    @Nullable Path certificate;

    @Option(
            names = "--aeron",
            paramLabel = "HOST:PORT",
            description = "That node's gateway.aeron, for players who come over Aeron.")
    @Nullable String aeron;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Folder for the report; soak-NAME-TIME without it.")
    @Nullable Path folder;

    @Option(names = "--check", description = "Reads the plan, and says what it comes to.")
    boolean isCheck;

    @Option(names = "--json", description = "Prints figures as a JSON object.")
    boolean json;

    SoakCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Object> verbs() {
        return List.of(new SoakCompare(around));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = plan;
        if (file == null) {
            throw new ParameterException(
                    spec.commandLine(), "soak needs a plan, such as examples/battle.toml");
        }
        boolean isOfNode =
                dataDir != null || ticketKey != null || certificate != null || aeron != null;
        if (node == null && isOfNode) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data-dir, --ticket-key-file, --trust and --aeron are of a node that runs: name"
                            + " it with --node");
        }
        PlanFile read = PlanFile.read(file);
        if (isCheck) {
            around.out()
                    .printf(
                            "%s: %d stages, %d s, up to %d players, %d behaviours, %d faults, %d"
                                    + " thresholds%n",
                            read.plan().name(),
                            read.plan().stages().size(),
                            read.plan().duration().toSeconds(),
                            read.plan().playersMax(),
                            read.plan().behaviours().size(),
                            read.plan().faults().size(),
                            read.plan().thresholds().size());
            return ExitCode.OK;
        }
        return run(read);
    }

    private int run(PlanFile read) throws IOException, InterruptedException {
        LocalDateTime now = LocalDateTime.now();
        Path out = folder;
        if (out == null) {
            out = Path.of("soak-" + read.plan().name() + "-" + now.format(FOLDER));
        }
        if (Files.exists(out.resolve("data")) || Files.exists(out.resolve("mesh"))) {
            throw new HorizonException(
                    "HZ-SOAK-001",
                    out + " holds another soak's node or mesh; name another folder with --out");
        }
        out = out.toAbsolutePath();
        Map<String, Object> facts = Figures.of(List.of(), read.plan().seed(), spec);
        RunInfo info =
                new RunInfo(
                        now.format(DATE),
                        String.valueOf(facts.get("machine")),
                        SourceBuild.text(),
                        String.valueOf(facts.get("command")),
                        node == null ? tapes(read, out) : "");
        SoakTarget target =
                new SoakTarget(
                        address(),
                        dataDir,
                        ticketKey,
                        trust(),
                        aeron == null ? null : LineAddress.parse("--aeron", aeron),
                        SourceBuild::launched,
                        out);
        SoakResult result = SoakRun.run(read, target, new SoakProgress(around, read.plan()));
        Files.writeString(
                out.resolve("report.json"), Json.text(ReportJson.whole(result, info)) + "\n");
        Files.writeString(out.resolve("report.html"), ReportPage.of(result, info));
        if (json) {
            Json.print(around.out(), ReportJson.summary(result, info));
        } else {
            print(result);
            around.out().println("report     " + out.resolve("report.html"));
            around.out().flush();
        }
        return result.passed() ? ExitCode.OK : ExitCode.THRESHOLD;
    }

    /** How to look at what a node of its own recorded. */
    private static String tapes(PlanFile read, Path out) {
        Path data =
                read.plan().mesh().isThere()
                        ? out.resolve("mesh").resolve(read.plan().mesh().firstNode())
                        : out.resolve("data");
        return "./horizon replay tapes --data-dir " + data;
    }

    private void print(SoakResult result) {
        TextTable table = new TextTable("FIGURE", "STAGE", ">VALUE", "UNIT", "GOAL", "HOLDS");
        for (SoakResult.Figure figure : result.thresholds()) {
            table.row(
                    figure.measure().word(),
                    figure.stage().isEmpty() ? "whole" : figure.stage(),
                    Text.number(figure.value()),
                    figure.measure().unit(),
                    String.valueOf(figure.goal()),
                    figure.holds() ? "yes" : "NO");
        }
        around.out().println();
        table.print(around.out());
        around.out().println();
        result.errors().stream().limit(5).forEach(line -> around.out().println("node: " + line));
        int starved = result.line().starvedSeconds();
        if (starved > 0) {
            around.out()
                    .printf(
                            "the bots themselves were late in %d of %d seconds: what they measured"
                                    + " there is partly their own%n",
                            starved, result.line().seconds().length);
        }
        around.out().println(result.passed() ? "passed" : "MISSED");
    }

    private Trust trust() {
        return certificate == null ? Trust.standard() : Trust.of(certificate);
    }

    private @Nullable URI address() {
        String text = node;
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ParameterException(
                spec.commandLine(), "--node " + text + " is no address; write 127.0.0.1:8420");
    }
}
