package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.Trust;
import dev.horizon.net.crowd.CrowdListener;
import dev.horizon.net.crowd.CrowdLoop;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTlsTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final GatewayConfig DEFAULTS = GatewayConfig.defaults();

    @TempDir private static Path keys;
    private static TestCertificate own;
    private static TestCertificate other;
    private static Trust trust;

    @TempDir private Path folder;
    private @Nullable GatewayRig rig;

    @BeforeAll
    static void makeCertificates() throws Exception {
        own = TestCertificate.make(keys, "own", "EC");
        other = TestCertificate.make(keys, "other", "RSA");
        trust = Trust.of(own.certificate());
    }

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    private GatewayRig start(GatewayConfig config) {
        GatewayRig started = new GatewayRig(folder, config.withTls(own.tls()), builder -> builder);
        rig = started;
        return started;
    }

    private static HorizonClient connect(GatewayRig rig, String player, LiveReplica replica) {
        String ticket = HorizonClient.ticket(rig.server, player, trust);
        return HorizonClient.connect(rig.server, player, ticket, replica, trust);
    }

    @Test
    void shouldCarryEventsFramesAndResumedSessionsOverTls() {
        GatewayRig rig = start(DEFAULTS);
        assertThat(rig.server.getScheme()).isEqualTo("https");
        LiveReplica replica = new LiveReplica();
        String resume;
        try (HorizonClient ada = connect(rig, "Ada", replica)) {
            ada.send("chat", "message", "{\"message\":\"hi\"}");
            Await.until("it came", () -> rig.node.of("event").size() == 1);
            for (int i = 0; i < 40; i++) {
                rig.node.message(rig.session("Ada"), GatewayRig.LINE.id(), line(i));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(ada.await("chat", "message", SOON).data().path("message").asString())
                        .as("more than one record of TLS, in order")
                        .isEqualTo(text(i));
            }
            EntityId ship = new EntityId(FakeNode.entityIn(GatewayRig.CLOSE));
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            String close = Long.toHexString(GatewayRig.CLOSE);
            rig.until("it subscribes", () -> rig.node.subscriptions.contains("+" + close));
            rig.node.frame(GatewayRig.CLOSE, 1, true, 8);
            rig.until("the ship shows", () -> replica.read(view -> view.find(ship) != null));
            resume = ada.welcome().resume();
            ada.cut();
        }
        try (HorizonClient again =
                HorizonClient.resume(rig.server, "Ada", resume, new LiveReplica(), trust)) {
            assertThat(again.welcome().player()).isEqualTo("Ada");
        }
        assertThat(rig.gateway.metrics().snapshot().faults()).isZero();
    }

    private static String text(int number) {
        return Character.toString('A' + number).repeat(1_000);
    }

    private static byte[] line(int number) {
        byte[] text = text(number).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Short.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    @Test
    void shouldLetACrowdInThatTrustsTheCertificate() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        String ticket = HorizonClient.ticket(rig.server, "Bob", trust);
        CompletableFuture<String> answer = new CompletableFuture<>();
        CrowdListener bob =
                new CrowdListener() {
                    @Override
                    public String hello() {
                        return "{\"player\":\"Bob\",\"protocolVersion\":3,\"ticket\":\"%s\"}"
                                .formatted(ticket);
                    }

                    @Override
                    public void onText(ByteBuf in, int at, int length) {
                        answer.complete(in.toString(at, length, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void onBinary(ByteBuf in, int at, int length, int wireBytes) {}

                    @Override
                    public void onGone(String why) {
                        answer.complete(why);
                    }
                };
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", rig.gateway.port());
        try (CrowdLoop crowd = new CrowdLoop(List.of(server), trust)) {
            crowd.run(() -> crowd.connect(0, bob));
            assertThat(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).contains("welcome");
        }
    }

    @Test
    void shouldNotBeBelievedByWhoDoesNotKnowTheCertificate() {
        GatewayRig rig = start(DEFAULTS);
        for (Trust stranger : List.of(Trust.standard(), Trust.of(other.certificate()))) {
            assertThatThrownBy(() -> HorizonClient.ticket(rig.server, "Ada", stranger))
                    .isInstanceOf(HorizonException.class)
                    .hasMessageContaining("certification path");
        }
        Await.until("both are counted", () -> rig.refusals(Refusal.NOT_TLS) == 2);
    }

    @Test
    void shouldTellWhoSpeaksNoTls() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        try (RawSocket plain = new RawSocket(rig.gateway.port()).upgrade()) {
            assertThat(plain.rest())
                    .startsWith("HTTP/1.1 400 ")
                    .contains(Refusal.NOT_TLS)
                    .contains("https://");
        }
        assertThat(rig.refusals(Refusal.NOT_TLS)).isEqualTo(1);
    }

    @Test
    void shouldCloseHandshakesThatComeToNothing() throws Exception {
        GatewayRig rig =
                start(
                        DEFAULTS.withTimeouts(
                                new GatewayConfig.Timeouts(
                                        200, 5_000, 15_000, 30_000, 5_000, 300)));
        try (RawSocket half = new RawSocket(rig.gateway.port()).write("\u0016\u0003\u0001");
                RawSocket garbage =
                        new RawSocket(rig.gateway.port())
                                .write("\u0016\u0003\u0001\u0000\u0004nope")) {
            half.socket.getInputStream().readAllBytes();
            garbage.socket.getInputStream().readAllBytes();
        }
        Await.until("all closed", () -> rig.gateway.metrics().snapshot().connections() == 0);
        assertThat(rig.gateway.metrics().snapshot().faults()).isZero();
    }

    @Test
    void shouldTakeNoPageThatCameWithoutTlsForItsOwn() throws Exception {
        GatewayRig rig = start(DEFAULTS);
        assertThat(post(rig, rig.server.toString()).statusCode()).isEqualTo(405);
        HttpResponse<String> plain = post(rig, "http://127.0.0.1:" + rig.gateway.port());
        assertThat(plain.statusCode()).isEqualTo(403);
        assertThat(plain.body()).contains(Refusal.ORIGIN);
    }

    private static HttpResponse<String> post(GatewayRig rig, String origin) throws Exception {
        return trust.client()
                .send(
                        HttpRequest.newBuilder(URI.create(rig.server + "/api/ticket"))
                                .header("Origin", origin)
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldRefuseToStartWithoutATrueCertificateAndItsKey() throws Exception {
        TestCertificate late =
                TestCertificate.make(keys, "late", "EC", "-startdate", "-10d", "-validity", "1");
        Path readable = keys.resolve("readable.key");
        Files.copy(own.key(), readable);
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
        assertUnusable(own.certificate(), Path.of(""), "isn't set");
        assertUnusable(Path.of(""), own.key(), "isn't set");
        assertUnusable(keys.resolve("none.crt"), own.key(), "can't read");
        assertUnusable(own.key(), own.key(), "has no certificate");
        assertUnusable(own.certificate(), own.certificate(), "has no key");
        assertUnusable(own.certificate(), other.key(), "is no EC key");
        assertUnusable(own.certificate(), late.key(), "isn't that of");
        assertUnusable(late.certificate(), late.key(), "is valid from");
        assertUnusable(own.certificate(), readable, "every user");
        try (GatewayRig rsa =
                new GatewayRig(folder, DEFAULTS.withTls(other.tls()), builder -> builder)) {
            assertThat(HorizonClient.ticket(rsa.server, "Ada", Trust.of(other.certificate())))
                    .isNotEmpty();
        }
    }

    private void assertUnusable(Path certificate, Path key, String what) {
        GatewayConfig config =
                DEFAULTS.withTls(new GatewayConfig.Tls(certificate.toString(), key.toString()));
        assertThatThrownBy(() -> new GatewayRig(folder, config, builder -> builder))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining(what)
                .extracting(fault -> ((HorizonException) fault).code())
                .isEqualTo(Refusal.TLS_UNUSABLE);
    }

    @Test
    void shouldTrustNoFileWithoutCertificates() {
        assertThatThrownBy(() -> Trust.of(own.key()))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("certificate");
    }
}
