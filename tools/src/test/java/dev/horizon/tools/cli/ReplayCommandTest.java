package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.plugins.greeter.Greeter;
import dev.horizon.plugins.sol.SolPlugin;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon replay} on the tape that a node with jars left. */
class ReplayCommandTest {
    @TempDir static Path folder;
    private static Path data;
    private static Path otherData;
    private final Console console = new Console();

    @BeforeAll
    static void record() throws Exception {
        data = folder.resolve("data");
        otherData = folder.resolve("other");
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        jar(SolPlugin.class, plugins.resolve("sol.jar"));
        jar(Greeter.class, plugins.resolve("greeter.jar"));
        run(plugins, data, 20);
        run(plugins, otherData, 21);
        Files.delete(plugins.resolve("sol.jar"));
    }

    private static void run(Path plugins, Path to, int ships) throws InterruptedException {
        List<Setting> settings =
                List.of(
                        set("node.port", "0"),
                        set("node.data-dir", to.toString()),
                        set("node.plugin-dir", plugins.toString()),
                        set("plugins.sol.ships", Integer.toString(ships)),
                        set("plugins.sol.objects", "100"));
        try (NodeProcess node =
                NodeProcess.start(ConfigLoader.load(settings, Map.of(), null).config())) {
            assertThat(node.plugins().rejected()).isEmpty();
            node.awaitTicks(60);
        }
    }

    @Test
    void shouldListTapes() {
        assertThat(console.run("replay", "tapes", "--data-dir", data.toString())).isZero();
        assertThat(console.out()).containsPattern("\\d+ +sol +1 +20 +1 ");
        Console json = new Console();
        assertThat(json.run("replay", "tapes", "--json", "--data-dir", data.toString())).isZero();
        assertThat(json.out())
                .containsPattern("\"lastTick\" *: *[1-9]")
                .containsPattern("\"sha256\" *: *\"[0-9a-f]{64}\"");
    }

    @Test
    void shouldVerifyEveryTickWithTheJarsThatAreKept() {
        assertThat(console.run("replay", "verify", "--data-dir", data.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("ticks from 1 on, every hash the same");
    }

    @Test
    void shouldShowEntitiesAtATickAndWhatChangedBetweenTwo() {
        String dir = data.toString();
        assertThat(
                        console.run(
                                "replay",
                                "show",
                                "Hull",
                                "--at",
                                "20",
                                "-n",
                                "1",
                                "--data-dir",
                                dir))
                .isZero();
        assertThat(console.out()).containsPattern("1:\\d+ +Hull +points +\\d");
        Console second = new Console();
        assertThat(
                        second.run(
                                "replay",
                                "diff",
                                "--from",
                                "20",
                                "--to",
                                "30",
                                "-n",
                                "5",
                                "--data-dir",
                                dir))
                .isZero();
        assertThat(second.out()).contains("ENTITY", "BEFORE", "Motion");
        assertThat(second.err()).contains("--limit");
    }

    @Test
    void shouldStopAtTheFirstTickThatFulfilsACondition() {
        String dir = data.toString();
        assertThat(console.run("replay", "break", "Identity", "--data-dir", dir, "-n", "1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(new Console().run("replay", "break", "Hull.points < -1", "--data-dir", dir))
                .isEqualTo(ExitCode.THRESHOLD);
        Console found = new Console();
        assertThat(found.run("replay", "break", "Identity", "--data-dir", dir)).isZero();
        assertThat(found.out()).startsWith("tick 1:");
        Console asJson = new Console();
        String[] json = {"replay", "break", "Identity", "--from", "1", "--json", "--data-dir", dir};
        assertThat(asJson.run(json)).isZero();
        assertThat(new JsonMapper().readTree(asJson.out()).path("tick").asInt()).isOne();
        Console mistyped = new Console();
        assertThat(mistyped.run("replay", "break", "Hul.points < 1", "--data-dir", dir))
                .isEqualTo(ExitCode.USAGE);
        assertThat(mistyped.err()).contains("'Hul'", "Hull");
        String[] noId = {"replay", "diff", "x", "--from", "1", "--to", "2", "--data-dir", dir};
        assertThat(new Console().run(noId)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldFindWhereTwoTapesPart() {
        String dir = data.toString();
        String[] same = {"replay", "divergence", "--data-dir", dir, "--other-data-dir", dir};
        assertThat(console.run(same)).as(console.err()).isZero();
        String other = otherData.toString();
        String[] parted = {"replay", "divergence", "--data-dir", dir, "--other-data-dir", other};
        Console second = new Console();
        assertThat(second.run(parted)).as(second.err()).isEqualTo(ExitCode.THRESHOLD);
        assertThat(second.out())
                .startsWith("tick 1: ")
                .contains("though all inputs were the same", "Identity", "ONE", "OTHER");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(console.run("replay", "verify", "--data-dir", folder.toString())).isOne();
        assertThat(console.err()).contains("HZ-TAPE-004");
        Console later = new Console();
        assertThat(
                        later.run(
                                "replay",
                                "show",
                                "1:1",
                                "--at",
                                "1000000",
                                "--data-dir",
                                data.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(later.err()).contains("the tape ends with tick");
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    /** The plugin's jar, or one made of its folder of classes. */
    private static void jar(Class<?> plugin, Path to) throws IOException, URISyntaxException {
        Path from = Path.of(plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(from)) {
            Files.copy(from, to);
            return;
        }
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(from.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }
}
