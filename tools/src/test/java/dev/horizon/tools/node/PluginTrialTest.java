package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a plugin that are tried on what players did before they are loaded. */
class PluginTrialTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int ANSWER_SECONDS_MAX = 120;

    /** Tens of milliseconds: two percent of a tick are one, and four times as much is borne. */
    private static final String SLOW_TURNS = "30_000_000L";

    private static final String MAIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            public final class Sample implements Plugin {
                public record Ask(int ticks) {}
                public record Told(String text) {}
                public record Blow(int number) {}
                @Override public void setup(Registrar registrar) {
                    EventRegistrar events = registrar.events();
                    events.toClient("sample", "told", Told.class);
                    events.onClient("sample", "ask", Ask.class, Sample::asked);
                    events.onPlugin(Blow.class, Sample::blown);
                    events.on(TickStarted.class, (event, context) -> { TICKED });
                    registrar.command(new CommandSpec("version", "", "Says which.",
                        (arguments, context) -> "VERSION"));
                }
                private static void asked(Ask ask, Player sender, EventContext context) {
                    context.players().send(sender, new Told("VERSION"));
                    ASKED
                }
                private static void blown(Blow blow, EventContext context) { }
            }
            """;

    @TempDir private Path folder;
    private SamplePlugin sample;

    @BeforeEach
    void makeProject() throws IOException {
        sample = new SamplePlugin(folder);
    }

    private Path version(String name, String asked) throws IOException {
        return version(name, asked, "");
    }

    private Path version(String name, String asked, String ticked) throws IOException {
        sample.source(
                "Sample",
                MAIN.replace("VERSION", name).replace("ASKED", asked).replace("TICKED", ticked));
        return sample.build();
    }

    @Test
    void shouldLoadOnlyWhatGetsThroughTheLastTicks() throws Exception {
        try (NodeProcess node = start(version("one", ""));
                HorizonClient ada = client(URI.create(node.address()))) {
            ada.send("sample", "ask", "{\"ticks\":1}");
            assertThat(ada.await("sample", "told", SOON).toString()).contains("one");

            assertRefused(
                    node,
                    version("bad", "throw new IllegalStateException(\"not today\");"),
                    "sample/sample:ask in tick ",
                    "not today",
                    "sample.Sample.asked(Sample.java:");
            assertRefused(
                    node,
                    version("storm", "for (int i = 0; i < 70_000; i++) context.emit(new Blow(i));"),
                    "sample/sample:ask in tick ",
                    "HZ-EVT-020");
            assertRefused(
                    node,
                    version("endless", "while (ask != null) { }"),
                    "HZ-PLG-021",
                    "sample.Sample.asked(Sample.java:");
            String waste = "if (new byte[70_000_000].length == 1) throw new Error();";
            assertRefused(
                    node,
                    version("greedy", "", waste),
                    "sample in tick ",
                    "HZ-PLG-024",
                    "allocated bytes");
            String slow = "long x = 1; for (long i = 0; i < SLOW_TURNS; i++) x = x * 31 + i;";
            assertRefused(
                    node,
                    version(
                            "slow",
                            "",
                            slow.replace("SLOW_TURNS", SLOW_TURNS)
                                    + " if (x == 7) throw new Error();"),
                    "sample in tick ",
                    "HZ-PLG-024",
                    "us, and so for 20 ticks");
            assertThat(answer(node)).isEqualTo("one");

            assertThat(load(node, version("two", ""))).contains("from tick", "; tried on ");
            assertThat(answer(node)).isEqualTo("two");
            Path bad = version("bad", "throw new IllegalStateException(\"not today\");");
            assertThat(load(node, bad, "--force")).doesNotContain("tried");
            assertThat(answer(node)).isEqualTo("bad");
            assertThat(ada.awaitClosed(Duration.ofMillis(1))).isFalse();
        }
    }

    private static void assertRefused(NodeProcess node, Path jar, String... what) {
        assertThatThrownBy(() -> load(node, jar))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-PLG-025"))
                .message()
                .contains(what);
    }

    private static String load(NodeProcess node, Path jar, String... further) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of(jar.toString()));
        words.addAll(List.of(further));
        return node.live().plugin("load", words).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static String answer(NodeProcess node) throws Exception {
        return node.live()
                .command("sample:version", List.of())
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static HorizonClient client(URI address) throws Exception {
        return HorizonClient.connect(address, "Ada", HorizonClient.ticket(address, "Ada"));
    }

    private NodeProcess start(Path jar) {
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        set("node.port", "0"),
                                        set("node.trial-ticks", "1000"),
                                        set("budgets.plugin-time-percent", "2"),
                                        set("node.data-dir", folder.resolve("node").toString())),
                                Map.of(),
                                null)
                        .config();
        PluginHost host = NodeProcess.host(config);
        host.scan(List.of(jar));
        return NodeProcess.start(config, host);
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }
}
