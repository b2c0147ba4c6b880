package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.archive.TapeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tapes that builds of the two last format versions made, opened by all verbs. Whether this build
 * still comes to their hashes is another question: replay promises equal bits for one build.
 */
class GoldenTapeTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldOpenTapeOfVersion(int version) throws Exception {
        String data = copy(Integer.toString(version)).toString();
        long first = TapeFile.list(Path.of(data)).getFirst().header().firstTick();
        String third = Long.toString(first + 2);
        String ninth = Long.toString(first + 8);
        Path slice = folder.resolve("slice");

        assertThat(run(0, "tapes", "--data-dir", data)).contains("sol");
        String verified = run(-1, "verify", "--data-dir", data);
        assertThat(verified).containsPattern("every hash the same|came to something else");
        assertThat(run(-1, "seek", third, "--data-dir", data)).startsWith("tick " + third);
        assertThat(run(-1, "step", "--run", "seek " + ninth + "; back 3; step", "--data-dir", data))
                .contains("tick " + ninth);
        assertThat(run(0, "show", "Hull", "--at", third, "--data-dir", data)).contains("points");
        assertThat(run(0, "inputs", "--data-dir", data)).contains("INPUT");
        assertThat(run(0, "break", "Hull", "--data-dir", data)).startsWith("tick " + first);
        assertThat(run(0, "diff", "--from", third, "--to", ninth, "--data-dir", data))
                .contains("Position");
        run(-1, "divergence", "--data-dir", data);
        run(
                -1,
                "fork",
                "--at",
                third,
                "--ticks",
                "5",
                "--set",
                "plugins.chat.length-max=10",
                "--data-dir",
                data);
        run(
                0,
                "export",
                "--from",
                third,
                "--to",
                ninth,
                "--out",
                slice.toString(),
                "--data-dir",
                data);
        assertThat(run(-1, "verify", "--data-dir", slice.toString()))
                .containsPattern("7 ticks from|came to something else");
    }

    /** Two versions of a plugin, by their hashes from beside the tape, exchanged at its tick. */
    @Test
    void shouldOpenTapeWithAReload() throws Exception {
        String data = copy("3-reload").toString();
        JsonNode inputs = json("inputs", "--limit", "1000", "--data-dir", data).path("inputs");
        JsonNode reload = inputs.valueStream().filter(GoldenTapeTest::isReload).findFirst().get();
        long at = reload.path("tick").asLong();
        String before = Long.toString(at - 1);
        String after = Long.toString(at + 1);
        TapeFile tape = TapeFile.list(Path.of(data)).getFirst();
        long first = tape.header().firstTick();
        assertThat(tape.snapshots()).anyMatch(snapshot -> snapshot.tick() < at);
        assertThat(tape.snapshots()).anyMatch(snapshot -> snapshot.tick() > at);

        run(-1, "verify", "--data-dir", data);
        assertThat(run(0, "show", "Count.value > 0", "--at", before, "--data-dir", data))
                .contains("value");
        assertThat(run(0, "show", "Count.counted > 100", "--at", after, "--data-dir", data))
                .contains("counted");
        String there = "seek " + after + "; back 2; step";
        assertThat(run(-1, "step", "--run", there, "--data-dir", data)).contains("tick " + at);
        Path slice = folder.resolve("slice");
        run(
                0,
                "export",
                "--from",
                before,
                "--to",
                after,
                "--out",
                slice.toString(),
                "--data-dir",
                data);
        assertThat(run(-1, "verify", "--data-dir", slice.toString()))
                .containsPattern("3 ticks from|came to something else");
        String last = Long.toString(tape.snapshots().getLast().tick());
        assertThat(run(0, "show", "Count", "--at", last, "--data-dir", data)).contains("counted");
        assertThat(first).isLessThan(at);
    }

    private static boolean isReload(JsonNode input) {
        return input.path("text").asString().startsWith("plugins ");
    }

    private static JsonNode json(String... arguments) throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        return new JsonMapper().readTree(run(0, all));
    }

    /** The verbs may remove nothing, but the tests' own files shall not depend on that. */
    private Path copy(String name) throws IOException {
        Path from = Path.of("src/test/resources/tapes", name);
        Path to = folder.resolve("data");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    /** Runs a verb; -1 expects that it went well, whether or not hashes differ. */
    private static String run(int exit, String... arguments) {
        Console console = new Console();
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = console.run(all);
        if (exit >= 0) {
            assertThat(code).as(console.err()).isEqualTo(exit);
        } else {
            assertThat(code).as(console.err()).isIn(ExitCode.OK, ExitCode.THRESHOLD);
        }
        return console.out();
    }
}
