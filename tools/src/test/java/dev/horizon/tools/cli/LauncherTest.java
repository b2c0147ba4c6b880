package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says where it can't start anything; a copy of it, beside which nothing is. */
class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("architecture.root")).normalize();
    private static final int ENVIRONMENT = 4;
    private static final long SECONDS_MAX = 180;

    @TempDir Path folder;
    private Path launcher;

    @BeforeEach
    void copy() throws IOException {
        launcher = Files.copy(ROOT.resolve("horizon"), folder.resolve("horizon"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void shouldSayThatWhatItWasGivenIsNoJdk25() throws Exception {
        Path none = Files.createDirectory(folder.resolve("no-jdk"));
        assertThat(refusal(launcher, none)).contains("HZ-ENV-001", none.toString());
    }

    @Test
    void shouldSayThatNothingIsBuiltAlsoThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), launcher);
        Path jdk = Path.of(System.getProperty("java.home"));
        assertThat(refusal(link, jdk)).contains("HZ-ENV-005", folder.toRealPath().toString());
    }

    private String refusal(Path command, Path jdk) throws Exception {
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command.toString(), "--help")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment().put("HORIZON_JAVA_HOME", jdk.toString());
        Process process = builder.start();
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ENVIRONMENT);
        return Files.readString(said);
    }
}
