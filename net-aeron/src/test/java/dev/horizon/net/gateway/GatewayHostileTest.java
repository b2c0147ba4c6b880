package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GatewayHostileTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final GatewayConfig DEFAULTS = GatewayConfig.defaults();

    @TempDir private Path folder;
    private @Nullable GatewayRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    private GatewayRig start(GatewayConfig config) {
        GatewayRig started = new GatewayRig(folder, config, builder -> builder);
        rig = started;
        return started;
    }

    @Test
    void shouldCloseWhoSaysNoHello() throws Exception {
        GatewayRig rig = start(DEFAULTS.withTimeouts(hello(200)));
        try (RawSocket silent = new RawSocket(rig.gateway.port());
                RawSocket upgraded = new RawSocket(rig.gateway.port()).upgrade()) {
            assertThat(upgraded.head()).contains("101");
            assertThat(upgraded.message()).contains(Refusal.HELLO_TIMEOUT);
            assertThat(upgraded.message()).isEqualTo("close 4000 " + Refusal.HELLO_TIMEOUT);
            assertThat(upgraded.message()).isNull();
            assertThat(silent.rest()).isEmpty();
        }
        Await.until("all closed", () -> rig.gateway.metrics().snapshot().connections() == 0);
        assertThat(rig.refusals(Refusal.HELLO_TIMEOUT)).isEqualTo(1);
    }

    /** By command thousands: each takes two open files, one for either end. */
    @Test
    void shouldServePlayersWhileHundredsStaySilent() {
        GatewayRig rig = start(DEFAULTS.withTimeouts(hello(1_500)));
        List<RawSocket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.getInteger("silent.connections", 300); i++) {
                silent.add(new RawSocket(rig.gateway.port()));
            }
            try (HorizonClient ada = rig.client("Ada")) {
                ada.send("chat", "message", "{\"message\":\"hello\"}");
                Await.until("it came", () -> rig.node.of("event").size() == 1);
                Await.until(
                        "the silent are gone",
                        () -> rig.gateway.metrics().snapshot().connections() <= 2);
                ada.send("chat", "message", "{\"message\":\"still here\"}");
                Await.until("it came", () -> rig.node.of("event").size() == 2);
            }
        } finally {
            silent.forEach(RawSocket::close);
        }
    }

    @Test
    void shouldMakeRoomForNewcomersByDroppingTheLongestSilent() throws Exception {
        GatewayConfig.Limits limits = DEFAULTS.limits();
        GatewayRig rig =
                start(
                        DEFAULTS.withLimits(
                                new GatewayConfig.Limits(
                                        limits.frameBytesMax(),
                                        limits.messagesPerSecond(),
                                        limits.bytesPerSecond(),
                                        limits.addressMessagesPerSecond(),
                                        limits.addressBytesPerSecond(),
                                        limits.addressConnectionsPerSecond(),
                                        false,
                                        limits.refusalsMax(),
                                        limits.connectionsMax(),
                                        8,
                                        limits.requestBytesMax(),
                                        limits.handlersMax())));
        List<RawSocket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                silent.add(new RawSocket(rig.gateway.port()));
            }
            Await.until("all came", () -> rig.gateway.metrics().snapshot().strangers() == 8);
            try (HorizonClient ada = rig.client("Ada")) {
                assertThat(ada.welcome().player()).isEqualTo("Ada");
            }
            assertThat(silent.getFirst().rest()).isEmpty();
        } finally {
            silent.forEach(RawSocket::close);
        }
    }

    @Test
    void shouldRefuseWhatIsTooLargeAndClose() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        HorizonClient ada = rig.client("Ada");
        ada.sendText("x".repeat(4_097));
        assertThat(refusal(ada)).isEqualTo(Refusal.TOO_LARGE);
        assertThat(ada.awaitClosed(SOON)).isTrue();
        try (RawSocket pieces = new RawSocket(rig.gateway.port()).upgrade()) {
            pieces.head();
            pieces.frame(0x01, new byte[4_000]).frame(0x00, new byte[4_000]);
            assertThat(pieces.message()).contains(Refusal.TOO_LARGE);
            assertThat(pieces.message()).isEqualTo("close 1009 " + Refusal.TOO_LARGE);
        }
    }

    @Test
    void shouldRefuseWhatIsNoWebSocketOrNoUtf8() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        try (RawSocket latin = new RawSocket(rig.gateway.port()).upgrade();
                RawSocket reserved = new RawSocket(rig.gateway.port()).upgrade();
                RawSocket unmasked = new RawSocket(rig.gateway.port()).upgrade();
                RawSocket garbage = new RawSocket(rig.gateway.port())) {
            latin.head();
            latin.frame(0x81, new byte[] {'"', (byte) 0xE4, '"'});
            assertThat(latin.message()).contains(Refusal.NOT_JSON);
            assertThat(latin.message()).isEqualTo("close 1007 " + Refusal.NOT_JSON);
            reserved.head();
            reserved.frame(0xF1, new byte[] {1, 2, 3});
            assertThat(reserved.message()).contains(Refusal.NOT_A_MESSAGE);
            unmasked.head();
            unmasked.socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, '{', '}'});
            assertThat(unmasked.message()).contains(Refusal.NOT_A_MESSAGE);
            garbage.write("\u0016\u0003\u0001 not http at all\r\n\r\n");
            assertThat(garbage.rest()).contains("400").contains(Refusal.PATH);
        }
        assertThat(rig.gateway.metrics().snapshot().faults()).isZero();
    }

    @Test
    void shouldRefuseEventsBeforeTheHello() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        try (RawSocket eager = new RawSocket(rig.gateway.port()).upgrade()) {
            eager.head();
            eager.text(
                    "{\"namespace\":\"chat\",\"event\":\"message\",\"data\":{\"message\":\"x\"}}");
            assertThat(eager.message()).contains(Refusal.HELLO_EXPECTED);
            assertThat(eager.message()).startsWith("close");
        }
        assertThat(rig.node.inputs).isEmpty();
    }

    @Test
    void shouldSlowDownAFloodThenCloseIt() {
        GatewayRig rig = start(DEFAULTS);
        try (HorizonClient bob = rig.client("Bob")) {
            HorizonClient ada = rig.client("Ada");
            long begun = System.nanoTime();
            try {
                for (int i = 0; i < 10_000; i++) {
                    ada.send("chat", "message", "{\"message\":\"" + i + "\"}");
                }
            } catch (HorizonException e) {
                assertThat(e.code()).isEqualTo("HZ-NET-002");
            }
            assertThat(refusal(ada)).isEqualTo(Refusal.TOO_FAST);
            assertThat(ada.awaitClosed(SOON)).isTrue();
            double seconds = (System.nanoTime() - begun) / 1e9;
            assertThatThrownBy(() -> rig.client("Ada"))
                    .as("nor is she let in at once")
                    .isInstanceOf(HorizonException.class)
                    .extracting(fault -> ((HorizonException) fault).code())
                    .isEqualTo(Refusal.TOO_FAST);
            assertThat(rig.node.of("opened")).hasSize(2);
            bob.send("chat", "message", "{\"message\":\"calm\"}");
            Await.until(
                    "Bob is heard",
                    () ->
                            rig.node.of("event").stream()
                                    .anyMatch(event -> event.sessionId() == rig.session("Bob")));
            int more = (int) (DEFAULTS.limits().messagesPerSecond() * seconds);
            assertThat(rig.node.of("event").size() - 1)
                    .as("of Ada's, in %s s", seconds)
                    .isBetween(100, 200 + more);
        }
    }

    @Test
    void shouldLimitAddressesThatConnectTooOften() throws Exception {
        GatewayRig rig = start(GatewayRig.oneConnectionPerSecond());
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                sockets.add(new RawSocket(rig.gateway.port()));
            }
            assertThat(sockets.getLast().rest()).isEmpty();
            assertThat(rig.refusals(Refusal.TOO_MANY)).isPositive();
        } finally {
            sockets.forEach(RawSocket::close);
        }
    }

    @Test
    void shouldTimeOutWhoStopsAnswering() throws Exception {
        GatewayRig rig =
                start(
                        DEFAULTS.withTimeouts(
                                new GatewayConfig.Timeouts(
                                        5_000, 5_000, 2_000, 30_000, 5_000, 300)));
        try (RawSocket dead = new RawSocket(rig.gateway.port()).upgrade();
                HorizonClient ada = rig.client("Ada")) {
            dead.head();
            dead.text(hello("Dead", rig.ticket("Dead")));
            assertThat(dead.message()).contains("welcome");
            assertThat(dead.message()).contains(Refusal.TIMED_OUT);
            Await.until("it ended", () -> rig.node.of("closed").size() == 1);
            assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(2);
            ada.send("chat", "message", "{\"message\":\"alive\"}");
            Await.until("it came", () -> rig.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldEndASessionThatNobodyResumes() {
        GatewayRig rig =
                start(
                        DEFAULTS.withTimeouts(
                                new GatewayConfig.Timeouts(5_000, 5_000, 15_000, 100, 5_000, 300)));
        HorizonClient ada = rig.client("Ada");
        ada.cut();
        Await.until("it ended", () -> rig.node.of("closed").size() == 1);
        assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(1);
        assertThatThrownBy(() ->
                        HorizonClient.resume(
                                rig.server, "Ada", ada.welcome().resume(), (buffer, length) -> {}))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> assertThat(e.code()).isEqualTo(Refusal.RESUME_USED));
    }

    @Test
    void shouldSayWhenTheNodeIsSilent() {
        GatewayRig rig =
                start(
                        DEFAULTS.withTimeouts(
                                new GatewayConfig.Timeouts(
                                        5_000, 200, 15_000, 30_000, 5_000, 300)));
        rig.node.silent = true;
        assertThatThrownBy(() -> rig.client("Ada"))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> assertThat(e.code()).isEqualTo(Refusal.NODE_SILENT));
    }

    @Test
    void shouldSayWhenTheNodeTakesNoMore() {
        GatewayConfig.Queues queues = DEFAULTS.queues();
        GatewayRig rig =
                start(
                        DEFAULTS.withQueues(
                                new GatewayConfig.Queues(
                                        queues.frameBytesMax(),
                                        queues.framesMax(),
                                        queues.textBytesMax(),
                                        4,
                                        queues.subscriptionsMax(),
                                        queues.sendBufferBytes())));
        try (HorizonClient ada = rig.client("Ada")) {
            rig.node.stuck = true;
            for (int i = 0; i < 8; i++) {
                ada.send("chat", "message", "{\"message\":\"" + i + "\"}");
            }
            assertThat(refusal(ada)).isEqualTo(Refusal.BUSY);
            rig.node.stuck = false;
            Await.until("the taken ones come", () -> rig.node.of("event").size() >= 4);
        }
    }

    @Test
    void shouldTellWhoFindsItBusyWhenToComeBack() throws Exception {
        GatewayConfig.Queues queues = DEFAULTS.queues();
        GatewayRig rig =
                start(
                        DEFAULTS.withQueues(
                                new GatewayConfig.Queues(
                                        queues.frameBytesMax(),
                                        queues.framesMax(),
                                        queues.textBytesMax(),
                                        4,
                                        queues.subscriptionsMax(),
                                        queues.sendBufferBytes())));
        try (HorizonClient ada = rig.client("Ada");
                RawSocket bob = new RawSocket(rig.gateway.port()).upgrade()) {
            rig.node.stuck = true;
            for (int i = 0; i < 8; i++) {
                ada.send("chat", "message", "{\"message\":\"" + i + "\"}");
            }
            assertThat(refusal(ada)).isEqualTo(Refusal.BUSY);
            bob.head();
            bob.text(hello("Bob", rig.ticket("Bob")));
            JsonNode data = Envelope.JSON.readTree(bob.message()).path("data");
            assertThat(data.path("code").asString()).isEqualTo(Refusal.BUSY);
            assertThat(data.path("closes").asBoolean()).isTrue();
            assertThat(data.path("retryMillis").asInt())
                    .isBetween(
                            Comebacks.MILLIS_MIN, Comebacks.MILLIS_MIN + Comebacks.SPREAD_MILLIS);
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        GatewayRig rig = start(DEFAULTS);
        GatewayConfig same = DEFAULTS.withAddress("127.0.0.1", rig.gateway.port());
        assertThatThrownBy(() -> new GatewayRig(folder, same, builder -> builder))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(Refusal.PORT_TAKEN);
                            assertThat(e).hasMessageContaining(":" + rig.gateway.port());
                        });
    }

    @Test
    void shouldTellPlayersThatItStops() {
        GatewayRig rig = start(DEFAULTS);
        HorizonClient ada = rig.client("Ada");
        rig.gateway.close();
        assertThat(refusal(ada)).isEqualTo(Refusal.STOPPING);
        assertThat(ada.awaitClosed(SOON)).isTrue();
        assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(6);
    }

    static String hello(String player, String ticket) {
        return "{\"namespace\":\"session\",\"event\":\"hello\",\"data\":{\"player\":\""
                + player
                + "\",\"ticket\":\""
                + ticket
                + "\"}}";
    }

    private static GatewayConfig.Timeouts hello(int helloMillis) {
        return new GatewayConfig.Timeouts(helloMillis, 5_000, 15_000, 30_000, 5_000, 300);
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }
}
