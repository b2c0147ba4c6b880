package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.driver.LineDriver;
import io.aeron.driver.ext.LossGenerator;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes over Aeron has the session of any other, and no more room for mischief. */
class GatewayAeronTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final GatewayConfig DEFAULTS = GatewayConfig.defaults();
    private static final long SEED = Long.getLong("loss.seed", 42);

    @TempDir private Path folder;
    private final int port = UdpPorts.two();
    private final URI line = URI.create("aeron://127.0.0.1:" + port);
    private LineDriver driver;
    private @Nullable GatewayRig rig;

    @BeforeEach
    void startDriver() {
        driver = LineDriver.start();
    }

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
        driver.close();
    }

    private GatewayRig start(GatewayConfig config, int clientsMax) {
        GatewayConfig.Aeron aeron = new GatewayConfig.Aeron("127.0.0.1:" + port, clientsMax);
        GatewayRig started = new GatewayRig(folder, config.withAeron(aeron), builder -> builder);
        rig = started;
        return started;
    }

    private GatewayRig start() {
        return start(DEFAULTS, 64);
    }

    private HorizonClient client(GatewayRig rig, String player) {
        return HorizonClient.connect(
                line, player, rig.ticket(player), (buffer, length) -> {}, driver);
    }

    @Test
    void shouldCarryEventsInputsAndFramesAsAWebSocketDoes() {
        GatewayRig rig = start();
        AtomicInteger longest = new AtomicInteger();
        try (HorizonClient ada =
                        HorizonClient.connect(
                                line,
                                "Ada",
                                rig.ticket("Ada"),
                                (buffer, length) -> longest.accumulateAndGet(length, Math::max),
                                driver);
                HorizonClient bob = rig.client("Bob")) {
            assertThat(ada.welcome().player()).isEqualTo("Ada");
            ada.send("chat", "message", "{\"message\":\"häi\"}");
            ada.sendInput(GatewayRig.STICK.id(), new byte[] {0, 0, 0, 0x3F, 1});
            Await.until("both came", () -> rig.node.inputs.size() == 4);
            assertThat(rig.node.of("event").getFirst().sequence()).isEqualTo(1);
            assertThat(rig.node.of("input").getFirst().sequence()).isEqualTo(2);
            rig.node.message(0, GatewayRig.LINE.id(), new byte[] {1, 0, '!'});
            for (HorizonClient each : List.of(ada, bob)) {
                ServerEvent said = each.await("chat", "message", SOON);
                assertThat(said.data().path("message").asString()).isEqualTo("!");
            }
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            rig.until("it subscribes", () -> !rig.node.subscriptions.isEmpty());
            rig.node.frame(GatewayRig.NEAR, 1, true, 9_000);
            rig.until("the frame comes, longer than a datagram", () -> longest.get() > 9_000);
            for (int i = 0; i < 40; i++) {
                rig.node.message(rig.session("Ada"), GatewayRig.LINE.id(), line(900 + i));
            }
            for (int i = 0; i < 40; i++) {
                ServerEvent said = ada.await("chat", "message", SOON);
                assertThat(said.data().path("message").asString()).isEqualTo(text(900 + i));
            }
            ada.sendText("{\"namespace\":\"session\",\"event\":\"ping\",\"data\":{}}");
            assertThat(ada.await("session", "pong", SOON)).isNotNull();
        }
    }

    @Test
    void shouldComeByADriverOfItsOwnWhereNoneIsShared() {
        GatewayRig rig = start();
        HorizonClient ada = HorizonClient.connect(line, "Ada", rig.ticket("Ada"));
        ada.leave();
        Await.until("she left", () -> rig.node.of("closed").size() == 1);
        assertThat(rig.node.of("closed").getFirst().type()).isZero();
    }

    @Test
    void shouldResumeOverEitherWay() {
        GatewayRig rig = start();
        HorizonClient ada = client(rig, "Ada");
        ada.send("chat", "message", "{\"message\":\"1\"}");
        Await.until("it came", () -> rig.node.of("event").size() == 1);
        ada.cut();
        try (HorizonClient again =
                HorizonClient.resume(
                        rig.server, "Ada", ada.welcome().resume(), (buffer, length) -> {})) {
            assertThat(again.welcome().lastInputSequence()).isEqualTo(1);
            assertThatThrownBy(() ->
                            HorizonClient.resume(
                                    line,
                                    "Ada",
                                    ada.welcome().resume(),
                                    (buffer, length) -> {},
                                    driver))
                    .as("each ticket is good once")
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo(Refusal.RESUME_USED));
            again.cut();
            try (HorizonClient third =
                    HorizonClient.resume(
                            line,
                            "Ada",
                            again.welcome().resume(),
                            (buffer, length) -> {},
                            driver)) {
                assertThat(third.welcome().entity()).isNotNull();
                assertThat(rig.node.of("opened")).hasSize(1);
                assertThat(rig.node.of("resumed")).hasSize(2);
            }
        }
    }

    @Test
    void shouldRefuseForgedTickets() {
        GatewayRig rig = start();
        assertThatThrownBy(() ->
                        HorizonClient.connect(
                                line, "Ada", rig.ticket("Eve"), (buffer, length) -> {}, driver))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> assertThat(e.code()).isEqualTo(Refusal.TICKET_OF_ANOTHER));
        assertThat(rig.node.inputs).isEmpty();
    }

    @Test
    void shouldCloseWhoSaysNoHello() throws Exception {
        GatewayRig rig =
                start(
                        DEFAULTS.withTimeouts(
                                new GatewayConfig.Timeouts(300, 5_000, 15_000, 30_000, 5_000, 300)),
                        64);
        try (RawLine silent = new RawLine(driver, port).open();
                RawLine speaking = new RawLine(driver, port).open()) {
            speaking.frame(WireFrame.PONG, new byte[0]);
            assertThat(speaking.message()).contains(Refusal.HELLO_TIMEOUT);
            assertThat(speaking.message()).isEqualTo("close 4000 " + Refusal.HELLO_TIMEOUT);
            assertThat(silent.message()).isNull();
        }
        Await.until("all closed", () -> rig.gateway.metrics().snapshot().connections() == 0);
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrNoFrame() throws Exception {
        GatewayRig rig = start();
        try (RawLine large = new RawLine(driver, port).open();
                RawLine pieces = new RawLine(driver, port).open();
                RawLine masked = new RawLine(driver, port).open();
                RawLine eager = new RawLine(driver, port).open();
                RawLine rubbish = new RawLine(driver, port).open()) {
            large.frame(0x81, new byte[4_097]);
            assertThat(large.message()).contains(Refusal.TOO_LARGE);
            assertThat(large.message()).isEqualTo("close 1009 " + Refusal.TOO_LARGE);
            pieces.frame(0x01, new byte[4_000]).frame(0x00, new byte[4_000]);
            assertThat(pieces.message()).contains(Refusal.TOO_LARGE);
            masked.bytes(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '{', '}'});
            assertThat(masked.message()).contains(Refusal.NOT_A_MESSAGE);
            eager.text(
                    "{\"namespace\":\"chat\",\"event\":\"message\",\"data\":{\"message\":\"x\"}}");
            assertThat(eager.message()).contains(Refusal.HELLO_EXPECTED);
            byte[] noise = new byte[3_000];
            new Random(SEED).nextBytes(noise);
            noise[0] = (byte) 0xF1;
            rubbish.bytes(noise);
            assertThat(rubbish.message()).contains(Refusal.NOT_A_MESSAGE);
        }
        assertThat(rig.node.inputs).isEmpty();
        Await.until("all closed", () -> rig.gateway.metrics().snapshot().connections() == 0);
        assertThat(rig.gateway.metrics().snapshot().faults()).isZero();
    }

    @Test
    void shouldSlowDownAFloodThenCloseIt() {
        GatewayRig rig = start();
        try (HorizonClient bob = client(rig, "Bob")) {
            HorizonClient ada = client(rig, "Ada");
            try {
                for (int i = 0; i < 10_000; i++) {
                    ada.send("chat", "message", "{\"message\":\"" + i + "\"}");
                }
            } catch (HorizonException e) {
                assertThat(e.code()).isEqualTo("HZ-NET-002");
            }
            ServerEvent refused = ada.await("session", "refused", SOON);
            assertThat(refused).isNotNull();
            assertThat(refused.data().path("code").asString()).isEqualTo(Refusal.TOO_FAST);
            assertThat(ada.awaitClosed(SOON)).isTrue();
            assertThatThrownBy(() -> client(rig, "Ada"))
                    .as("nor is she let in at once, by neither way")
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo(Refusal.TOO_FAST));
            bob.send("chat", "message", "{\"message\":\"calm\"}");
            Await.until(
                    "Bob is heard",
                    () ->
                            rig.node.of("event").stream()
                                    .anyMatch(event -> event.sessionId() == rig.session("Bob")));
        }
    }

    @Test
    void shouldTakeSoManyAndNoMore() {
        GatewayRig rig = start(DEFAULTS, 2);
        HorizonClient ada = client(rig, "Ada");
        try (HorizonClient bob = client(rig, "Bob")) {
            assertThatThrownBy(() -> client(rig, "Cleo"))
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-NET-001"))
                    .hasMessageContaining("as many clients over Aeron as it takes");
            assertThat(rig.refusals(Refusal.TOO_MANY)).isPositive();
            bob.send("chat", "message", "{\"message\":\"still here\"}");
            Await.until("it came", () -> rig.node.of("event").size() == 1);
            ada.cut();
            Await.until(
                    "Ada's place is free",
                    () -> {
                        try (HorizonClient cleo = client(rig, "Cleo")) {
                            return cleo.welcome().player().equals("Cleo");
                        } catch (HorizonException e) {
                            return false;
                        }
                    });
        }
    }

    @Test
    void shouldRefuseLongLogsAndWhoAsksForNoAnswers() {
        GatewayRig rig = start();
        try (RawLine greedy = new RawLine(driver, port, "term-length=1m")) {
            Await.until("it is refused", () -> rig.refusals(Refusal.TOO_MANY) == 1);
            assertThat(greedy.isOver()).isTrue();
        }
        try (var deaf =
                driver.aeron().addExclusivePublication("aeron:udp?endpoint=127.0.0.1:" + port, 1)) {
            Await.until("it is refused", () -> rig.refusals(Refusal.TOO_MANY) == 2);
            assertThat(deaf.isClosed()).isFalse();
        }
        assertThat(rig.gateway.metrics().snapshot().connections()).isZero();
    }

    @Test
    void shouldCountThemIntoWhatAnAddressMayDo() {
        GatewayRig rig = start(GatewayRig.oneConnectionPerSecond(), 64);
        List<RawLine> lines = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                lines.add(new RawLine(driver, port));
            }
            Await.until("some are refused", () -> rig.refusals(Refusal.TOO_MANY) > 0);
        } finally {
            lines.forEach(RawLine::close);
        }
    }

    @Test
    void shouldKeepTheSessionOfWhoVanishes() {
        GatewayRig rig = start();
        LineDriver other = LineDriver.start();
        HorizonClient ada =
                HorizonClient.connect(
                        line, "Ada", rig.ticket("Ada"), (buffer, length) -> {}, other);
        // As kill -9 of her process: nothing says goodbye.
        other.close();
        Await.until("it is noticed", () -> rig.gateway.metrics().snapshot().connections() == 0);
        assertThat(rig.node.of("closed")).isEmpty();
        try (HorizonClient again =
                HorizonClient.resume(
                        line, "Ada", ada.welcome().resume(), (buffer, length) -> {}, driver)) {
            assertThat(again.welcome().player()).isEqualTo("Ada");
            assertThat(rig.node.of("resumed")).hasSize(1);
        }
    }

    @Test
    void shouldEndWhoDoesNotDrainAndHoldNobodyElse() throws Exception {
        GatewayRig rig =
                start(
                        DEFAULTS.withQueues(
                                        new GatewayConfig.Queues(
                                                65_536, 1_024, 131_072, 16_384, 65_536, 16_384))
                                .withTimeouts(
                                        new GatewayConfig.Timeouts(
                                                5_000, 5_000, 60_000, 30_000, 300, 300)),
                        64);
        AtomicInteger heard = new AtomicInteger();
        try (RawLine stalled = new RawLine(driver, port).open();
                HorizonClient ada = client(rig, "Ada")) {
            stalled.text(GatewayHostileTest.hello("Stalled", rig.ticket("Stalled")));
            assertThat(stalled.message()).contains("welcome");
            int said = 0;
            while (rig.node.of("closed").isEmpty()) {
                rig.node.message(rig.session("Stalled"), GatewayRig.LINE.id(), line(1_000));
                rig.node.message(rig.session("Ada"), GatewayRig.LINE.id(), line(10));
                assertThat(ada.await("chat", "message", SOON)).isNotNull();
                heard.incrementAndGet();
                assertThat(++said).isLessThan(1_000_000);
                assertThat(rig.gateway.metrics().snapshot().queuedBytesMax())
                        .isLessThanOrEqualTo(131_072 + 1_100);
            }
            assertThat(rig.node.of("closed").getFirst().sessionId())
                    .isEqualTo(rig.session("Stalled"));
            assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(3);
            assertThat(rig.refusals(Refusal.TOO_SLOW)).isEqualTo(1);
            assertThat(heard.get()).isEqualTo(said);
        }
    }

    /** No part of it is like the one behind it. */
    private static String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; text.length() < length; i++) {
            text.append(i).append(' ');
        }
        return text.substring(0, length);
    }

    private static byte[] line(int length) {
        byte[] text = text(length).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(2 + length).order(ByteOrder.LITTLE_ENDIAN);
        return out.putShort((short) length).put(text).array();
    }

    @Test
    void shouldLoseNothingWhereDatagramsAreLost() {
        GatewayRig rig = start();
        Random random = new Random(SEED);
        AtomicInteger lost = new AtomicInteger();
        LossGenerator loss =
                (from, buffer, length) -> {
                    boolean isLost = random.nextInt(5) == 0;
                    lost.addAndGet(isLost ? 1 : 0);
                    return isLost;
                };
        try (LineDriver lossy = LineDriver.losing(loss);
                HorizonClient ada =
                        HorizonClient.connect(
                                line, "Ada", rig.ticket("Ada"), (buffer, length) -> {}, lossy)) {
            for (int i = 0; i < 100; i++) {
                rig.node.message(rig.session("Ada"), GatewayRig.LINE.id(), line(10 * i));
                ServerEvent said = ada.await("chat", "message", SOON);
                assertThat(said).as("seed %d, message %d of them", SEED, i).isNotNull();
                assertThat(said.data().path("message").asString()).isEqualTo(text(10 * i));
            }
            assertThat(lost.get()).isPositive();
        }
    }

    @Test
    void shouldTellPlayersThatItStops() {
        GatewayRig rig = start();
        HorizonClient ada = client(rig, "Ada");
        rig.gateway.close();
        ServerEvent refused = ada.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        assertThat(refused.data().path("code").asString()).isEqualTo(Refusal.STOPPING);
        assertThat(ada.awaitClosed(SOON)).isTrue();
        assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(6);
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int each : List.of(port, port + 1)) {
            try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(loopback, each))) {
                assertThat(taken.isBound()).isTrue();
                assertThatThrownBy(this::start)
                        .isInstanceOfSatisfying(
                                HorizonException.class,
                                e -> assertThat(e.code()).isEqualTo(Refusal.PORT_TAKEN));
            }
        }
    }

    @Test
    void shouldTakeNobodyOverAeronUnlessItIsConfigured() {
        rig = new GatewayRig(folder);
        assertThatThrownBy(() -> client(rig, "Ada"))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-NET-001"));
    }
}
