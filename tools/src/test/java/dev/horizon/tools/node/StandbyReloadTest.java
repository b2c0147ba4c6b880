package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.replay.Rerun;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby without plugins of its own, whose node's are replaced while it runs. */
class StandbyReloadTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;

    private static final String SOURCE =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            public final class Sample implements Plugin {
                public record Ask(int any) {}
                public record Told(String text) {}
                @Override public void setup(Registrar registrar) {
                    registrar.components(CountColumn.TYPE);
                    registrar.system(SystemSpec.of("count", Stage.UPKEEP,
                        Access.none().writing(CountColumn.TYPE), Sample::count));
                    registrar.events().toClient("sample", "told", Told.class);
                    registrar.events().onClient("sample", "ask", Ask.class, Sample::asked);
                }
                private static void count(Rows rows, Tick tick) {
                    CountColumn count = rows.write(CountColumn.TYPE);
                    for (int row = rows.from(); row < rows.to(); row++) {
                        count.value[row] += STEP;
                    }
                }
                private static void asked(Ask ask, Player sender, EventContext context) {
                    context.world().singleton(new Count(0));
                    context.players().sendAll(new Told("version STEP"));
                }
            }
            """;

    @TempDir private Path folder;
    private SamplePlugin sample;
    private Path plugins;
    private String key = "";
    private int port;

    @BeforeEach
    void make() throws Exception {
        sample = new SamplePlugin(folder);
        sample.record("Count", "@Component public record Count(long value) {}");
        plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(version(1), plugins.resolve("sample.jar"));
        TicketKey.load(false, null, folder);
        key = TicketKey.developmentFile(folder).toString();
        port = freePort();
    }

    private Path version(int step) throws IOException {
        sample.source("Sample", SOURCE.replace("STEP", Integer.toString(step)));
        return sample.build();
    }

    @Test
    void shouldTakeOverWithThePluginsThatItsNodeRanLast() throws Exception {
        Path memory;
        try (ChildNode node = ChildNode.start(folder.resolve("node"), plugins, ofNode())) {
            memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            String resume;
            LiveReplica replica = new LiveReplica();
            try (HorizonClient ada = node.login("Ada", replica)) {
                resume = ada.welcome().resume();
                assertThat(ask(ada)).isEqualTo("version 1");
                // The standby begins with the first tick, which ran what the node has no more.
                load(node, version(2));
                assertThat(ask(ada)).isEqualTo("version 2");
                try (StandbyProcess standby = StandbyProcess.start(config("standby", Map.of()))) {
                    await("attached", () -> standby.status().attached());
                    Path third = version(3);
                    load(node, third);
                    node.kill();

                    await("it takes over", () -> standby.node() != null);
                    NodeProcess taken = Objects.requireNonNull(standby.node());
                    assertThat(taken.comebackTick())
                            .isGreaterThanOrEqualTo(replica.read(ReplicaView::lastTick));
                    URI at = URI.create(standby.address());
                    try (HorizonClient again =
                            HorizonClient.resume(at, "Ada", resume, new LiveReplica())) {
                        assertThat(ask(again)).isEqualTo("version 3");
                        taken.live().plugin("load", List.of(version(4).toString())).get();
                        assertThat(ask(again)).isEqualTo("version 4");
                    }
                }
            }
        }
        IoUtil.delete(memory.toFile(), true);
        // Both tapes of its folder, from its own shelf.
        List<TapeFile> tapes = TapeFile.list(folder.resolve("standby"));
        assertThat(tapes).hasSize(2);
        for (TapeFile tape : tapes) {
            try (Rerun rerun = Rerun.of(tape, folder.resolve("standby"), 1)) {
                while (rerun.step()) {
                    // Compares.
                }
                rerun.finish();
                assertThat(rerun.difference()).isNull();
            }
        }
    }

    @Test
    void shouldRefuseANodeOfOtherSettings() throws Exception {
        Map<String, String> other = Map.of("node.seed", "77");
        try (ChildNode node = ChildNode.start(folder.resolve("node"), plugins, ofNode());
                StandbyProcess standby = StandbyProcess.start(config("standby", other))) {
            assertThat(node.address()).isNotNull();
            assertThatThrownBy(standby::awaitEnd)
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-STB-002"))
                    .hasMessageContaining("seed 77 instead of");
        }
    }

    private static String ask(HorizonClient client) {
        client.send("sample", "ask", "{\"any\":1}");
        return Objects.requireNonNull(client.await("sample", "told", SOON))
                .data()
                .path("text")
                .asString();
    }

    private Map<String, String> ofNode() {
        return Map.of(
                "gateway.ticket-key-file",
                key,
                "standby.port",
                Integer.toString(port),
                "capture.snapshot-seconds",
                "3600",
                "node.trial-ticks",
                "0");
    }

    private HorizonConfig config(String name, Map<String, String> further) throws IOException {
        List<Setting> settings = new ArrayList<>();
        ofNode().forEach((key, value) -> settings.add(set(key, value)));
        settings.add(set("standby.of", "127.0.0.1:" + port));
        settings.add(set("standby.port", Integer.toString(freePort())));
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", folder.resolve(name).toString()));
        Path none = Files.createDirectories(folder.resolve("no-plugins"));
        settings.add(set("node.plugin-dir", none.toString()));
        further.forEach((key, value) -> settings.add(set(key, value)));
        return ConfigLoader.load(settings, Map.of(), null).config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    private void load(ChildNode node, Path jar) throws Exception {
        String token = Files.readString(folder.resolve("node/operator.token")).strip();
        HttpRequest request =
                HttpRequest.newBuilder(node.address().resolve("/api/plugin"))
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("load\n" + jar))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("sample 1.0.0 from tick");
        }
    }
}
