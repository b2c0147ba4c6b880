package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewaySessionTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir private Path folder;
    private GatewayRig rig;

    @BeforeEach
    void start() {
        rig = new GatewayRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldWelcomeWhoHasATicket() {
        try (HorizonClient ada = rig.client("Ada")) {
            assertThat(ada.welcome().player()).isEqualTo("Ada");
            assertThat(ada.welcome().starSystem()).isEqualTo("sol");
            assertThat(ada.welcome().tickHz()).isEqualTo(20);
            assertThat(ada.welcome().playerId()).isEqualTo(Profile.playerId("Ada"));
            FakeNode.Input opened = rig.node.of("opened").getFirst();
            assertThat(opened.text()).isEqualTo("Ada");
            assertThat(opened.bytes()).as("the node adds the profile").isEmpty();
        }
    }

    @Test
    void shouldRefuseTicketsThatAreForgedExpiredOrOfAnother() {
        Tickets others =
                new Tickets(
                        TicketKey.load(false, null, folder.resolve("other")), Clock.systemUTC());
        Tickets late =
                new Tickets(rig.key, Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));
        assertRefused("Ada", others.login("Ada", 60), Refusal.TICKET_FORGED);
        assertRefused("Ada", late.login("Ada", 60), Refusal.TICKET_EXPIRED);
        assertRefused("Ada", rig.ticket("Eve"), Refusal.TICKET_OF_ANOTHER);
        assertRefused("Ada", "nonsense", Refusal.TICKET_MALFORMED);
        assertRefused("Ada", "", Refusal.TICKET_MALFORMED);
        assertRefused("A/../da", rig.ticket("Ada"), Refusal.PLAYER_NAME);
        assertRefused("A".repeat(25), rig.ticket("Ada"), Refusal.PLAYER_NAME);
        assertThat(rig.node.inputs).isEmpty();
    }

    @Test
    void shouldCarryEventsBothWays() {
        try (HorizonClient ada = rig.client("Ada");
                HorizonClient bob = rig.client("Bob")) {
            ada.send("chat", "message", "{\"message\":\"häi\"}");
            ada.send("ship", "controls", "{\"thrust\":0.5,\"fire\":true}");
            Await.until("both came", () -> rig.node.inputs.size() == 4);
            FakeNode.Input event = rig.node.of("event").getFirst();
            assertThat(event.type()).isEqualTo(GatewayRig.CHAT.id());
            assertThat(event.sequence()).isEqualTo(1);
            assertThat(event.bytes())
                    .isEqualTo(new byte[] {4, 0, 'h', (byte) 0xC3, (byte) 0xA4, 'i'});
            FakeNode.Input input = rig.node.of("input").getFirst();
            assertThat(input.sequence()).isEqualTo(2);
            assertThat(input.bytes()).isEqualTo(new byte[] {0, 0, 0, 0x3F, 1});

            rig.node.message(rig.session("Bob"), GatewayRig.LINE.id(), new byte[] {2, 0, 'y', 'o'});
            rig.node.message(0, GatewayRig.LINE.id(), new byte[] {1, 0, '!'});
            ServerEvent first = bob.await("chat", "message", SOON);
            assertThat(first.data().path("message").asString()).isEqualTo("yo");
            assertThat(bob.await("chat", "message", SOON).data().path("message").asString())
                    .isEqualTo("!");
            assertThat(ada.await("chat", "message", SOON).data().path("message").asString())
                    .isEqualTo("!");
        }
    }

    @Test
    void shouldTellPlayersWhatTheNodeDoesAgainstOverload() {
        try (HorizonClient ada = rig.client("Ada")) {
            rig.node.tickEnd(7);
            rig.node.tickEnd(8, OverloadStep.TIME_DILATED, 0.6f);
            rig.node.tickEnd(9, OverloadStep.TIME_DILATED, 0.6f);
            ServerEvent told = ada.await("session", "overload", SOON);
            assertThat(told.data().path("step").asString()).isEqualTo("time-dilated");
            assertThat(told.data().path("timeRate").asDouble()).isEqualTo(0.6);
            assertThat(told.data().path("tick").asInt()).isEqualTo(8);
            try (HorizonClient bob = rig.client("Bob")) {
                assertThat(bob.await("session", "overload", SOON).data().path("step").asString())
                        .as("who comes while it is so")
                        .isEqualTo("time-dilated");
            }
            rig.node.tickEnd(10);
            told = ada.await("session", "overload", SOON);
            assertThat(told.data().path("step").asString()).as("once each").isEqualTo("normal");
        }
    }

    @Test
    void shouldTakeBinaryEventsWithGrowingSequencesAlone() {
        try (HorizonClient ada = rig.client("Ada")) {
            byte[] payload = {2, 0, 'h', 'i'};
            ada.sendEvent(GatewayRig.CHAT.id(), payload);
            Await.until("it came", () -> rig.node.of("event").size() == 1);
            byte[] again = InputFrames.event(1, GatewayRig.CHAT.id(), payload);
            ada.sendBinary(java.nio.ByteBuffer.wrap(again));
            assertThat(refusal(ada)).isEqualTo(Refusal.OLD_SEQUENCE);
            ada.sendEvent(GatewayRig.CHAT.id(), new byte[] {9, 0, 'h', 'i'});
            assertThat(refusal(ada)).isEqualTo(Refusal.WRONG_SHAPE);
            ada.sendEvent(4711, payload);
            assertThat(refusal(ada)).isEqualTo(Refusal.UNKNOWN_EVENT);
            assertThat(rig.node.of("event")).hasSize(1);
        }
    }

    @Test
    void shouldSayWhichFieldIsWrong() {
        try (HorizonClient ada = rig.client("Ada")) {
            ada.sendText("{\"namespace\":\"chat\",\"event\":\"message\",\"data\":{\"message\":7}}");
            ServerEvent refused = ada.await("session", "refused", SOON);
            assertThat(refused.data().path("code").asString()).isEqualTo(Refusal.WRONG_SHAPE);
            assertThat(refused.data().path("reason").asString())
                    .contains("chat.message.message is 7")
                    .contains("expected a text");
            assertThat(refused.data().path("closes").asBoolean()).isFalse();
            ada.sendText("no json");
            assertThat(refusal(ada)).isEqualTo(Refusal.NOT_JSON);
            ada.sendText("[1]");
            assertThat(refusal(ada)).isEqualTo(Refusal.NOT_AN_ENVELOPE);
            ada.send("chat", "whisper", "{}");
            assertThat(refusal(ada)).isEqualTo(Refusal.UNKNOWN_EVENT);
            ada.send("session", "dance", "{}");
            assertThat(refusal(ada)).isEqualTo(Refusal.UNKNOWN_EVENT);
            ada.send("chat", "message", "{\"message\":\"still here\"}");
            Await.until("it came", () -> rig.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldHandOnUndeclaredEnvelopesWhereAPluginTakesThem() {
        rig.gateway.catalogue(
                new dev.horizon.engine.events.EventCatalogue(2, List.of(GatewayRig.CHAT)), true);
        try (HorizonClient ada = rig.client("Ada")) {
            ada.send("chat", "whisper", "{\"to\":\"Bob\"}");
            Await.until("it came", () -> rig.node.of("raw").size() == 1);
            FakeNode.Input raw = rig.node.of("raw").getFirst();
            assertThat(raw.text()).isEqualTo("chat.whisper");
            assertThat(new String(raw.bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"to\":\"Bob\"}");
        }
    }

    @Test
    void shouldReplaceTheFirstLoginByTheSecond() {
        HorizonClient first = rig.client("Ada");
        long before = rig.session("Ada");
        try (HorizonClient second = rig.client("Ada")) {
            assertThat(refusal(first)).isEqualTo(Refusal.REPLACED);
            assertThat(first.awaitClosed(SOON)).isTrue();
            assertThat(rig.session("Ada")).isNotEqualTo(before);
            FakeNode.Input closed = rig.node.of("closed").getFirst();
            assertThat(closed.sessionId()).isEqualTo(before);
            assertThat(rig.node.inputs.indexOf(closed)).isEqualTo(1);
            second.send("chat", "message", "{\"message\":\"mine\"}");
            Await.until("it came", () -> rig.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldResumeOnceWithTheTicketOfTheWelcome() {
        HorizonClient first = rig.client("Ada");
        first.send("chat", "message", "{\"message\":\"one\"}");
        Await.until("it came", () -> rig.node.of("event").size() == 1);
        rig.node.focus(rig.session("Ada"), 1, 2, 3);
        assertThat(first.await("session", "focus", SOON)).isNotNull();
        String resume = first.welcome().resume();
        first.cut();
        HorizonClient second =
                HorizonClient.resume(rig.server, "Ada", resume, (buffer, length) -> {});
        assertThat(second.welcome().lastInputSequence()).isEqualTo(1);
        assertThat(second.await("session", "focus", SOON).data().path("entity").asString())
                .isEqualTo("1:7");
        assertThat(rig.node.of("resumed")).hasSize(1);
        assertThat(rig.node.of("closed")).isEmpty();
        assertThatThrownBy(() ->
                        HorizonClient.resume(rig.server, "Ada", resume, (buffer, length) -> {}))
                .hasToString(
                        Refusal.RESUME_USED
                                + ": "
                                + "the session is over or the resume"
                                + " ticket was used: log in again");
        second.send("chat", "message", "{\"message\":\"two\"}");
        Await.until("it came", () -> rig.node.of("event").size() == 2);
        assertThat(rig.node.of("event").getLast().sequence()).isEqualTo(2);
        second.close();
    }

    @Test
    void shouldEndTheSessionAtOnceWhenTheClientLeaves() {
        rig.client("Ada").leave();
        Await.until("it ended", () -> rig.node.of("closed").size() == 1);
        assertThat(rig.node.of("closed").getFirst().type()).isZero();
    }

    @Test
    void shouldCloseWhomTheNodeRefuses() {
        HorizonClient ada = rig.client("Ada");
        rig.node.refuse(rig.session("Ada"), "HZ-KICK", true);
        assertThat(refusal(ada)).isEqualTo("HZ-KICK");
        assertThat(ada.awaitClosed(SOON)).isTrue();
        Await.until("it is gone", () -> rig.gateway.metrics().snapshot().sessions() == 0);
        assertThat(rig.node.of("closed")).isEmpty();
    }

    private void assertRefused(String player, String ticket, String code) {
        assertThatThrownBy(() -> HorizonClient.connect(rig.server, player, ticket))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }

    @Test
    void shouldHearOfTheNodesTicksWithoutAnyFrame() {
        try (HorizonClient client = rig.client("Ada")) {
            assertThat(client.welcome().player()).isEqualTo("Ada");
            rig.node.tickEnd(4_711, 0, rig.session("Ada"), 1);
            Await.until("the tick", () -> rig.gateway.tick() == 4_711);
            assertThat(rig.gateway.metrics().snapshot().faults()).isZero();
        }
    }
}
