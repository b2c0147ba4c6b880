package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.replay.Rerun;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.live.EntityStatus;
import dev.horizon.tools.live.PluginStatus;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of a node that ticks, replaced under a player. */
class PluginReloadTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int COLLECTIONS_MAX = 60;

    private static final String MAIN =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            public final class Sample implements Plugin {
                public record Ask(int ticks) {}
                public record Told(String text) {}
                @Override public void setup(Registrar registrar) {
                    registrar.components(CountColumn.TYPE);
                    registrar.system(SystemSpec.of("count", Stage.UPKEEP,
                        Access.none().writing(CountColumn.TYPE), Sample::count));
                    EventRegistrar events = registrar.events();
                    events.toClient("sample", "told", Told.class);
                    events.onClient("sample", "ask", Ask.class, Sample::asked);
                    events.onPlugin(Reminder.class, Sample::remind);
                    events.on(PluginStarted.class, Sample::started);
                    registrar.command(new CommandSpec("version", "", "Says which.",
                        (arguments, context) -> "VERSION"));
                }
                private static void count(Rows rows, Tick tick) {
                    CountColumn count = rows.write(CountColumn.TYPE);
                    for (int row = rows.from(); row < rows.to(); row++) { COUNTING }
                }
                private static void asked(Ask ask, Player sender, EventContext context) {
                    context.world().singleton(NEW);
                    context.after(ask.ticks(), REMINDER);
                }
                private static void remind(Reminder reminder, EventContext context) {
                    context.players().sendAll(new Told("VERSION " + reminder.text()));
                }
                private static void started(PluginStarted event, EventContext context) {
                    context.players().sendAll(new Told("started " + event.replaced()));
                }
            }
            """;

    @TempDir private Path folder;
    private SamplePlugin sample;

    @BeforeEach
    void makeProject() throws IOException {
        sample = new SamplePlugin(folder);
        one();
    }

    private Path one() throws IOException {
        sample.record("Count", "@Component public record Count(int value, int other) {}");
        sample.record("Reminder", "public record Reminder(String text, int left) {}");
        return source("one", "count.value[row]++;", "new Count(0, 7)", "new Reminder(\"x\", 3)");
    }

    private Path two() throws IOException {
        sample.record(
                "Count",
                "@Component public record Count(long fresh, int other,"
                        + " @RenamedFrom(\"value\") int counted) {}");
        sample.record("Reminder", "public record Reminder(long fresh, String text) {}");
        return source(
                "two",
                "count.counted[row]++; count.fresh[row] += 2;",
                "new Count(0, 7, 0)",
                "new Reminder(1, \"x\")");
    }

    private Path source(String version, String counting, String fresh, String reminder)
            throws IOException {
        sample.source(
                "Sample",
                MAIN.replace("VERSION", version)
                        .replace("COUNTING", counting)
                        .replace("NEW", fresh)
                        .replace("REMINDER", reminder));
        return sample.build();
    }

    @Test
    void shouldKeepPlayersStateAndTimersWhileCodeIsReplaced() throws Exception {
        try (NodeProcess node = start(sample.build())) {
            WeakReference<ClassLoader> loader = loader(node);
            URI address = URI.create(node.address());
            try (HorizonClient ada = client(address)) {
                ada.send("sample", "ask", "{\"ticks\":200}");
                OpenNode.await("the first count", () -> !counts(node).isEmpty());

                Path jar = two();
                assertThat(desk(node, "load", jar.toString())).startsWith("sample 1.0.0 from tick");

                assertThat(ada.await("sample", "told", SOON).toString()).contains("started true");
                assertThat(desk(node, "reload", "sample")).contains("sample");
                assertThat(ada.await("sample", "told", SOON).toString()).contains("two x");
                Map<String, Object> count = counts(node).getFirst().components().get("Count");
                assertThat(((Number) count.get("counted")).longValue())
                        .isGreaterThan(((Number) count.get("fresh")).longValue() / 2);
                assertThat(count.get("other")).isEqualTo(7);
                assertThat(answer(node, "sample:version")).isEqualTo("two");
                assertThat(ada.awaitClosed(Duration.ofMillis(1))).isFalse();
            }
            assertCollected(loader);
        }
        try (Rerun rerun = Rerun.of(tape(), folder.resolve("node"), 1)) {
            while (rerun.step()) {
                // Compares.
            }
            assertThat(rerun.difference()).isNull();
        }
    }

    @Test
    void shouldGoOnWithTheOldVersionWhereTheNewOneDoesNotFit() throws Exception {
        try (NodeProcess node = start(sample.build());
                HorizonClient ada = client(URI.create(node.address()))) {
            ada.send("sample", "ask", "{\"ticks\":1}");
            OpenNode.await("the first count", () -> !counts(node).isEmpty());

            sample.record("Count", "@Component public record Count(double value, int other) {}");
            Path otherKind =
                    source(
                            "bad",
                            "count.value[row]++;",
                            "new Count(0, 7)",
                            "new Reminder(\"x\", 3)");
            assertRefused(node, "HZ-WLD-006", "Count.value", otherKind);
            sample.record("Count", "@Component public record Counter(int value, int other) {}");
            Path broken = folder.resolve("sample/target/sample-1.0.0.jar");
            byte[] whole = Files.readAllBytes(broken);
            Files.write(broken, java.util.Arrays.copyOf(whole, whole.length / 2));
            assertRefused(node, "HZ-PLG-001", "build it again", broken);

            assertThat(answer(node, "sample:version")).isEqualTo("one");
            assertThatThrownBy(() -> desk(node, "reload", "simple"))
                    .hasMessageContaining("no plugin simple");
        }
    }

    @Test
    void shouldSkipADisabledPluginUntilItIsEnabled() throws Exception {
        try (NodeProcess node = start(sample.build());
                HorizonClient ada = client(URI.create(node.address()))) {
            ada.send("sample", "ask", "{\"ticks\":1}");
            OpenNode.await("the first count", () -> !counts(node).isEmpty());

            desk(node, "disable", "sample");
            desk(node, "load", two().toString());

            assertThat(node.live().plugins())
                    .extracting(PluginStatus::name, PluginStatus::state)
                    .contains(org.assertj.core.groups.Tuple.tuple("sample", "disabled"));
            Object before = counts(node).getFirst().components().get("Count");
            node.awaitTicks(node.loop().metrics().tick() + 5);
            assertThat(counts(node).getFirst().components().get("Count")).isEqualTo(before);
            desk(node, "enable", "sample");
            OpenNode.await(
                    "counting again",
                    () -> !before.equals(counts(node).getFirst().components().get("Count")));
        }
    }

    @Test
    void shouldGoOnWithWhatWasLoadedAfterAKill() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(sample.build(), plugins.resolve("sample.jar"));
        Path killed = folder.resolve("killed");
        long loadedAt;
        try (NodeProcess node = NodeProcess.start(config(folder.resolve("node"), plugins));
                HorizonClient ada = client(URI.create(node.address()))) {
            ada.send("sample", "ask", "{\"ticks\":1}");
            OpenNode.await("the first count", () -> !counts(node).isEmpty());
            desk(node, "load", two().toString());
            loadedAt = node.loop().metrics().tick();
            node.awaitTicks(loadedAt + 5);
            copy(folder.resolve("node"), killed);
        }

        try (NodeProcess node = NodeProcess.start(config(killed, plugins))) {
            assertThat(node.comebackTick()).isGreaterThan(loadedAt);
            assertThat(node.ticksRunAgain()).isGreaterThan(loadedAt);
            assertThat(answer(node, "sample:version")).isEqualTo("two");
            assertThat(counts(node).getFirst().components()).containsKey("Count");
        }
        HorizonConfig anew = config(killed, plugins);
        try (NodeProcess node = NodeProcess.start(anew, new StartOptions(false, true))) {
            assertThat(answer(node, "sample:version")).isEqualTo("one");
        }
    }

    /** As a kill leaves it: what the node has written by now. */
    private static void copy(Path from, Path to) throws IOException {
        try (java.util.stream.Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private HorizonConfig config(Path data, Path plugins) {
        return ConfigLoader.load(
                        List.of(
                                set("node.port", "0"),
                                set("node.data-dir", data.toString()),
                                set("node.plugin-dir", plugins.toString()),
                                // All ticks since the load are run again.
                                set("capture.snapshot-seconds", "3600")),
                        Map.of(),
                        null)
                .config();
    }

    private NodeProcess start(Path jar) {
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        set("node.port", "0"),
                                        set("node.data-dir", folder.resolve("node").toString())),
                                Map.of(),
                                null)
                        .config();
        PluginHost host = NodeProcess.host(config);
        host.scan(List.of(jar));
        return NodeProcess.start(config, host);
    }

    private static HorizonClient client(URI address) throws Exception {
        return HorizonClient.connect(address, "Ada", HorizonClient.ticket(address, "Ada"));
    }

    private static String desk(NodeProcess node, String verb, String what) throws Exception {
        return node.live().plugin(verb, List.of(what)).get(30, TimeUnit.SECONDS);
    }

    private static String answer(NodeProcess node, String command) throws Exception {
        return node.live().command(command, List.of()).get(30, TimeUnit.SECONDS);
    }

    private static void assertRefused(NodeProcess node, String code, String what, Path jar) {
        assertThatThrownBy(() -> desk(node, "load", jar.toString()))
                .cause()
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(what);
    }

    private static List<EntityStatus> counts(NodeProcess node) {
        try {
            return node.live().query(ConditionParser.parse("Count"), 10).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static WeakReference<ClassLoader> loader(NodeProcess node) {
        return new WeakReference<>(
                node.plugins().commands().getFirst().spec().action().getClass().getClassLoader());
    }

    private static void assertCollected(WeakReference<?> loader) {
        for (int i = 0; i < COLLECTIONS_MAX && loader.get() != null; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(loader.get()).as("the class loader of the first version").isNull();
    }

    private TapeFile tape() {
        return TapeFile.list(folder.resolve("node")).getLast();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }
}
