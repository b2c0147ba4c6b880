package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.pages.DemoNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SoakCommandTest {
    private static final String PLAN =
            """
            name = "guests"

            [[stages]]
            name = "stay"
            duration = "4s"
            players = 6

            [[behaviours]]
            kind = "chat-storm"
            rate = 5.0

            [[thresholds]]
            figure = "%s"
            %s
            """;

    @TempDir Path folder;

    private Path plan(String figure, String bound) throws IOException {
        return Files.writeString(folder.resolve("plan.toml"), PLAN.formatted(figure, bound));
    }

    @Test
    void shouldSoakANodeThatRuns() throws Exception {
        Console console = new Console();
        try (NodeProcess node = DemoNode.start(folder.resolve("data"))) {
            int exit =
                    console.run(
                            "soak",
                            plan("playing", "min = 200").toString(),
                            "--node",
                            "127.0.0.1:" + node.port(),
                            "--out",
                            folder.resolve("out").toString(),
                            "--json");
            assertThat(exit).as(console.err()).isEqualTo(ExitCode.THRESHOLD);
        }

        JsonNode summary = JsonMapper.shared().readTree(console.out());
        assertThat(summary.path("passed").asBoolean(true)).isFalse();
        assertThat(summary.path("figures").path(1).path("name").asString()).isEqualTo("playing");
        assertThat(summary.path("stages").path("stay").path("heap-max").asDouble()).isPositive();
        assertThat(folder.resolve("out/report.html")).isNotEmptyFile();
        String report = folder.resolve("out").toString();
        Console compare = new Console();
        assertThat(compare.run("soak", "compare", report, report)).isZero();
        assertThat(compare.out()).contains("tick-p999", "same").doesNotContain("worse");
    }

    @Test
    void shouldRefuseAPlanOfNoSense() throws IOException {
        Console console = new Console();

        assertThat(console.run("soak", plan("tick-p98", "max = 1").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("HZ-CFG-004", "did you mean 'tick-p9");
    }

    @Test
    void shouldSayWhatAPlanComesTo() throws IOException {
        Console console = new Console();

        assertThat(console.run("soak", plan("playing", "min = 1").toString(), "--check")).isZero();
        assertThat(console.out()).contains("guests: 1 stages, 4 s, up to 6 players");
    }

    @Test
    void shouldRefuseToKillWhatOthersRun() throws IOException {
        Console console = new Console();
        Path file = plan("playing", "min = 1\n[[faults]]\nkind = \"kill\"\nat = \"1s\"");

        assertThat(console.run("soak", file.toString(), "--node", "127.0.0.1:1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("HZ-SOAK-001", "--node");
    }

    @Test
    void shouldSayWhatIsNoReport() throws IOException {
        Console console = new Console();

        assertThat(console.run("soak", "compare", plan("playing", "min = 1").toString(), "b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("HZ-SOAK-004");
    }
}
