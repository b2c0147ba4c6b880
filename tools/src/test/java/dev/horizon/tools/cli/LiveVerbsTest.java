package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.live.ApiHost;
import dev.horizon.tools.live.FakeNode;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.OperatorToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveVerbsTest {
    @TempDir static Path folder;
    private final Console console = new Console();
    private ApiHost host;

    @BeforeEach
    void start() throws IOException {
        host = new ApiHost(new LiveApi(new FakeNode(), OperatorToken.in(folder), FakeNode::why));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void shouldPrintEntitiesWithIdentityAndComparedField() {
        assertThat(console.run("query", "Hull.points < 10", "--url", host.url())).isZero();

        assertThat(console.out())
                .containsPattern("ID +Identity.shipType +Identity.faction +Identity.name +Hull")
                .containsPattern("1:42 +MINER +GUILD +Lucky Strike +4.5")
                .doesNotContain("1:43");
    }

    @Test
    void shouldPrintChosenColumnsAndSayThatThereIsMore() {
        String[] query = {"query", "Hull", "--columns", "Hull.points", "-n", "1", "-u", host.url()};
        assertThat(console.run(query)).isZero();

        assertThat(console.out()).doesNotContain("Identity");
        assertThat(console.err()).contains("--limit");
    }

    @Test
    void shouldPrintOneEntity() {
        assertThat(console.run("query", "1:42", "--url", host.url())).isZero();

        assertThat(console.out()).containsPattern("Hull +points +4.5");
    }

    @Test
    void shouldPrintWhyAClientHoldsAnEntity() {
        String[] why = {"why", "--player", "Ada", "--entity", "1:42", "--url", host.url()};
        assertThat(console.run(why)).isZero();

        assertThat(console.out())
                .containsPattern("held +MEDIUM")
                .containsPattern("because of +CLOSE_BUDGET")
                .containsPattern("distance +812.5 m")
                .containsPattern("since tick +7");
    }

    @Test
    void shouldSayWhyANodeCannotBeRecorded() {
        String out = folder.resolve("profile").toString();
        String[] profile = {"profile", "--seconds", "1", "--out", out, "-u", host.url()};
        assertThat(console.run(profile)).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(console.err()).contains("HZ-ENV-023", "on the node's machine");
    }

    @Test
    void shouldRefuseAFolderThatIsThereAndAFileThatIsNoRecording() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jfr"), "no recording");
        String[] there = {"profile", "--of", text.toString(), "--out", folder.toString()};
        assertThat(console.run(there)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(console.err()).contains("HZ-ENV-024", "is there already");

        Path out = folder.resolve("none");
        String[] text2 = {"profile", "--of", text.toString(), "--out", out.toString()};
        assertThat(console.run(text2)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(console.err()).contains("HZ-ENV-025");
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldPrintWhyAsJsonAtATick() {
        String[] why = {
            "why", "--player", "Ada", "--entity", "1:42", "--tick", "5", "--json", "-u", host.url()
        };
        assertThat(console.run(why)).isZero();

        assertThat(console.out()).contains("\"reason\"", "CLOSE_BUDGET", "\"tick\"", "5");
    }

    @Test
    void shouldSayThatNobodyOfThatNamePlays() {
        String[] why = {"why", "--player", "Bob", "--entity", "1:42", "--url", host.url()};
        assertThat(console.run(why)).isNotZero();

        assertThat(console.err()).contains("HZ-GW-044");
    }

    @Test
    void shouldListCommandsWithTheirArguments() {
        assertThat(console.run("command", "--url", host.url())).isZero();
        assertThat(console.out()).containsPattern("sol:spawn +<ships> +Makes ships\\.");
    }

    @Test
    void shouldGiveACommandAndSayItsAnswer() {
        String[] spawn = {
            "command", "sol:spawn", "10", "-u", host.url(), "--data-dir", folder.toString()
        };
        assertThat(console.run(spawn)).isZero();

        assertThat(console.out()).contains("spawned [10]");
    }

    @Test
    void shouldCompleteCommandsOfTheRunningNode() throws Exception {
        assertThat(console.run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("complete.sh"), console.out());
        Path fake =
                Files.writeString(
                        folder.resolve("horizon"),
                        "#!/bin/sh\nprintf 'sol:spawn\\nsol:stop\\nmarket:look\\n'\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();

        assertThat(completed(script, fake, ""))
                .containsExactly("sol:spawn", "sol:stop", "market:look");
        assertThat(completed(script, fake, "sol:st")).containsExactly("stop");
        assertThat(completed(script, fake, "nobody")).isEmpty();
    }

    /** What bash has of the script, for a word behind {@code horizon command}. */
    private static List<String> completed(Path script, Path horizon, String word) throws Exception {
        String line = horizon + " command " + word;
        String asks =
                "source %s; COMP_WORDS=(%s command %s); COMP_CWORD=2; COMP_LINE='%s'; COMP_POINT=%d;"
                                .formatted(script, horizon, word, line, line.length())
                        + " _horizon_commands; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", asks).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.lines().filter(name -> !name.isEmpty()).toList();
    }

    @Test
    void shouldExitWithUsageWhenConditionIsWrong() {
        assertThat(console.run("query", "Hull <", "--url", host.url())).isEqualTo(ExitCode.USAGE);
        assertThat(console.run("query", "Huls", "--url", host.url())).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("HZ-CLI-003", "HZ-API-007");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void shouldPrintReadingWithDearestSystemFirst() {
        assertThat(console.run("top", "--once", "--url", host.url())).isZero();

        assertThat(console.out())
                .contains("healthy, tick 7 at 20 Hz, up 1:02:03", "3 players")
                .containsSubsequence("sol/weapons", "quarantined", "sol/flight", "CLOSE");
    }

    @Test
    void shouldPrintReadingAsJson() {
        assertThat(console.run("top", "--once", "--json", "--url", host.url())).isZero();

        assertThat(console.out()).contains("\"status\"", "\"systems\"", "\"tiers\"");
    }

    @Test
    void shouldExitWithEnvironmentWhenNobodyAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(console.run("top", "--once", "--port", Integer.toString(free)))
                .isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(console.err()).contains("error HZ-ENV-020", "horizon up");
    }
}
