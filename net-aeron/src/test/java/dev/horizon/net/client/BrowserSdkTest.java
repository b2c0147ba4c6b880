package dev.horizon.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser SDK's own tests, where a Node.js of version 20 or later is installed. */
class BrowserSdkTest {
    private static final int NODE_MAJOR_MIN = 20;

    @TempDir private Path folder;

    @Test
    void shouldPassItsTestsUnderNode() throws Exception {
        assumeTrue(
                nodeMajor() >= NODE_MAJOR_MIN,
                "no node " + NODE_MAJOR_MIN + " on the PATH: the browser tests cover the SDK");
        Path output = folder.resolve("output");
        Path golden = Path.of("../schemas/src/main/resources/golden").toRealPath();
        ProcessBuilder tests =
                new ProcessBuilder("node", "--test", "--test-reporter=tap", "src/test/js/")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        tests.environment()
                .put("VERSIONS", Path.of("../schemas/src/test/resources").toRealPath().toString());
        tests.environment().put("GOLDEN", golden.toString());
        tests.environment()
                .put("SDK", Path.of("src/main/resources/horizon-sdk").toRealPath().toString());
        tests.environment().put("FUZZ_SEED", System.getProperty("fuzz.seed", "20261122"));
        tests.environment().put("FUZZ_ROUNDS", System.getProperty("fuzz.rounds", "20000"));
        Process run = tests.start();
        boolean ended = run.waitFor(Long.getLong("fuzz.minutes", 2), TimeUnit.MINUTES);
        run.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(run.exitValue()).as(said).isZero();
        assertThat(said).containsPattern("# pass [1-9]");
    }

    private static int nodeMajor() throws InterruptedException {
        try {
            Process version = new ProcessBuilder(List.of("node", "--version")).start();
            String text =
                    new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            version.waitFor();
            return Integer.parseInt(text.strip().substring(1).split("\\.")[0]);
        } catch (IOException e) {
            return 0;
        }
    }
}
