package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketKeyTest {
    private static final String CONFIGURED = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir private Path folder;

    @Test
    void shouldMakeADevelopmentKeyOnceForItsOwnerAlone() throws Exception {
        Path data = folder.resolve("data");
        TicketKey first = TicketKey.load(false, null, data);
        TicketKey second = TicketKey.load(false, null, data);
        assertThat(first.isFresh()).isTrue();
        assertThat(second.isFresh()).isFalse();
        assertThat(first.isDevelopment()).isTrue();
        assertThat(second.isDevelopment()).isTrue();
        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(Files.getPosixFilePermissions(data.resolve("ticket.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldRefuseProductionWithoutAKeyOrWithADevelopmentKey() throws Exception {
        assertCode(Refusal.KEY_MISSING, () -> TicketKey.load(true, null, folder));
        assertCode(Refusal.KEY_MISSING, () -> TicketKey.load(true, " ", folder));
        TicketKey.load(false, null, folder);
        String development = Files.readString(folder.resolve("ticket.key"));
        assertCode(Refusal.KEY_FOR_DEVELOPMENT, () -> TicketKey.load(true, development, folder));
        assertThat(TicketKey.load(true, CONFIGURED, folder).isDevelopment()).isFalse();
    }

    @Test
    void shouldRefuseKeysThatAreShortOrNoBase64() throws Exception {
        assertCode(Refusal.KEY_UNUSABLE, () -> TicketKey.load(true, "c2hvcnQ=", folder));
        assertCode(Refusal.KEY_UNUSABLE, () -> TicketKey.load(false, "%%%", folder));
        Files.writeString(folder.resolve("ticket.key"), "development:abc");
        assertCode(Refusal.KEY_UNUSABLE, () -> TicketKey.load(false, null, folder));
    }

    @Test
    void shouldIssueNoTicketsWithAConfiguredKey() {
        FakeNode node = new FakeNode();
        TicketKey key = TicketKey.load(true, CONFIGURED, folder);
        try (Gateway gateway =
                Gateway.with(GatewayConfig.defaults(), key, node, ChannelConfig.standard())
                        .start()) {
            java.net.URI server = java.net.URI.create("http://127.0.0.1:" + gateway.port());
            assertCode(Refusal.NOT_FOUND, () -> HorizonClient.ticket(server, "Ada"));
            String ticket = new Tickets(key, java.time.InstantSource.system()).login("Ada", 60);
            try (HorizonClient ada = HorizonClient.connect(server, "Ada", ticket)) {
                ada.send("session", "observe", "{\"tier\":\"LOW\"}");
                assertThat(
                                ada.await("session", "refused", java.time.Duration.ofSeconds(10))
                                        .data()
                                        .path("code")
                                        .asString())
                        .isEqualTo(Refusal.NOT_ALLOWED);
            }
        }
    }

    private static void assertCode(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
