package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.horizon.tools.doctor.Survey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with one page, driven through the DevTools protocol
 * (chromedevtools.github.io/devtools-protocol).
 */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final int ANSWER_SECONDS_MAX = 180;
    private static final int STOP_SECONDS_MAX = 5;
    private static final int POLL_MILLIS = 50;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final StringBuilder partial = new StringBuilder();

    private Browser(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(page, new Listener())
                        .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .join();
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.enable", Map.of());
    }

    /**
     * Starts it, or skips the test with a line that says why. With {@code HORIZON_BROWSER=required}
     * a missing browser fails.
     */
    static Browser start(Path profile, int width, int height) throws Exception {
        String executable = Survey.browser();
        if ("required".equals(System.getenv("HORIZON_BROWSER"))) {
            assertThat(executable).as("a Chromium on the PATH").isNotEmpty();
        }
        assumeTrue(!executable.isEmpty(), "no Chromium on the PATH: the page tests are skipped");
        Files.createDirectories(profile);
        Process process =
                new ProcessBuilder(
                                List.of(
                                        executable,
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--disable-dev-shm-usage",
                                        "--hide-scrollbars",
                                        "--remote-debugging-port=0",
                                        "--remote-allow-origins=*",
                                        "--window-size=" + width + "," + height,
                                        "--user-data-dir=" + profile,
                                        "about:blank"))
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("browser.log").toFile())
                        .start();
        try {
            return new Browser(
                    process, profile, page(profile.resolve("DevToolsActivePort"), process));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    void open(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
    }

    void reload() {
        call("Page.reload", Map.of());
    }

    /** The value of an expression of the page. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        assertThat(answer.path("exceptionDetails").isMissingNode())
                .as("%s: %s", expression, answer.path("exceptionDetails"))
                .isTrue();
        return answer.path("result").path("value");
    }

    /** Waits until an expression of the page is true. */
    void await(String expression, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!evaluate("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        expression
                                + " did not come true within "
                                + limit
                                + "; the page says "
                                + evaluate("document.body.innerText")
                                + "; its problems are "
                                + problems);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    void key(String type, String code) {
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", type, "code", code, "key", code.replace("Key", "").toLowerCase()));
    }

    void mouse(String type, double x, double y) {
        call(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }

    void click(String selector) {
        evaluate("document.querySelector('" + selector + "').click()");
    }

    void screenshot(Path file) throws IOException {
        String data = call("Page.captureScreenshot", Map.of()).path("data").asString();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    void size(int width, int height, boolean mobile) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** Errors that the page wrote to its console or threw. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Ends it with its helper processes, which outlive it for a while, and deletes its profile. */
    @Override
    public void close() throws IOException, InterruptedException {
        socket.abort();
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        helpers.forEach(ProcessHandle::destroyForcibly);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS_MAX);
        while (!isDeleted(profile)) {
            assertThat(System.nanoTime()).as("%s is still written to", profile).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Deletes what is there now, links that lead nowhere too; false if more came meanwhile. */
    private static boolean isDeleted(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException vanished) {
            return false;
        }
        return !Files.exists(folder);
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(
                        JSON.writeValueAsString(
                                Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        return answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    private static URI page(Path portFile, Process process) throws Exception {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        "Chromium did not start; its log is "
                                + portFile.resolveSibling("browser.log"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        URI list =
                URI.create(
                        "http://127.0.0.1:"
                                + Files.readAllLines(portFile).getFirst()
                                + "/json/list");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(list).build(),
                            HttpResponse.BodyHandlers.ofString());
            for (JsonNode target : JSON.readTree(answer.body())) {
                if (target.path("type").asString().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asString());
                }
            }
            throw new IOException("Chromium has no page: " + answer.body());
        }
    }

    private void receive(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
            if (answer != null && message.has("error")) {
                answer.completeExceptionally(
                        new IllegalStateException(message.path("error").toString()));
            } else if (answer != null) {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asString()) {
            case "Runtime.exceptionThrown" -> problems.add(parameters.toString());
            case "Runtime.consoleAPICalled" -> {
                if (parameters.path("type").asString().equals("error")) {
                    problems.add(parameters.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (parameters.path("entry").path("level").asString().equals("error")) {
                    problems.add(parameters.path("entry").toString());
                }
            }
            default -> {
                // Other events are of no interest here.
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String whole = partial.toString();
                partial.setLength(0);
                receive(JSON.readTree(whole));
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
