package dev.horizon.tools.node;

import dev.horizon.tools.config.BudgetSettings;
import dev.horizon.tools.config.NodeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that tries plugins once: it has started, run the last ticks with the plugins that run,
 * and waits to be told what to try. So an author waits for the ticks alone, not for a virtual
 * machine.
 */
final class TrialProcess implements AutoCloseable {
    private static final String MAIN = "dev.horizon.tools.cli.Horizon";

    /** What this process has for itself alone. */
    private static final List<String> OWN_OPTIONS =
            List.of("-XX:", "-Xm", "-Xshare", "-javaagent", "-agentlib", "-agentpath");

    /** Up in a moment, and little memory. */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1");

    private static final Path NICE = Path.of("/usr/bin/nice");

    private final Process process;

    private TrialProcess(Process process) {
        this.process = process;
    }

    static TrialProcess start(NodeSettings node, BudgetSettings budgets) throws IOException {
        return new TrialProcess(
                new ProcessBuilder(command(node, budgets))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Has it try these.
     *
     * @return what it says, until its end
     */
    CompletableFuture<String> ask(List<Path> jars) throws IOException {
        String lines = jars.stream().map(Path::toString).collect(Collectors.joining("\n"));
        try (OutputStream to = process.getOutputStream()) {
            to.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        CompletableFuture<String> said = new CompletableFuture<>();
        // A virtual thread that reads a process holds one of few carriers, as long as that runs.
        Thread.ofPlatform()
                .daemon()
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

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static List<String> command(NodeSettings node, BudgetSettings budgets) {
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
        command.addAll(List.of("replay", "trial", "--json", "--wait"));
        command.addAll(List.of("--data-dir", node.dataDir().toString()));
        command.addAll(List.of("--ticks", Integer.toString(node.trialTicks())));
        long percent = TimeUnit.SECONDS.toMicros(1) / node.tickHz() / 100;
        command.addAll(
                List.of(
                        "--plugin-micros",
                        Long.toString(budgets.pluginTimePercent() * percent),
                        "--system-micros",
                        Long.toString(budgets.systemTimePercent() * percent),
                        "--plugin-kilobytes",
                        Integer.toString(budgets.pluginKilobytes()),
                        "--system-kilobytes",
                        Integer.toString(budgets.systemKilobytes())));
        return command;
    }
}
