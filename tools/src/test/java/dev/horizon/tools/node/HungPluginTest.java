package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.tools.live.OperatorToken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that never returns, in a node of its own process. */
class HungPluginTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;
    private static final Map<String, String> SETTINGS = Map.of("node.hang-limit", "1s");

    private static final String MAIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            public final class Sample implements Plugin {
                public record Hang(String how) {}
                public record Told(String text) {}
                @Override public void setup(Registrar registrar) {
                    EventRegistrar events = registrar.events();
                    events.toClient("sample", "told", Told.class);
                    events.onClient("sample", "hang", Hang.class, Sample::hang);
                    registrar.command(new CommandSpec("hang", "", "Doesn't answer.",
                        (arguments, context) -> Sample.command()));
                    registrar.system(SystemSpec.exclusive("wait", Stage.UPKEEP, Access.none(),
                        Sample::system));
                }
                private static String command() {
                    while (Long.MAX_VALUE > 0) { }
                }
                private static void system(Sweep sweep, Tick tick) {
                    while (tick.number() >= LASTTICK) { }
                }
                private static void hang(Hang hang, Player sender, EventContext context) {
                    while (hang.how().equals("loop")) { }
                    context.players().sendAll(new Told("hello " + hang.how()));
                }
            }
            """;

    @TempDir private Path folder;

    @Test
    void shouldGoOnWithoutAPluginThatDidNotReturn() throws Exception {
        Path plugins = plugins(Long.MAX_VALUE);
        Path data = folder.resolve("data");

        try (ChildNode node = ChildNode.start(data, plugins, SETTINGS);
                HorizonClient ada = client(node)) {
            ada.send("sample", "hang", "{\"how\":\"Ada\"}");
            assertThat(String.valueOf(ada.await("sample", "told", SOON))).contains("hello Ada");
            ada.send("sample", "hang", "{\"how\":\"loop\"}");
            assertThat(node.awaitEnd(SECONDS_MAX)).isEqualTo(HangWatch.EXIT_AGAIN);
        }
        HungPlugin left = Objects.requireNonNull(HungPlugin.in(data));
        assertThat(left.plugin()).isEqualTo("sample");
        assertThat(left.stack()).contains("sample.Sample.hang");

        try (ChildNode node = ChildNode.start(data, plugins, SETTINGS)) {
            assertThat(node.await("skipped ", SECONDS_MAX)).isEqualTo("[sample]");
            String[] back = Objects.requireNonNull(node.await("back ", SECONDS_MAX)).split(" ");
            assertThat(Long.parseLong(back[0])).isEqualTo(left.tick() - 1);
            try (HorizonClient bob = client(node)) {
                assertThat(bob.welcome().tick()).isGreaterThan(left.tick());
            }
            assertThat(HungPlugin.in(data)).isNull();
        }
    }

    @Test
    void shouldEndForACommandThatDoesNotReturn() throws Exception {
        Path data = folder.resolve("data");
        try (ChildNode node = ChildNode.start(data, plugins(Long.MAX_VALUE), SETTINGS);
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest command =
                    HttpRequest.newBuilder(node.address().resolve("/api/command"))
                            .header("Authorization", "Bearer " + OperatorToken.in(data).secret())
                            .POST(HttpRequest.BodyPublishers.ofString("sample:hang"))
                            .build();
            Path memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            // Its answer never comes.
            var unused = http.sendAsync(command, HttpResponse.BodyHandlers.discarding());
            assertThat(node.awaitEnd(SECONDS_MAX)).isEqualTo(HangWatch.EXIT_AGAIN);
            http.shutdownNow();
            // It has no next life that would clear up behind it.
            IoUtil.delete(memory.toFile(), true);
        }
        HungPlugin left = Objects.requireNonNull(HungPlugin.in(data));
        assertThat(left.name()).isEqualTo("sample:hang");
        assertThat(left.stack()).contains("sample.Sample.command");
    }

    @Test
    void shouldEndForASystemThatDoesNotReturn() throws Exception {
        Path data = folder.resolve("data");
        try (ChildNode node = ChildNode.start(data, plugins(60), SETTINGS)) {
            Path memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            assertThat(node.awaitEnd(SECONDS_MAX)).isEqualTo(HangWatch.EXIT_AGAIN);
            IoUtil.delete(memory.toFile(), true);
        }
        HungPlugin left = Objects.requireNonNull(HungPlugin.in(data));
        assertThat(left.tick()).isEqualTo(60);
        assertThat(left.name()).isEqualTo("sample/wait");
        assertThat(left.stack()).contains("sample.Sample.system");
    }

    private Path plugins(long lastTick) throws IOException {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.source("Sample", MAIN.replace("LASTTICK", lastTick + "L"));
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(sample.build(), plugins.resolve("sample.jar"));
        return plugins;
    }

    private static HorizonClient client(ChildNode node) throws Exception {
        return HorizonClient.connect(
                node.address(), "Ada", HorizonClient.ticket(node.address(), "Ada"));
    }
}
