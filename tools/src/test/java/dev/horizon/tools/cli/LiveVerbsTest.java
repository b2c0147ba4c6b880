package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.live.ApiHost;
import dev.horizon.tools.live.FakeNode;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.OperatorToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
