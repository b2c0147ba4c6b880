package dev.horizon.tools.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon up}, as its user sees it. */
final class UpProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 180;
    private static final Pattern ADDRESS = Pattern.compile("star map +(http://[^/\\s]+)");
    private static final Pattern BACK = Pattern.compile("goes on from tick (\\d+)");
    private static final Pattern DATA = Pattern.compile(" data +(/.*)");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private URI address = URI.create("");
    private Path data = Path.of("");
    private long comebackTick;

    private UpProcess(Process process) {
        this.process = process;
    }

    /** Starts it, and waits until players can connect. */
    static UpProcess start(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        UpProcess up = new UpProcess(process);
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && up.data.toString().isEmpty()) {
            up.read(line);
            line = out.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IllegalStateException("it ended with " + process.waitFor());
        }
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(rest -> {}));
        return up;
    }

    private void read(String line) {
        Matcher found = ADDRESS.matcher(line);
        if (found.find()) {
            address = URI.create(found.group(1));
        }
        found = BACK.matcher(line);
        if (found.find()) {
            comebackTick = Long.parseLong(found.group(1));
        }
        found = DATA.matcher(line);
        if (found.find()) {
            data = Path.of(found.group(1));
        }
    }

    URI address() {
        return address;
    }

    /** The tick that it goes on from; 0 in a new world. */
    long comebackTick() {
        return comebackTick;
    }

    /** A figure of its metrics. */
    double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/metrics")).build();
        return http.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** What its API says. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    /** Types an operator's command; returns the answer. */
    String command(String line) throws IOException, InterruptedException {
        return post("/api/command", line);
    }

    /** Loads, reloads, disables or enables a plugin; returns the answer. */
    String plugin(String verb, String what) throws IOException, InterruptedException {
        return post("/api/plugin", verb + "\n" + what);
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("operator.token")).strip();
        return send(HttpRequest.newBuilder(address.resolve(path))
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .path("answer")
                .asString();
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request + ": " + answer.body());
        }
        return new JsonMapper().readTree(answer.body());
    }

    /** Keeps its recorder from a processor while others are busy, until that is closed. */
    Starved starveRecorder() throws IOException, InterruptedException {
        return new Starved(process.pid());
    }

    /** A thread that runs only when its processor has nothing else to do, which it has. */
    static final class Starved implements AutoCloseable {
        private static final String RECORDER = "archive";

        private final String thread;
        private final Process hog;

        private Starved(long pid) throws IOException, InterruptedException {
            thread = thread(pid);
            String processor = processor();
            run("taskset", "-cp", processor, thread);
            run("chrt", "--idle", "-p", "0", thread);
            hog =
                    new ProcessBuilder(
                                    "taskset", "-c", processor, "sh", "-c", "while :; do :; done")
                            .inheritIO()
                            .start();
        }

        /** One that this process may use. */
        private static String processor() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.replaceFirst("\\D+(\\d+).*", "$1"))
                    .findFirst()
                    .orElseThrow();
        }

        private static String thread(long pid) throws IOException {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path one : threads.toList()) {
                    if (Files.readString(one.resolve("comm")).startsWith(RECORDER)) {
                        return one.getFileName().toString();
                    }
                }
            }
            throw new IllegalStateException("no thread of " + pid + " is called " + RECORDER);
        }

        private static void run(String... command) throws IOException, InterruptedException {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            hog.destroyForcibly().waitFor();
            run("chrt", "--other", "-p", "0", thread);
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM: an end in order. */
    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroy();
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("it did not end in time");
        }
    }
}
