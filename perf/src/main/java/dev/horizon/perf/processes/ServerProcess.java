package dev.horizon.perf.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A role of the command {@code horizon} in a process of its own, as an operator starts it. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[^/\\s]+");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ORDER_PATIENCE = Duration.ofSeconds(60);
    private static final int HTTP_OK = 200;
    private static final long STOP_SECONDS_MAX = 30;

    private final String role;
    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(String role, Process process, URI address) {
        this.role = role;
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits for its address.
     *
     * @param launcher the script {@code horizon}
     * @param arguments verb and flags
     * @param environment added to this process's own
     */
    public static ServerProcess start(
            Path launcher, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            URI address = address(out, arguments.getFirst());
            Thread.ofPlatform().daemon().name("server-output").start(() -> drain(out));
            return new ServerProcess(arguments.getFirst(), process, address);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static URI address(BufferedReader out, String role) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                return URI.create(found.group());
            }
        }
        throw new IllegalStateException("horizon " + role + " ended without an address");
    }

    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // What it says after its address is of no interest.
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** Of the process itself: the launcher becomes it. */
    public long pid() {
        return process.pid();
    }

    /**
     * What an operator asks of a node.
     *
     * @param token the secret of its data folder
     * @return the answer's body
     * @throws IllegalStateException when it refuses
     */
    public String post(String path, String token, String body) throws IOException {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(address.resolve(path))
                                    .timeout(ORDER_PATIENCE)
                                    .header("Authorization", "Bearer " + token)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != HTTP_OK) {
                throw new IllegalStateException(path + " answers " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What it takes. */
    public ProcessWatch watch() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "horizon " + role + " ended with " + process.exitValue());
        }
        return ProcessWatch.of(process.pid());
    }

    /** Records what its threads do, with Java's flight recorder, for some seconds from now. */
    public void record(Path to, int seconds) throws IOException {
        command("JFR.start", "name=bench", "settings=profile");
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        command("JFR.dump", "name=bench", "filename=" + to);
        command("JFR.stop", "name=bench");
    }

    private void command(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(process.pid()));
        command.addAll(List.of(words));
        Process asked =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (asked.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The body of a page or API answer. */
    public String get(String path) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A whole number of the API's status, by its key. */
    public long status(String key) throws IOException {
        String answer = get("/api/status");
        Matcher found = Pattern.compile("\"" + key + "\"\\s*:\\s*(-?\\d+)").matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("the status has no " + key + ": " + answer);
        }
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
