package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys of a gateway that no other test turns: each changes what the gateway does, as it says.
 * Timeouts, strangers and slow clients are {@link GatewayHostileTest}'s and {@link
 * GatewayFanOutTest}'s, origins {@link GatewayHttpTest}'s, what is held near that of the package
 * {@code edge}.
 */
class GatewayKeysTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int EVENTS = 300;

    @TempDir private Path folder;

    private GatewayRig start(String section, String key, Object value) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("port", 0);
        if (section.isEmpty()) {
            keys.put(key, value);
        } else {
            keys.put(section, Map.of(key, value));
        }
        GatewayConfig config = ConfigBinder.bind(GatewayConfig.class, keys, "gateway");
        return new GatewayRig(folder, config, builder -> builder);
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void shouldReadAndWriteOnSoManyThreads(int threads) {
        Set<Thread> before = socketThreads();
        List<HorizonClient> clients = new ArrayList<>();
        try (GatewayRig rig = start("", "event-loop-threads", threads)) {
            for (int i = 0; i < 2 * threads; i++) {
                clients.add(rig.client("Player" + i));
            }
            Set<Thread> ours = socketThreads();
            ours.removeAll(before);
            assertThat(ours).hasSize(threads);
        } finally {
            clients.forEach(HorizonClient::cut);
        }
    }

    private static Set<Thread> socketThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gateway-io"))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldSayItsNumberToTheNode() {
        try (GatewayRig rig = start("", "gateway-id", 7);
                HorizonClient ada = rig.client("Ada")) {
            assertThat(ada.welcome().player()).isEqualTo("Ada");
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            rig.until("it subscribes", () -> !rig.node.subscriptions.isEmpty());
            assertThat(rig.node.gatewayHeard).isEqualTo(7);
        }
    }

    /** What {@code gateway.drain-timeout} says is given to {@link Gateway#drain}. */
    @Test
    void shouldWaitForItsDrainNoLongerThanItIsGiven() {
        try (GatewayRig rig = start("", "gateway-id", 1)) {
            HorizonClient ada = rig.client("Ada");
            rig.node.stuck = true;
            long before = rig.gateway.metrics().snapshot().messagesIn();
            say(ada, 2, 10);
            // The first is in the queue once the second is counted.
            Await.until(
                    "both came", () -> rig.gateway.metrics().snapshot().messagesIn() == before + 2);
            assertThat(rig.gateway.drain(200)).as("its node takes nothing").isFalse();
            rig.node.stuck = false;
            assertThat(rig.gateway.drain(SOON.toMillis())).isTrue();
            assertThat(rig.node.of("event")).isNotEmpty();
        }
    }

    @Test
    void shouldHaveSoManyConnectionsAtOnce() throws IOException {
        try (GatewayRig rig = start("limits", "connections-max", 3);
                RawSocket first = new RawSocket(rig.gateway.port()).upgrade();
                RawSocket second = new RawSocket(rig.gateway.port()).upgrade();
                RawSocket third = new RawSocket(rig.gateway.port()).upgrade()) {
            for (RawSocket each : List.of(first, second, third)) {
                assertThat(each.head()).contains("101");
            }
            try (RawSocket fourth = new RawSocket(rig.gateway.port())) {
                assertThat(fourth.rest()).isEmpty();
            }
            Await.until(
                    "three are left", () -> rig.gateway.metrics().snapshot().connections() == 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"40", "4000"})
    void shouldIssueTicketsThatLiveSoLong(int seconds) {
        try (GatewayRig rig = start("timeouts", "ticket-seconds", seconds)) {
            long before = Instant.now().getEpochSecond();
            String ticket = rig.ticket("Ada");
            long after = Instant.now().getEpochSecond();
            byte[] body = Base64.getUrlDecoder().decode(ticket.substring(0, ticket.indexOf('.')));
            assertThat(ByteBuffer.wrap(body, 2, Long.BYTES).getLong())
                    .isBetween(before + seconds, after + seconds);
        }
    }

    @ParameterizedTest
    @CsvSource({"256, false", "4096, true"})
    void shouldTakeMessagesOfSoManyBytes(int most, boolean isTaken) {
        try (GatewayRig rig = start("limits", "frame-bytes-max", most)) {
            HorizonClient ada = rig.client("Ada");
            say(ada, 1, 300);
            if (isTaken) {
                Await.until("it came", () -> rig.node.of("event").size() == 1);
            } else {
                assertThat(refusal(ada)).isEqualTo(Refusal.TOO_LARGE);
            }
            ada.cut();
        }
    }

    @ParameterizedTest
    @CsvSource({"messages-per-second, 5, 10", "bytes-per-second, 1024, 2048"})
    void shouldTakeSoMuchOfOneSession(String key, int most, int burst) {
        try (GatewayRig rig = start("limits", key, most)) {
            HorizonClient ada = rig.client("Ada");
            say(ada, EVENTS, 10);
            assertThat(refusal(ada)).isEqualTo(Refusal.TOO_FAST);
            Await.until("some came", () -> !rig.node.of("event").isEmpty());
            // The burst, and what is earned while the machine is slow.
            int came = rig.node.of("event").size();
            assertThat(came).isBetween(1, Math.min(EVENTS / 2, burst + 20));
        }
    }

    @ParameterizedTest
    @CsvSource({"messages-per-second, 10000", "bytes-per-second, 16777216"})
    void shouldTakeMoreOfOneSessionWhereConfiguredSo(String key, int most) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("messages-per-second", 10_000);
        limits.put("bytes-per-second", 1 << 24);
        limits.put(key, most);
        GatewayConfig config =
                ConfigBinder.bind(
                        GatewayConfig.class, Map.of("port", 0, "limits", limits), "gateway");
        try (GatewayRig rig = new GatewayRig(folder, config, builder -> builder)) {
            HorizonClient ada = rig.client("Ada");
            say(ada, EVENTS, 10);
            Await.until("all came", () -> rig.node.of("event").size() == EVENTS);
            ada.cut();
        }
    }

    private static void say(HorizonClient client, int times, int length) {
        try {
            for (int i = 0; i < times; i++) {
                client.send("chat", "message", "{\"message\":\"" + "x".repeat(length) + "\"}");
            }
        } catch (HorizonException e) {
            // It was closed meanwhile.
            assertThat(e.code()).isEqualTo("HZ-NET-002");
        }
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }
}
