package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.profile.NodeRecording;
import dev.horizon.tools.profile.SlowTick;
import dev.horizon.tools.profile.TickProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code horizon profile}: what the slow ticks of a running node did. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Records a running node of this machine for a while, with Java's flight recorder, and",
            "says what its slow ticks did: a table, and a flame graph of them alone."
        },
        footer = {
            "",
            "The recording has horizon.Tick, horizon.System and horizon.Transfer among its events;",
            "JDK Mission Control and jfr(1) read it. The node samples stacks while it is recorded,",
            "and nothing before and after.",
            "",
            "Examples:",
            "  horizon profile --seconds 60                 ticks beyond their budget",
            "  horizon profile --over 50                    beyond half of it",
            "  horizon profile --of DIR/node.jfr --over 20  of a recording that was made before"
        })
final class ProfileCommand implements Callable<Integer> {
    private static final String RECORDING = "node.jfr";
    private static final String GRAPH = "slow-ticks.html";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Surroundings around;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long it records; ${DEFAULT-VALUE} if not given.")
    int seconds;

    @Option(
            names = "--over",
            paramLabel = "PERCENT",
            defaultValue = "100",
            description =
                    "Of its budget, beyond which a tick is slow; ${DEFAULT-VALUE} if not given.")
    double over;

    @Option(
            names = "--of",
            paramLabel = "FILE",
            description = "Reads this recording instead of making one.")
    @Nullable Path of;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A new folder for both files; profile-TIME if not given.")
    @Nullable Path out;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "Slow ticks shown at most, the slowest; ${DEFAULT-VALUE} if not given.")
    int rows;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Mixin NodeOptions node = new NodeOptions();

    ProfileCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || !(over >= 0)) {
            throw new HorizonException(
                    "HZ-CLI-001", "--seconds is 1 or more, and --over a percentage of the budget");
        }
        Path folder = folder();
        Path recording = of == null ? record(folder) : of;
        TickProfile profile = read(recording);
        try {
            report(profile, recording, folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        return ExitCode.OK;
    }

    private Path folder() {
        Path given = out;
        Path folder =
                given == null ? Path.of("profile-" + STAMP.format(LocalDateTime.now())) : given;
        if (Files.exists(folder)) {
            throw new HorizonException(
                    "HZ-ENV-024", folder + " is there already: name a new folder by --out");
        }
        return folder;
    }

    private Path record(Path folder) throws InterruptedException {
        JsonNode status = node.client(around).get("/api/status");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        Path recording = folder.resolve(RECORDING);
        say("recording %d s of %s", seconds, status.path("starSystem").asString());
        NodeRecording.of(status.path("process").asLong(), Duration.ofSeconds(seconds), recording);
        return recording;
    }

    private TickProfile read(Path recording) {
        try {
            return TickProfile.read(recording, over);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-ENV-025", recording + " is no whole recording (" + e.getMessage() + ")", e);
        }
    }

    private static HorizonException unwritable(Path folder, IOException why) {
        return new HorizonException(
                "HZ-ENV-024",
                folder + " can't be written (" + why + "): name another folder by --out",
                why);
    }

    private void report(TickProfile profile, Path recording, Path folder) throws IOException {
        boolean isSlow = !profile.slow().isEmpty();
        Path graph = folder.resolve(GRAPH);
        if (isSlow) {
            Files.createDirectories(folder);
        }
        String title =
                String.format(
                        Locale.ROOT,
                        "%d of %d ticks took more than %.0f %% of %.0f ms",
                        profile.slow().size(),
                        profile.ticks(),
                        over,
                        profile.budgetMillis());
        int samples = isSlow ? profile.flameGraph(recording, title, graph) : 0;
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("profile", profile);
            all.put("recording", recording.toString());
            all.put("flameGraph", isSlow ? graph.toString() : null);
            all.put("samples", samples);
            Json.print(around.out(), all);
            return;
        }
        say("%s", title);
        say(
                "the machine's cores were %.0f %% busy, %.0f %% with this node",
                profile.machinePercent(), profile.processPercent());
        if (!isSlow) {
            say(
                    "the longest took %.1f ms: --of %s --over %.0f shows such",
                    profile.longestMillis(),
                    recording,
                    Math.floor(90 * profile.longestMillis() / profile.budgetMillis()));
            return;
        }
        table(profile);
        say("flame graph  %s (%d samples)", graph, samples);
        say("recording    %s", recording);
        say("one of them again, where its tape is: horizon replay seek TICK");
    }

    private void table(TickProfile profile) {
        TextTable table =
                new TextTable(">tick", ">took", ">on a core", "most of it", "system", ">collector");
        profile.slow().stream()
                .sorted((a, b) -> Double.compare(b.millis(), a.millis()))
                .limit(rows)
                .forEach(tick -> row(table, tick));
        table.print(around.out());
    }

    private static void row(TextTable table, SlowTick tick) {
        String system = tick.system();
        table.row(
                tick.number(),
                millis(tick.millis()),
                millis(tick.coreMillis()),
                tick.phase() + " " + millis(tick.phaseMillis()),
                system.isEmpty() ? "" : system + " " + millis(tick.systemMillis()),
                tick.pauseMillis() > 0 ? millis(tick.pauseMillis()) : "");
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private void say(String text, Object... with) {
        PrintWriter to = json ? around.err() : around.out();
        to.println(String.format(Locale.ROOT, text, with));
        to.flush();
    }
}
