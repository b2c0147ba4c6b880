package dev.horizon.perf.plugins;

import dev.horizon.perf.Figure;
import dev.horizon.perf.processes.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a first author does, command by command, on the demo star system: a project, its jar, loaded
 * and seen in the world; then {@code horizon dev}, and saves. Times are those that the author
 * waits.
 */
final class FirstPlugin {
    private static final String NAME = "lighthouse";
    private static final String EFFECT = "/api/query?where=Beacon.turns%3E%3D0";
    private static final String GREETER =
            "plugins/greeter/src/main/java/dev/horizon/plugins/greeter/Greeter.java";
    private static final int SAVES = 7;
    private static final int COMMANDS_MAX = 5;
    private static final int MINUTES_MAX = 5;
    private static final int GREETER_LINES_MAX = 30;
    private static final double SAVE_SECONDS_MAX = 3;
    private static final int SECONDS_MAX = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Who saves looks at what became of it before the next. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final Path launcher;
    private final Consumer<String> progress;
    private int commands;

    FirstPlugin(Path launcher, Consumer<String> progress) {
        this.launcher = launcher;
        this.progress = progress;
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-first-plugin-");
        String data = folder.resolve("data").toString();
        long start = System.nanoTime();
        commands = 1;
        try (ServerProcess node =
                ServerProcess.start(
                        launcher, List.of("up", "--port", "0", "--data-dir", data), Map.of())) {
            Path project = folder.resolve(NAME);
            give("plugin", "new", NAME, "--in", folder.toString());
            give("plugin", "build", project.toString());
            List<String> at = List.of("--url", node.address().toString(), "--data-dir", data);
            String jar = project.resolve("target/" + NAME + "-0.1.0.jar").toString();
            give(with(List.of("plugin", "load", jar), at));
            awaitEffect(node);
            double seconds = secondsSince(start);
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.atMost("commands to a first plugin", commands, "", COMMANDS_MAX));
            figures.add(
                    Figure.atMost(
                            "from the first of them to its effect in the world",
                            seconds,
                            "s",
                            TimeUnit.MINUTES.toSeconds(MINUTES_MAX)));
            figures.add(
                    Figure.atMost(
                            "lines of the greeter, without imports",
                            greeterLines(),
                            "",
                            GREETER_LINES_MAX));
            figures.addAll(saves(project, at));
            return figures;
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private List<Figure> saves(Path project, List<String> at) throws IOException {
        Process dev = start(with(List.of("dev", project.toString()), at));
        try {
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread.ofPlatform().daemon().start(() -> read(dev, lines));
            awaitRunning(lines);
            Path source = project.resolve("src/main/java/plugins/lighthouse/LighthousePlugin.java");
            double[] seconds = new double[SAVES];
            for (int i = 0; i < SAVES; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                long start = System.nanoTime();
                Files.writeString(source, "// " + i + "\n", StandardOpenOption.APPEND);
                awaitRunning(lines);
                seconds[i] = secondsSince(start);
            }
            Arrays.sort(seconds);
            return List.of(
                    Figure.atMost(
                            "from saving to running, median",
                            seconds[SAVES / 2],
                            "s",
                            SAVE_SECONDS_MAX),
                    Figure.atMost(
                            "from saving to running, longest",
                            seconds[SAVES - 1],
                            "s",
                            SAVE_SECONDS_MAX));
        } finally {
            dev.destroy();
        }
    }

    private static void read(Process from, BlockingQueue<String> lines) {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("it ended: " + e);
        }
    }

    private void awaitRunning(BlockingQueue<String> lines) {
        try {
            @Nullable String line = lines.poll(SECONDS_MAX, TimeUnit.SECONDS);
            while (line != null && !line.contains("running after")) {
                if (line.startsWith("HZ-") || line.startsWith("error")) {
                    throw new IllegalStateException(line);
                }
                line = lines.poll(SECONDS_MAX, TimeUnit.SECONDS);
            }
            if (line == null) {
                throw new IllegalStateException("nothing runs after " + SECONDS_MAX + " s");
            }
            progress.accept(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEffect(ServerProcess node) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!node.get(EFFECT).contains("degrees")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no beacon after " + SECONDS_MAX + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void give(String... words) throws IOException {
        give(List.of(words));
    }

    private void give(List<String> words) throws IOException {
        commands++;
        Process process = start(words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        words + " ended with " + process.exitValue() + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process start(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        return builder.start();
    }

    private long greeterLines() throws IOException {
        List<String> all = Files.readAllLines(launcher.resolveSibling(GREETER));
        return all.stream()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .count();
    }

    private static List<String> with(List<String> words, List<String> further) {
        List<String> all = new ArrayList<>(words);
        all.addAll(further);
        return all;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
