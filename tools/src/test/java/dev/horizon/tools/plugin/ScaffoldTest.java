package dev.horizon.tools.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.node.SamplePlugin;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new plugin's project, built by Maven as its author would, and by the development loop. */
class ScaffoldTest {
    private static final int MAVEN_SECONDS_MAX = 240;

    @TempDir private Path folder;

    @Test
    void shouldBuildAndTestByItsOwnMavenWithNothingInstalled() throws Exception {
        Path project = scaffold().write("trade-routes", folder);

        Path said = folder.resolve("maven.log");
        Process maven =
                new ProcessBuilder("mvn", "-B", "-o", "verify")
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();

        assertThat(maven.waitFor(MAVEN_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(maven.exitValue()).as(() -> read(said)).isZero();
        assertThat(read(said)).contains("Tests run: 3, Failures: 0");
        assertThat(project.resolve("target/trade-routes-0.1.0.jar")).exists();
    }

    @Test
    void shouldBuildLoadAndSayWhatDoesNotCompile() throws IOException {
        Path project = scaffold().write("mining-guild", folder);
        List<Path> loaded = new ArrayList<>();
        List<String> unbuilt = new ArrayList<>();
        StringWriter told = new StringWriter();
        DevLoop loop =
                new DevLoop(
                        project,
                        SamplePlugin.sdk(),
                        new DevLoop.Target() {
                            @Override
                            public String load(Path jar) {
                                loaded.add(jar);
                                return "loaded";
                            }

                            @Override
                            public void unbuilt(String plugin, String why) {
                                unbuilt.add(plugin + " " + why);
                            }
                        },
                        new PrintWriter(told));

        assertThat(loop.step()).as("it waits until the files stand still").isFalse();
        assertThat(loop.step()).isTrue();
        assertThat(loop.step()).as("nothing changed").isFalse();
        Path main = project.resolve("src/main/java/plugins/miningguild/MiningGuildPlugin.java");
        change(main, read(main).replace("place.x[row] =", "place.w[row] ="));
        loop.step();
        assertThat(loop.step()).isFalse();
        assertThat(told.toString())
                .contains("HZ-DEV-003")
                .contains("src/main/java/plugins/miningguild/MiningGuildPlugin.java:");
        change(main, read(main).replace("place.w[row] =", "place.x[row] ="));
        loop.step();
        assertThat(loop.step()).isTrue();

        assertThat(unbuilt)
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("mining-guild HZ-DEV-003")
                .contains("MiningGuildPlugin.java:");
        assertThat(loaded).hasSize(2).allSatisfy(jar -> assertThat(jar).exists());
    }

    @Test
    void shouldMakeTheSameJarOfTheSameSources() throws IOException {
        Path project = scaffold().write("twice", folder);
        PluginBuild build = new PluginBuild(project, SamplePlugin.sdk());

        byte[] first = Files.readAllBytes(build.build());

        assertThat(Files.readAllBytes(build.build())).isEqualTo(first);
    }

    @Test
    void shouldRefuseNamesThatNoPluginHasAndFoldersThatAreThere() throws IOException {
        Scaffold scaffold = scaffold();
        Files.createDirectories(folder.resolve("there"));

        for (String name : List.of("Mining", "a_b", "-x", "engine", "x".repeat(33), "")) {
            assertCode("HZ-DEV-005", () -> scaffold.write(name, folder));
        }
        assertCode("HZ-DEV-006", () -> scaffold.write("there", folder));
        assertCode("HZ-DEV-002", () -> new PluginBuild(folder, SamplePlugin.sdk()).build());
    }

    private static void assertCode(String code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Later than before, however coarse the file system's clock is. */
    private static void change(Path file, String text) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 2_000));
    }

    /** With the jars that this test runs with; where they are folders of classes, packed. */
    private Scaffold scaffold() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.exists(path)) {
                jars.add(Files.isDirectory(path) ? packed(path, home) : path);
            }
        }
        Path processor = packed(SamplePlugin.sdk().processor().getFirst(), home);
        return new Scaffold(home, List.of(), jars, processor);
    }

    private static Path packed(Path classes, Path into) throws IOException {
        Path jar = into.resolve(classes.toString().replace(File.separatorChar, '-') + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
