package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.tools.live.OperatorToken;
import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.node.SamplePlugin;
import dev.horizon.tools.plugin.DevLoop;
import dev.horizon.tools.plugin.PluginBuild;
import dev.horizon.tools.plugin.Scaffold;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with plugins, as the page shows it to who looks at the star map. */
@Tag("browser")
class PluginPageTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;
    private static final int MEGABYTE = 1 << 20;
    private static final String SAMPLE =
            """
            package sample;
            import dev.horizon.engine.plugin.*;
            public final class Sample implements Plugin {
                @Override public void setup(Registrar registrar) {
                    registrar.command(new CommandSpec("hello", "", "Says so.",
                        (arguments, context) -> "hello"));
                }
            }
            """;

    /** Keeps what is allocated from being optimised away. */
    private static volatile byte[] garbage = {};

    private static final String BEACON = "horizon.things().find((t) => t.id === window.beacon)";

    @TempDir Path folder;

    /**
     * Throws and dawdles when it is told to, and takes more memory than its budget all the time.
     */
    private static final class Planted implements Plugin {
        @Override
        public void setup(Registrar registrar) {
            registrar
                    .events()
                    .on(TickStarted.class, (event, context) -> garbage = new byte[MEGABYTE]);
            registrar.command(
                    new CommandSpec(
                            "break",
                            "",
                            "Throws.",
                            (arguments, context) -> {
                                throw new IllegalStateException("the beam is cracked");
                            }));
            registrar.command(
                    new CommandSpec("dawdle", "", "Takes its time.", (arguments, c) -> dawdle()));
        }

        private static String dawdle() {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return "done";
        }
    }

    @Test
    void shouldShowWhatIsInQuarantineOverBudgetHeldRefusedOrUnbuilt() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("budgets.plugin-kilobytes", "512");
        try (NodeProcess node = DemoNode.startWith(new Planted(), data, settings, false);
                Browser browser = Browser.start(folder.resolve("browser"), 1280, 800);
                HttpClient http = HttpClient.newHttpClient()) {
            browser.size(1280, 800, false);
            browser.open(DemoNode.address(node));
            browser.await("window.horizon?.plugins.length > 10", SOON);
            browser.await("horizon.plugins.every((p) => p.state === 'loaded')", SOON);

            assertThat(develop(node, http, "Sample implements")).contains("hello");
            assertThat(command(node, "planted:break")).contains("the beam is cracked");
            assertThat(command(node, "planted:dawdle")).isEqualTo("done");
            assertThat(develop(node, http, "Sample implments")).contains("HZ-DEV-003");
            assertThat(post(node, http, "load\n" + notAPlugin())).contains("HZ-PLG-001");

            browser.await(holds("planted", "QUARANTINED", "planted:break"), SOON);
            browser.await(holds("planted", "HUNG", "planted:dawdle"), SOON);
            browser.await(holds("planted", "OVER_BUDGET", "planted"), SOON);
            browser.await(holds("sample", "UNBUILT", "sample"), SOON);
            browser.await(holds("broken.jar", "REFUSED", "broken.jar"), SOON);
            browser.click("#show-plugins");
            browser.await("Number(document.getElementById('plugin-count').textContent) >= 3", SOON);
            assertThat(text(browser))
                    .contains(
                            "the beam is cracked",
                            "over budget",
                            "held the tick",
                            "HZ-DEV-003",
                            "HZ-PLG-001",
                            "./horizon plugin enable planted",
                            "not loaded");
            browser.evaluate(
                    "document.querySelector('[data-kind=UNBUILT]').open = true,"
                            + " document.getElementById('login').hidden = true");
            assertThat(text(browser)).contains("src/main/java/sample/Sample.java:3:");
            browser.screenshot(Path.of("target/screenshots/plugins.png"));

            command(node, "engine:lift planted:break");
            assertThat(develop(node, http, "Sample implements")).contains("hello");
            browser.await(holds("planted", "FAILED", "planted:break"), SOON);
            browser.await(
                    "horizon.plugins.find((p) => p.name === 'sample').troubles.length === 0", SOON);
            assertThat(browser.problems()).isEmpty();
            assertThat(browser.evaluate("horizon.errors.join()").asString()).isEmpty();
        }
    }

    /** What docs/plugins.md begins with: up, plugin new, plugin build, plugin load, and look. */
    @Test
    void shouldShowWhatAFirstPluginDoes() throws Exception {
        try (NodeProcess node = DemoNode.start(folder.resolve("data"));
                Browser browser = Browser.start(folder.resolve("browser"), 1280, 800);
                HttpClient http = HttpClient.newHttpClient()) {
            browser.size(1280, 800, false);
            browser.open(DemoNode.address(node));
            browser.await("window.horizon", SOON);
            browser.evaluate("document.getElementById('player').value = 'Ada'");
            browser.click("#login button");
            browser.await("horizon.state === 'connected'", SOON);

            Path processor = SamplePlugin.sdk().processor().getFirst();
            Path project =
                    new Scaffold(folder, List.of(), List.of(), processor)
                            .write("lighthouse", folder);
            Path jar = new PluginBuild(project, SamplePlugin.sdk()).build();
            assertThat(post(node, http, "load\n" + jar)).contains("lighthouse 0.1.0 from tick");

            browser.evaluate(
                    "fetch('/api/query?where=' + encodeURIComponent('Beacon.turns>=0'))"
                            + ".then((answer) => answer.json())"
                            + ".then((body) => { window.beacon = body.entities[0].id; })");
            browser.await(BEACON, SOON);
            browser.evaluate("window.before = " + BEACON);
            browser.await(
                    "Math.hypot(%s.x - before.x, %s.y - before.y) > 100".formatted(BEACON, BEACON),
                    SOON);
            browser.evaluate("horizon.select(beacon), horizon.goTo(beacon)");
            browser.await(
                    "/Beacon[^]*degrees/.test(document.getElementById('components').innerText)",
                    SOON);
            browser.screenshot(Path.of("target/screenshots/first-plugin.png"));
            assertThat(browser.evaluate("horizon.errors.join()").asString()).isEmpty();
        }
    }

    private static String holds(String plugin, String kind, String name) {
        return "horizon.plugins.some((p) => p.name === '%s' && p.troubles.some((t) => t.kind === '%s' && t.name === '%s'))"
                .formatted(plugin, kind, name);
    }

    private static String text(Browser browser) {
        return browser.evaluate("document.getElementById('plugins').innerText").asString();
    }

    private static String command(NodeProcess node, String line) throws Exception {
        try {
            return node.loop().operator().submit(line).get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    /** Saves the sample's source so, and has the loop of {@code horizon dev} look at it. */
    private String develop(NodeProcess node, HttpClient http, String declaration)
            throws IOException {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.source("Sample", SAMPLE.replace("Sample implements", declaration));
        StringWriter told = new StringWriter();
        DevLoop loop =
                new DevLoop(
                        folder.resolve("sample"),
                        SamplePlugin.sdk(),
                        new DevLoop.Target() {
                            @Override
                            public String load(Path jar) {
                                return post(node, http, "load\n" + jar) + " hello";
                            }

                            @Override
                            public void unbuilt(String plugin, String why) {
                                post(node, http, "unbuilt\n" + plugin + "\n" + why);
                            }
                        },
                        new PrintWriter(told));
        loop.step();
        loop.step();
        return told.toString();
    }

    private static String post(NodeProcess node, HttpClient http, String body) {
        Path data = node.config().node().dataDir();
        HttpRequest request =
                HttpRequest.newBuilder(DemoNode.address(node).resolve("/api/plugin"))
                        .header("Authorization", "Bearer " + OperatorToken.in(data).secret())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
    }

    private Path notAPlugin() throws IOException {
        return Files.writeString(folder.resolve("broken.jar"), "half a jar");
    }
}
