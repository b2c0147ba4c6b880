package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.tools.tape.RaidersJar;
import dev.horizon.tools.tape.RecordedRun;
import dev.horizon.tools.tape.SourceJar;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A planted bug looked for on a tape, as docs/replay.md does it. */
class ReplayDebuggingTest {
    private static final int TICKS = 120;

    @TempDir static Path folder;
    private static String data;
    private static Path bug;
    private static Path repaired;

    @BeforeAll
    static void record() throws Exception {
        bug = RaidersJar.make(folder, "raiders", RaidersJar.BUG);
        repaired = RaidersJar.make(folder, "raiders-2", RaidersJar.REPAIRED);
        Path at = folder.resolve("data");
        data = at.toString();
        try (RecordedRun run = RecordedRun.of(at, bug, Map.of())) {
            run.tick(9).login("Ada").tick(1).command("engine:kick Eve").tick(10).snapshot();
            run.tick(TICKS - 20);
        }
    }

    @Test
    void shouldFindTheTickOfAPlantedBug() {
        assertThat(run("replay", "--data-dir", data, "--break", "Hull.points < 0").out())
                .startsWith("tick 26: 1 entities")
                .containsPattern("1:3 +Hull +points +-");
        assertThat(
                        run(
                                        "replay",
                                        "break",
                                        "Hull.points < 0",
                                        "--from",
                                        "20",
                                        "--data-dir",
                                        data)
                                .out())
                .startsWith("tick 26: ");
        Console none = new Console();
        assertThat(none.run("replay", "break", "Hull.points < 0", "--to", "25", "--data-dir", data))
                .isEqualTo(ExitCode.THRESHOLD);
        String seek = run("replay", "seek", "26", "--data-dir", data).out();
        assertThat(seek).contains("tick 26: hash ", "as recorded", "changed Hull", "it took ");
        String ten = run("replay", "seek", "10", "--data-dir", data).out();
        assertThat(ten).contains("reads   login Ada new session 77 at gateway 1");
        String inputs = run("replay", "inputs", "--data-dir", data).out();
        assertThat(inputs)
                .containsPattern("10 +1 +login Ada")
                .containsPattern("11 +1 +command engine:kick");
    }

    @Test
    void shouldGoForthAndBackByAScript() {
        String script = "seek 25; break Hull.points < 0; diff 1:3; back 2; show 1:3; step; step 2";
        String out = run("replay", "step", "--data-dir", data, "--run", script).out();
        assertThat(out)
                .startsWith("before tick 1")
                .containsSubsequence(
                        "tick 25: ",
                        "tick 26: 1 entities",
                        "BEFORE",
                        "tick 24: ",
                        "Hull",
                        "tick 25: ",
                        "tick 26: ",
                        "tick 27: ");
        assertThat(
                        run(
                                        "replay",
                                        "step",
                                        "--data-dir",
                                        data,
                                        "--from",
                                        "100",
                                        "--run",
                                        "back 90")
                                .out())
                .contains("before tick 101", "tick 10: ", "as recorded");
        Console wrong = new Console();
        assertThat(wrong.run("replay", "step", "--data-dir", data, "--run", "fly"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldOpenASliceWithAllVerbs() throws Exception {
        Path slice = folder.resolve("slice");
        run(
                "replay",
                "export",
                "--from",
                "23",
                "--to",
                "40",
                "--out",
                slice.toString(),
                "--data-dir",
                data);
        String in = slice.toString();
        assertThat(run("replay", "tapes", "--data-dir", in).out())
                .containsPattern("1 +test +23 +20 +7");
        JsonNode verified = json("replay", "verify", "--json", "--data-dir", in);
        assertThat(verified.path("ticks").asInt()).isEqualTo(18);
        assertThat(verified.path("figures").path(0).path("holds").asBoolean()).isTrue();
        assertThat(verified.path("command").asString()).startsWith("./horizon replay verify");
        assertThat(run("replay", "show", "Hull", "--at", "23", "--data-dir", in).out())
                .contains("1:1");
        assertThat(run("replay", "break", "Hull.points < 0", "--data-dir", in).out())
                .startsWith("tick 26:");
        assertThat(run("replay", "diff", "--from", "24", "--to", "26", "--data-dir", in).out())
                .contains("points");
        assertThat(run("replay", "step", "--run", "seek 30; back 5", "--data-dir", in).out())
                .contains("tick 25: ");
        assertThat(run("replay", "inputs", "--data-dir", in).out()).contains("TICK");
        assertThat(run("replay", "divergence", "--data-dir", in).out())
                .contains("what is recorded");
        assertThat(run("replay", "divergence", "--data-dir", in, "--other-data-dir", data).out())
                .contains("came to the same");
        Console again = new Console();
        assertThat(
                        again.run(
                                "replay",
                                "export",
                                "--from",
                                "23",
                                "--to",
                                "40",
                                "--out",
                                in,
                                "--data-dir",
                                data))
                .isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("HZ-TAPE-022");
        run(
                "replay",
                "export",
                "--from",
                "1",
                "--to",
                "5",
                "--out",
                folder.resolve("first").toString(),
                "--data-dir",
                in.replace("slice", "data"));
        assertThat(run("replay", "verify", "--data-dir", folder.resolve("first").toString()).out())
                .startsWith("5 ticks from 1 on");
    }

    @Test
    void shouldForkWithOtherCodeSettingsAndInputs() throws Exception {
        Console code = new Console();
        assertThat(
                        code.run(
                                "replay",
                                "fork",
                                "--at",
                                "20",
                                "--ticks",
                                "30",
                                "--plugin",
                                repaired.toString(),
                                "--data-dir",
                                data))
                .isEqualTo(ExitCode.THRESHOLD);
        assertThat(code.out())
                .startsWith("tick 26 is the first that came to something else: Hull")
                .contains("at the end of tick 50", "AS IT WAS", "FORK", "0.0");
        Console settings = new Console();
        settings.run(
                "replay",
                "fork",
                "--at",
                "20",
                "--ticks",
                "5",
                "--set",
                "plugins.raiders.wear=2.0",
                "--data-dir",
                data);
        assertThat(settings.out()).startsWith("tick 21 is the first");
        Path edits =
                Files.writeString(
                        folder.resolve("edits.txt"),
                        """
                        # Ada strikes
                        add 23 event Ada raid:strike {"points": 9}
                        """);
        Console inputs = new Console();
        inputs.run(
                "replay",
                "fork",
                "--at",
                "20",
                "--ticks",
                "5",
                "--inputs",
                edits.toString(),
                "--data-dir",
                data);
        assertThat(inputs.out()).startsWith("tick 23 is the first");
        Files.writeString(edits, "drop 10 all");
        Console dropped = new Console();
        dropped.run(
                "replay",
                "fork",
                "--at",
                "5",
                "--ticks",
                "10",
                "--inputs",
                edits.toString(),
                "--data-dir",
                data);
        assertThat(dropped.out()).startsWith("tick 10 is the first").contains("SessionState");
        assertThat(run("replay", "fork", "--at", "20", "--ticks", "200", "--data-dir", data).out())
                .contains("ticks 21 to 220 came to the same");
        Files.writeString(edits, "add 10 fly home");
        Console wrong = new Console();
        assertThat(
                        wrong.run(
                                "replay",
                                "fork",
                                "--at",
                                "5",
                                "--inputs",
                                edits.toString(),
                                "--data-dir",
                                data))
                .isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("HZ-TAPE-021");
    }

    @Test
    void shouldTurnTheBugIntoATestThatFailsAndPassesWhenItIsRepaired() throws Throwable {
        Path slice = folder.resolve("fixture");
        Path sources = folder.resolve("fixture-src");
        run(
                "replay",
                "export",
                "--from",
                "24",
                "--to",
                "40",
                "--out",
                slice.toString(),
                "--data-dir",
                data,
                "--fixture",
                "com.example.HullTest",
                "--break",
                "Hull.points < 0",
                "--source-dir",
                sources.toString());
        run(
                "replay",
                "export",
                "--from",
                "24",
                "--to",
                "40",
                "--out",
                slice + "-2",
                "--data-dir",
                data,
                "--fixture",
                "com.example.HashTest",
                "--source-dir",
                sources.toString());
        assertThatThrownBy(() -> fixture("HullTest", sources, "raiders"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("tick 26");
        fixture("HullTest", sources, "raiders-2");
        fixture("HashTest", sources, "raiders");
        assertThatThrownBy(() -> fixture("HashTest", sources, "raiders-2"))
                .isInstanceOf(AssertionError.class);
    }

    /** Every command of the case in docs/replay.md, in order, prints what is shown there. */
    @Test
    void shouldRunTheCaseOfTheDocument() throws Exception {
        Path here = Files.createDirectory(folder.resolve("document"));
        Map<String, String> places =
                Map.of(
                        "raiders-data", data,
                        "raiders-2.jar", repaired.toString(),
                        "slice", here.resolve("slice").toString(),
                        "edits.txt", here.resolve("edits.txt").toString());
        Files.writeString(
                here.resolve("edits.txt"), "add 22 event Ada raid:strike {\"points\": 90}");
        int commands = 0;
        String out = "";
        for (String line : documented()) {
            if (line.startsWith("$ ./horizon ")) {
                List<String> words = new ArrayList<>();
                Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line.substring(12));
                while (word.find()) {
                    String plain = word.group(1) == null ? word.group(2) : word.group(1);
                    words.add(places.getOrDefault(plain, plain));
                }
                if (words.contains("--fixture")) {
                    words.addAll(List.of("--source-dir", here.resolve("src/test/java").toString()));
                }
                Console console = new Console();
                assertThat(console.run(words.toArray(String[]::new)))
                        .as("%s: %s", line, console.err())
                        .isIn(ExitCode.OK, ExitCode.THRESHOLD);
                out = console.out().replace(here + "/", "").replaceAll(" +", " ");
                commands++;
            } else {
                assertThat(out).contains(line.replaceAll(" +", " "));
            }
        }
        assertThat(commands).isEqualTo(7);
    }

    /** The lines of all consoles that the document shows. */
    private static List<String> documented() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/replay.md"))) {
            root = Objects.requireNonNull(root.getParent());
        }
        List<String> lines = new ArrayList<>();
        boolean isShown = false;
        for (String line : Files.readAllLines(root.resolve("docs/replay.md"))) {
            if (line.startsWith("```")) {
                isShown = line.equals("```console");
            } else if (isShown) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Compiles and runs a test as its author would, with a version of the plugin. */
    private static void fixture(String name, Path sources, String version) throws Throwable {
        Path plugin = folder.resolve(version + "-classes");
        Path classes = Files.createTempDirectory(folder, "fixture-classes");
        SourceJar.compile(
                classes, List.of(plugin), sources.resolve("com/example/" + name + ".java"));
        URL[] path = {classes.toUri().toURL(), plugin.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(path, ReplayDebuggingTest.class.getClassLoader())) {
            Class<?> test = loader.loadClass("com.example." + name);
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            for (Method method : test.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    method.invoke(instance);
                }
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static JsonNode json(String... arguments) {
        return new JsonMapper().readTree(run(arguments).out());
    }

    private static Console run(String... arguments) {
        Console console = new Console();
        assertThat(console.run(arguments)).as(console.err()).isZero();
        return console;
    }
}
