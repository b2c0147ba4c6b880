package dev.horizon.tools.soak.raid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.pages.DemoNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaidTest {
    private static final String PASSWORD = "of-a-test";

    /** Two of each kind that isn't silent. */
    private static final int RAIDERS = 110;

    private static final long SECONDS_MAX = 60;

    @TempDir Path folder;

    @Test
    void shouldComeOverTlsInEveryWayAndBeGone() throws Exception {
        makeCertificate();
        Trust trust = Trust.of(folder.resolve("own.crt"));
        Map<String, String> tls =
                Map.of(
                        "gateway.tls-certificate", folder.resolve("own.crt").toString(),
                        "gateway.tls-key", folder.resolve("own.key").toString(),
                        "gateway.hello-timeout", "1s");
        try (NodeProcess node = DemoNode.start(folder.resolve("data"), tls)) {
            URI server = DemoNode.address(node);
            assertThat(server.getScheme()).isEqualTo("https");
            String ticket = HorizonClient.ticket(server, "Ada", trust);
            try (HorizonClient ada =
                            HorizonClient.connect(server, "Ada", ticket, new LiveReplica(), trust);
                    Raid raid =
                            Raid.on(
                                    new InetSocketAddress("localhost", server.getPort()),
                                    trust,
                                    (player, to) ->
                                            to.accept(HorizonClient.ticket(server, player, trust)),
                                    RAIDERS)) {
                Set<RaidKind> kinds = EnumSet.allOf(RaidKind.class);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
                while (!raid.gone().containsAll(kinds)) {
                    assertThat(System.nanoTime()).as("gone: %s", raid.gone()).isLessThan(end);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
                Raid.Outcome outcome = raid.end();
                assertThat(outcome.connections()).as("they come again").isGreaterThan(RAIDERS);
                assertThat(outcome.frames()).isPositive();
                assertThat(outcome.text()).contains("half-handshake", "half-open", "replay");
                assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("who behaves stays").isFalse();
            }
        }
    }

    @Test
    void shouldBeginNoHandshakesWhereNobodySpeaksTls() {
        Set<RaidKind> kinds = EnumSet.noneOf(RaidKind.class);
        for (int number = 0; number < RAIDERS; number++) {
            kinds.add(RaidKind.of(number, false));
        }

        assertThat(kinds).isEqualTo(EnumSet.complementOf(EnumSet.of(RaidKind.HALF_HANDSHAKE)));
    }

    /** One that signs itself, by the JDK's keytool, as PEM files. */
    private void makeCertificate()
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("own.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made =
                new ProcessBuilder(
                                List.of(
                                        keytool,
                                        "-genkeypair",
                                        "-alias",
                                        "own",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=own",
                                        "-ext",
                                        "SAN=dns:localhost",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        write("own.crt", "CERTIFICATE", keys.getCertificate("own").getEncoded());
        write("own.key", "PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private void write(String name, String label, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        Path file =
                Files.writeString(
                        folder.resolve(name),
                        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, text, label));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
