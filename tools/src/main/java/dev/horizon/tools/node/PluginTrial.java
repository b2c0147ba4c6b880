package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.config.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries plugins on the last ticks of the running tape before they are loaded: in another process,
 * which can be ended, and which doesn't take the tick's memory.
 */
final class PluginTrial {
    private static final int SECONDS_MAX = 40;
    private static final String MAIN = "dev.horizon.tools.cli.Horizon";

    /** What this process has for itself alone. */
    private static final List<String> OWN_OPTIONS =
            List.of("-XX:", "-Xm", "-Xshare", "-javaagent", "-agentlib", "-agentpath");

    /** Up in a moment, and little memory. */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1");

    private static final Path NICE = Path.of("/usr/bin/nice");

    private final NodeSettings node;

    PluginTrial(NodeSettings node) {
        this.node = node;
    }

    /**
     * Tries.
     *
     * @param following the tape's setup with them; their jars are on its shelf
     * @param jars kept ones of those that are new or replaced
     * @return how it went, in words; empty where nothing is to be tried
     * @throws HorizonException HZ-PLG-025 when they fail, HZ-PLG-026 when that can't be found out,
     *     or the code with which a tick would refuse them
     */
    String run(TapeSetup following, List<Path> jars) throws InterruptedException {
        boolean hasAllJars = following.plugins().stream().noneMatch(p -> p.sha256().isEmpty());
        if (node.trialTicks() == 0 || !hasAllJars || jars.isEmpty()) {
            return "";
        }
        long start = System.nanoTime();
        TrialOutcome outcome = outcome(jars);
        String code = outcome.code();
        if (code != null) {
            throw new HorizonException(code, String.valueOf(outcome.message()));
        }
        if (!outcome.isSound()) {
            throw failed(outcome);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return outcome.ticks() == 0
                ? ""
                : "; tried on " + outcome.ticks() + " ticks in " + millis + " ms";
    }

    private static HorizonException failed(TrialOutcome outcome) {
        String what =
                outcome.faults().stream()
                        .map(PluginTrial::describe)
                        .collect(Collectors.joining("; "));
        return new HorizonException(
                "HZ-PLG-025",
                "tried on ticks "
                        + outcome.from()
                        + " to "
                        + outcome.to()
                        + " of the tape: "
                        + what
                        + ". The version before goes on; --force loads this one nevertheless");
    }

    private static String describe(QuarantineReport fault) {
        List<String> lines = fault.stack().lines().limit(2).map(String::strip).toList();
        return fault.name()
                + " in tick "
                + fault.tick()
                + " on "
                + fault.event()
                + ": "
                + String.join(" ", lines);
    }

    private TrialOutcome outcome(List<Path> jars) throws InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command(jars))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw untried("it can't be started: " + e.getMessage(), e);
        }
        try {
            String said = output(process).get(SECONDS_MAX, TimeUnit.SECONDS);
            return JsonMapper.shared().readValue(said, TrialOutcome.class);
        } catch (TimeoutException e) {
            throw untried("it takes longer than " + SECONDS_MAX + " s", e);
        } catch (ExecutionException | JacksonException e) {
            throw untried("the process that tries it ended: " + e.getMessage(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> output(Process process) {
        CompletableFuture<String> said = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        byte[] bytes = process.getInputStream().readAllBytes();
                        said.complete(new String(bytes, StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        said.completeExceptionally(new UncheckedIOException(e));
                    }
                });
        return said;
    }

    private List<String> command(List<Path> jars) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            // The tick goes first.
            command.addAll(List.of(NICE.toString(), "-n", "5"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (OWN_OPTIONS.stream().noneMatch(given::startsWith)) {
                command.add(given);
            }
        }
        command.addAll(OPTIONS);
        Path cache = Path.of(System.getProperty("horizon.home", ""), "verb.aot");
        if (Files.isRegularFile(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of("replay", "trial", "--json"));
        command.addAll(List.of("--data-dir", node.dataDir().toString()));
        command.addAll(List.of("--ticks", Integer.toString(node.trialTicks())));
        jars.forEach(jar -> command.addAll(List.of("--plugin", jar.toString())));
        return command;
    }

    private static HorizonException untried(String why, Throwable cause) {
        return new HorizonException(
                "HZ-PLG-026",
                "the plugin can't be tried on the last ticks: "
                        + why
                        + ". The version before goes on; --force loads this one untried",
                cause);
    }
}
