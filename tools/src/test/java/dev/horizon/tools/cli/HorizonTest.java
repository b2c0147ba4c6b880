package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HorizonTest {
    private final Console console = new Console();

    @TempDir Path folder;

    @Test
    void shouldGroupVerbsInHelp() {
        assertThat(console.run("--help")).isZero();

        assertThat(console.out()).contains("Set up:", "doctor", "Exit codes:", "Examples:");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void shouldExitWithUsageWhenVerbIsMissing() {
        assertThat(console.run()).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("error HZ-CLI-001", "docs/errors/HZ-CLI-001.md");
    }

    @Test
    void shouldSuggestVerb() {
        assertThat(console.run("confg")).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("did you mean", "config");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void shouldSuggestFlag() {
        assertThat(console.run("config", "show", "--tik-hz", "3")).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("HZ-CLI-001", "--tick-hz");
    }

    @Test
    void shouldShowValueWithOrigin() {
        assertThat(console.run("config", "show", "--port", "0")).isZero();

        assertThat(console.out()).containsPattern("node\\.port +0 +flag --port");
        assertThat(console.out()).containsPattern("node\\.tick-hz +20 +default");
    }

    @Test
    void shouldShowJson() {
        assertThat(console.run("config", "show", "--json", "--set", "plugins.sol.ships=9"))
                .isZero();

        assertThat(console.out())
                .contains("\"key\" : \"plugins.sol.ships\"", "\"origin\" : \"flag --set");
    }

    @Test
    void shouldExitWithUsageAndSayWhereWhenFileHasUnknownKey() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.toml"), "[node]\nprot = 1\n");

        assertThat(console.run("config", "check", file.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(console.err())
                .contains("error HZ-CFG-001", file + ":2", "did you mean 'node.port'")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldAcceptRightFile() throws IOException {
        Path file = Files.writeString(folder.resolve("good.toml"), "[node]\nport = 1\n");

        assertThat(console.run("config", "check", file.toString())).isZero();

        assertThat(console.out()).contains("ok, sets 1 of");
    }

    @Test
    void shouldShowTraceWithDebugAlone() {
        console.run("config", "show", "--tick-hz", "fast", "--debug");

        assertThat(console.err()).contains("\tat dev.horizon");
    }

    @Test
    void shouldRefuseAssignmentWithoutValue() {
        assertThat(console.run("config", "show", "--set", "node.port")).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("--set KEY=VALUE");
    }

    @Test
    void shouldPrintCompletionForEachShell() {
        assertThat(console.run("completion", "zsh")).isZero();

        assertThat(console.out()).contains("bashcompinit", "--tick-hz", "complete -F");
    }

    @Test
    void shouldExitWithEnvironmentWhenBenchmarksAreMissing() {
        assertThat(console.run("bench", "micro")).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(console.err()).contains("HZ-ENV-006");
    }

    @Test
    void shouldInsistOnStarSystemForNode() {
        assertThat(console.run("node", "--port", "0")).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("--star-system");
    }

    @Test
    void shouldExitWithEnvironmentWhenPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit =
                    console.run(
                            "up",
                            "--port",
                            Integer.toString(taken.getLocalPort()),
                            "--data-dir",
                            folder.resolve("data").toString());

            assertThat(exit).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(console.err()).contains("error HZ-GW-001");
            assertThat(console.out()).isEmpty();
        }
    }

    @Test
    void shouldRefuseMissingPluginFolder() {
        String nowhere = folder.resolve("nowhere").toString();

        assertThat(console.run("up", "--port", "0", "--plugin-dir", nowhere))
                .isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("error HZ-CFG-007", nowhere);
    }

    @Test
    void shouldRefuseProductionWithoutTicketKey() {
        assertThat(
                        console.run(
                                "up",
                                "--port",
                                "0",
                                "--profile",
                                "production",
                                "--data-dir",
                                folder.resolve("data").toString()))
                .isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(console.err()).contains("error HZ-GW-002", "gateway.ticket-key");
    }

    @Test
    void shouldReadEnvironment() {
        Console other = new Console(Map.of("HORIZON_NODE__TICK_HZ", "7"));

        assertThat(other.run("config", "show")).isZero();

        assertThat(other.out()).containsPattern("node\\.tick-hz +7 +environment HORIZON_NODE");
    }
}
