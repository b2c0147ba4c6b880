package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that never returns, in a node of its own process. */
class HungPluginTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SECONDS_MAX = 60;

    private static final String MAIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            public final class Sample implements Plugin {
                public record Hang(String how) {}
                public record Told(String text) {}
                @Override public void setup(Registrar registrar) {
                    EventRegistrar events = registrar.events();
                    events.toClient("sample", "told", Told.class);
                    events.onClient("sample", "hang", Hang.class, Sample::hang);
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
        SamplePlugin sample = new SamplePlugin(folder);
        sample.source("Sample", MAIN);
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(sample.build(), plugins.resolve("sample.jar"));
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("node.hang-limit", "1s");

        try (ChildNode node = ChildNode.start(data, plugins, settings);
                HorizonClient ada = client(node)) {
            ada.send("sample", "hang", "{\"how\":\"Ada\"}");
            assertThat(String.valueOf(ada.await("sample", "told", SOON))).contains("hello Ada");
            ada.send("sample", "hang", "{\"how\":\"loop\"}");
            assertThat(node.awaitEnd(SECONDS_MAX)).isEqualTo(HangWatch.EXIT_AGAIN);
        }
        HungPlugin left = Objects.requireNonNull(HungPlugin.in(data));
        assertThat(left.plugin()).isEqualTo("sample");
        assertThat(left.stack()).contains("sample.Sample.hang");

        try (ChildNode node = ChildNode.start(data, plugins, settings)) {
            assertThat(node.await("skipped ", SECONDS_MAX)).isEqualTo("[sample]");
            String[] back = Objects.requireNonNull(node.await("back ", SECONDS_MAX)).split(" ");
            assertThat(Long.parseLong(back[0])).isEqualTo(left.tick() - 1);
            try (HorizonClient bob = client(node)) {
                assertThat(bob.welcome().tick()).isGreaterThan(left.tick());
            }
            assertThat(HungPlugin.in(data)).isNull();
        }
    }

    private static HorizonClient client(ChildNode node) throws Exception {
        return HorizonClient.connect(
                node.address(), "Ada", HorizonClient.ticket(node.address(), "Ada"));
    }
}
