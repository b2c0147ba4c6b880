package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players between gateways, and gateways whose node comes and goes. */
class GatewayHandoverTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir private Path folder;
    private GatewayRig first;
    private GatewayRig second;

    @BeforeEach
    void start() {
        first = new GatewayRig(folder);
        second = new GatewayRig(folder);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private HorizonClient resume(GatewayRig at, String ticket) {
        return HorizonClient.resume(at.server, "Ada", ticket, (buffer, length) -> {});
    }

    @Test
    void shouldGoOnWithASessionThatBeganAtAnotherGateway() {
        HorizonClient ada = first.client("Ada");
        try (HorizonClient again = resume(second, ada.welcome().resume())) {
            FakeNode.Input resumed = second.node.of("resumed").getFirst();
            assertThat(resumed.sessionId()).isEqualTo(first.session("Ada"));
            assertThat(again.welcome().resume()).isNotEqualTo(ada.welcome().resume());
            again.send("chat", "message", "{\"message\":\"here\"}");
            Await.until("it came", () -> second.node.of("event").size() == 1);

            first.node.welcomeElsewhere(first.session("Ada"), 77);
            assertThat(refusal(ada)).isEqualTo(Refusal.REPLACED);
            Await.until("it let go", () -> first.gateway.metrics().snapshot().sessions() == 0);
            assertThat(first.node.of("closed")).as("it isn't its to end").isEmpty();
        }
    }

    @Test
    void shouldTellWhoResumesWhatTheNodeRefuses() {
        HorizonClient ada = first.client("Ada");
        second.node.refusesResumes = true;
        assertThatThrownBy(() -> resume(second, ada.welcome().resume()))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> assertThat(e.code()).isEqualTo(Refusal.RESUME_USED));
        assertThat(second.gateway.metrics().snapshot().sessions()).isZero();
        assertThat(second.node.of("closed")).isEmpty();
        ada.close();
    }

    @Test
    void shouldIgnoreWhatAnotherGatewayWasRefused() {
        try (HorizonClient ada = first.client("Ada")) {
            first.node.refuse(first.session("Ada"), 77, "HZ-GW-017", true);
            ada.send("chat", "message", "{\"message\":\"still\"}");
            Await.until("it came", () -> first.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldKeepSessionsWhileTheNodeIsAwayAndSayThemAgain() {
        try (HorizonClient ada = first.client("Ada")) {
            first.node.epoch = 0;
            ServerEvent waiting = ada.await("session", "waiting", SOON);
            assertThat(waiting).isNotNull();
            assertThat(waiting.data().path("code").asString()).isEqualTo(Refusal.NODE_AWAY);
            assertThatThrownBy(() -> first.client("Eve"))
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo(Refusal.NODE_AWAY));

            first.node.epoch = 2;
            Await.until("it is said again", () -> first.node.of("reattached").size() == 1);
            assertThat(first.node.of("reattached").getFirst().sessionId())
                    .isEqualTo(first.session("Ada"));
            ada.send("chat", "message", "{\"message\":\"on\"}");
            Await.until("it came", () -> first.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldSayInputsInOrderToANodeThatIsBackWhicheverWereOnTheirWay() {
        try (HorizonClient ada = first.client("Ada")) {
            ada.send("chat", "message", "{\"message\":\"heard\"}");
            Await.until("the first came", () -> first.node.of("event").size() == 1);
            first.node.losesInputs = true;
            long before = first.gateway.metrics().snapshot().messagesIn();
            ada.send("chat", "message", "{\"message\":\"lost\"}");
            Await.until("it is lost", () -> first.node.lostInputs.get() == 1);
            first.node.stuck = true;
            ada.send("chat", "message", "{\"message\":\"queued\"}");
            ada.send("chat", "message", "{\"message\":\"later\"}");
            // The first of them waits for the node once the second is counted.
            Await.until(
                    "both wait",
                    () -> first.gateway.metrics().snapshot().messagesIn() == before + 3);
            first.node.epoch = 0;
            assertThat(ada.await("session", "waiting", SOON)).isNotNull();

            first.node.losesInputs = false;
            first.node.stuck = false;
            first.node.epoch = 2;
            Await.until("all came", () -> first.node.of("event").size() == 4);
            assertThat(first.node.of("event"))
                    .extracting(FakeNode.Input::sequence)
                    .containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void shouldSendPlayersElsewhereWithoutEndingTheirSessions() {
        HorizonClient ada = first.client("Ada");
        long before = first.gateway.metrics().snapshot().messagesIn();
        ada.send("chat", "message", "{\"message\":\"last\"}");
        ada.send("chat", "message", "{\"message\":\"later\"}");
        // The first is in the queue once the second is counted.
        Await.until(
                "both came", () -> first.gateway.metrics().snapshot().messagesIn() == before + 2);
        assertThat(first.gateway.drain(SOON.toMillis())).isTrue();
        assertThat(refusal(ada)).isEqualTo(Refusal.DRAINED);
        assertThat(ada.awaitClosed(SOON)).isTrue();
        assertThat(first.node.of("event")).as("nothing taken is lost").isNotEmpty();
        assertThat(first.node.of("closed")).isEmpty();
        assertThatThrownBy(() -> first.client("Eve"))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> assertThat(e.code()).isEqualTo(Refusal.DRAINING));
        resume(second, ada.welcome().resume()).close();
        assertThat(second.node.of("resumed")).hasSize(1);
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }
}
