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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not get into a running node, one version after the other, under one player. */
class BadPluginTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int ANSWER_SECONDS_MAX = 120;
    private static final String DESCRIPTOR = "META-INF/horizon-plugin.properties";
    private static final String GOOD = "name=sample\nversion=1.0.0\napi-version=0.1\n";

    private static final String MAIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            public final class Sample implements Plugin {
                public record Ask(FIELDS) {}
                public record Told(String text) {}
                @Override public void setup(Registrar registrar) {
                    EventRegistrar events = registrar.events();
                    events.toClient("sample", "told", Told.class);
                    events.onClient("sample", "ask", Ask.class, Sample::asked);
                    command(registrar, "version");
                    SETUP
                }
                private static void command(Registrar registrar, String name) {
                    registrar.command(new CommandSpec(name, "", "Says which.", (a, c) -> "VERSION"));
                }
                private static SystemSpec system(String name) {
                    return SystemSpec.exclusive(name, Stage.UPKEEP, Access.none(), (s, t) -> { });
                }
                private static void asked(Ask ask, Player sender, EventContext context) {
                    context.players().send(sender, new Told("VERSION"));
                }
            }
            """;

    @TempDir private Path folder;
    private SamplePlugin sample;

    @BeforeEach
    void makeProject() throws IOException {
        sample = new SamplePlugin(folder);
    }

    private Path version(String name, String fields, String setup) throws IOException {
        sample.source(
                "Sample",
                MAIN.replace("VERSION", name).replace("FIELDS", fields).replace("SETUP", setup));
        return sample.build();
    }

    private Path described(String further) throws IOException {
        sample.resource(DESCRIPTOR, further);
        return version("bad", "int ticks", "");
    }

    @Test
    void shouldRefuseEachBadVersionWithItsCodeAndGoOn() throws Exception {
        try (NodeProcess node = start(version("one", "int ticks", ""));
                HorizonClient ada = client(URI.create(node.address()))) {
            assertRefused(
                    node,
                    "HZ-PLG-004",
                    described("name=sample\nversion=1.0.0\napi-version=9.0\nmain=sample.Sample\n"));
            assertRefused(
                    node,
                    "HZ-PLG-005",
                    described(GOOD + "main=sample.Sample\ndependencies=nowhere >=1.0\n"));
            assertRefused(node, "HZ-PLG-008", described(GOOD + "main=sample.Missing\n"));
            sample.resource(DESCRIPTOR, GOOD + "main=sample.Sample\n");
            assertRefused(
                    node,
                    "HZ-PLG-012",
                    version("bad", "int ticks", "command(registrar, \"version\");"));
            assertRefused(
                    node,
                    "HZ-PLG-013",
                    version(
                            "bad",
                            "int ticks",
                            "registrar.system(system(\"a\")); registrar.system(system(\"a\"));"));
            assertRefused(
                    node,
                    "HZ-PLG-009",
                    version("bad", "int ticks", "throw new IllegalStateException(\"no\");"));
            assertRefused(
                    node,
                    "HZ-PLG-022",
                    version("bad", "int ticks", "while (registrar != null) { }"));
            assertRefused(node, "HZ-PLG-001", half(version("bad", "int ticks", "")));
            Path empty = Files.write(folder.resolve("empty.jar"), new byte[0]);
            assertRefused(node, "HZ-PLG-001", empty);

            assertThat(answer(node)).isEqualTo("one");
            ada.send("sample", "ask", "{\"ticks\":1}");
            assertThat(ada.await("sample", "told", SOON).toString()).contains("one");
        }
    }

    @Test
    void shouldRefuseAnEventThatNoLongerFitsItsRecordAndKeepItsSender() throws Exception {
        try (NodeProcess node = start(version("one", "int ticks", ""));
                HorizonClient ada = client(URI.create(node.address()))) {
            ada.send("sample", "ask", "{\"ticks\":1}");
            assertThat(ada.await("sample", "told", SOON).toString()).contains("one");

            load(node, version("two", "String reason, int hours", ""));
            ada.send("sample", "ask", "{\"ticks\":1}");
            assertThat(ada.await("session", "refused", SOON).toString())
                    .contains("reason is missing");
            ada.send("sample", "ask", "{\"reason\":\"because\",\"hours\":2}");
            assertThat(ada.await("sample", "told", SOON).toString()).contains("two");
        }
    }

    private static Path half(Path jar) throws IOException {
        byte[] whole = Files.readAllBytes(jar);
        return Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
    }

    private static void assertRefused(NodeProcess node, String code, Path jar) {
        assertThatThrownBy(() -> load(node, jar))
                .cause()
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static String load(NodeProcess node, Path jar) throws Exception {
        return node.live()
                .plugin("load", List.of(jar.toString()))
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static String answer(NodeProcess node) throws Exception {
        return node.live()
                .command("sample:version", List.of())
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static HorizonClient client(URI address) throws Exception {
        return HorizonClient.connect(address, "Ada", HorizonClient.ticket(address, "Ada"));
    }

    private NodeProcess start(Path jar) throws IOException {
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        set("node.port", "0"),
                                        set("node.trial-ticks", "0"),
                                        set("node.data-dir", folder.resolve("node").toString())),
                                Map.of(),
                                null)
                        .config();
        PluginHost host = NodeProcess.host(config);
        // What is built over it later is no longer this one.
        host.scan(List.of(Files.copy(jar, folder.resolve("one.jar"))));
        return NodeProcess.start(config, host);
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }
}
