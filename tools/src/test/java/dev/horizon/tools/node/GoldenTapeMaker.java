package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.await;

import dev.horizon.engine.query.ConditionParser;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Made {@code src/test/resources/tapes/3-reload}: a node whose plugin is replaced under a player by
 * a version that calls a field otherwise. {@code -Dhorizon.golden=DIR} makes another.
 */
@EnabledIfSystemProperty(named = "horizon.golden", matches = ".+")
class GoldenTapeMaker {
    /** Frames of a recording. */
    private static final int ALIGNMENT = 32;

    private static final String SOURCE =
            """
            package sample;
            import dev.horizon.engine.events.*;
            import dev.horizon.engine.plugin.*;
            import dev.horizon.engine.systems.*;
            public final class Sample implements Plugin {
                public record Ask(int any) {}
                @Override public void setup(Registrar registrar) {
                    registrar.components(CountColumn.TYPE);
                    registrar.system(SystemSpec.of("count", Stage.UPKEEP,
                        Access.none().writing(CountColumn.TYPE), Sample::count));
                    registrar.events().onClient("sample", "ask", Ask.class, Sample::asked);
                }
                private static void count(Rows rows, Tick tick) {
                    CountColumn count = rows.write(CountColumn.TYPE);
                    for (int row = rows.from(); row < rows.to(); row++) {
                        count.FIELD[row] += STEP;
                    }
                }
                private static void asked(Ask ask, Player sender, EventContext context) {
                    context.world().create(new Count(ask.any()));
                }
            }
            """;

    @TempDir private Path folder;

    @Test
    void make() throws Exception {
        SamplePlugin sample = new SamplePlugin(folder);
        sample.record("Count", "@Component public record Count(int value) {}");
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(build(sample, "value", 1), plugins.resolve("sample.jar"));
        Path data = folder.resolve("data");
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        set("node.port", "0"),
                                        set("node.data-dir", data.toString()),
                                        set("node.plugin-dir", plugins.toString()),
                                        set("node.trial-ticks", "0"),
                                        set("capture.snapshot-seconds", "1")),
                                Map.of(),
                                null)
                        .config();
        try (NodeProcess node = NodeProcess.start(config)) {
            URI at = URI.create(node.address());
            try (HorizonClient ada =
                    HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"))) {
                ada.send("sample", "ask", "{\"any\":7}");
                await("a count", () -> counts(node) == 1);
                node.awaitTicks(node.loop().metrics().tick() + 10);
                sample.record(
                        "Count",
                        "@Component public record Count(@RenamedFrom(\"value\") int counted) {}");
                String next = build(sample, "counted", 100).toString();
                node.live().plugin("load", List.of(next)).get();
                ada.send("sample", "ask", "{\"any\":8}");
                await("another", () -> counts(node) == 2);
                node.awaitTicks(node.loop().metrics().tick() + 10);
            }
        }
        Path to = Path.of(System.getProperty("horizon.golden"));
        for (String part : List.of("archive", "snapshots", "tape-plugins")) {
            try (Stream<Path> files = Files.list(data.resolve(part))) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (!part.equals("archive") || name.startsWith(tape(data) + "-")) {
                        Path kept = to.resolve(part).resolve(name);
                        Files.createDirectories(kept.getParent());
                        Files.write(kept, whole(file));
                    }
                }
            }
        }
    }

    private static long tape(Path data) {
        return TapeFile.list(data).getFirst().recordingId();
    }

    /** A segment has its length from the start; what nobody wrote is left out. */
    private static byte[] whole(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        if (all.length != EmbeddedDriver.SEGMENT_LENGTH_BYTES) {
            return all;
        }
        int end = all.length;
        while (end > 0 && all[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(all, (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    private static Path build(SamplePlugin sample, String field, int step) throws IOException {
        sample.source(
                "Sample", SOURCE.replace("FIELD", field).replace("STEP", Integer.toString(step)));
        return sample.build();
    }

    private static int counts(NodeProcess node) {
        try {
            return node.live().query(ConditionParser.parse("Count"), 10).get().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }
}
