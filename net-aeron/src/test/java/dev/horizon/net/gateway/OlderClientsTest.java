package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.ForgetDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients of earlier protocol versions get what they read rightly, and nothing that they misread.
 */
class OlderClientsTest {
    private static final long LOW = GatewayRig.NEAR;
    private static final long PART = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 1, 0, 0, 0);
    private static final int TEAM = 7;
    private static final long TEAM_CLOSE =
            ChannelId.ofAudience(SizeClass.CRAFT, Tier.CLOSE, TEAM, 0, 0, 0);
    private static final long TEAM_LOW =
            ChannelId.ofAudience(SizeClass.CRAFT, Tier.LOW, TEAM, 0, 0, 0);

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

    /** Reads bundles as every version does: by lengths, templates and channel ids. */
    private static final class OldClient implements WebSocket.Listener, AutoCloseable {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final List<String> messages = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        private final StringBuilder text = new StringBuilder();
        private final HttpClient http = HttpClient.newHttpClient();
        private final WebSocket socket;

        OldClient(GatewayRig rig, String player, int version) {
            URI play = URI.create("ws://" + rig.server.getAuthority() + "/play");
            socket = http.newWebSocketBuilder().buildAsync(play, this).join();
            Map<String, Object> data =
                    Map.of(
                            "player", player,
                            "ticket", rig.ticket(player),
                            "protocolVersion", version);
            Map<String, Object> hello =
                    Map.of("namespace", "session", "event", "hello", "data", data);
            socket.sendText(JsonMapper.shared().writeValueAsString(hello), true).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                bundle(binary.toByteArray());
                binary.reset();
            }
            from.request(1);
            return null;
        }

        private void bundle(byte[] bytes) {
            UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            for (int at = 0; at < bytes.length; ) {
                messages.add(text(buffer, at + 2));
                at += 2 + (buffer.getShort(at) & 0xFFFF);
            }
        }

        private static String text(UnsafeBuffer buffer, int at) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, at);
            int body = at + MessageHeaderDecoder.ENCODED_LENGTH;
            return switch (header.templateId()) {
                case FrameDecoder.TEMPLATE_ID ->
                        "frame "
                                + Long.toHexString(buffer.getLong(body))
                                + "#"
                                + buffer.getInt(body + 16);
                case ForgetDecoder.TEMPLATE_ID ->
                        "forget " + Long.toHexString(buffer.getLong(body));
                case RecutDecoder.TEMPLATE_ID -> "recut";
                case ViewDecoder.TEMPLATE_ID -> "view " + header.version();
                case GlanceDecoder.TEMPLATE_ID -> "glance";
                default -> "template " + header.templateId();
            };
        }

        boolean has(String start) {
            return messages.stream().anyMatch(each -> each.startsWith(start));
        }

        @Override
        public void close() {
            socket.abort();
            http.close();
        }
    }

    private OldClient join(String player, int version, int... audiences) {
        OldClient client = new OldClient(rig, player, version);
        rig.until(
                "welcome", () -> client.texts.stream().anyMatch(each -> each.contains("welcome")));
        rig.node.focus(rig.session(player), 0, 0, 0, audiences);
        String low = "+" + Long.toHexString(LOW);
        rig.until("it subscribes", () -> rig.node.subscriptions.contains(low));
        return client;
    }

    private static String frame(long channelId, int sequence) {
        return "frame " + Long.toHexString(channelId) + "#" + sequence;
    }

    @Test
    void shouldShowAClientWithoutLevelsNoPartsOfCells() {
        try (OldClient old = join("Old", 1)) {
            rig.node.frame(LOW, 1, true, 8);
            rig.until("it comes", () -> old.messages.contains(frame(LOW, 1)));
            rig.node.recut(LOW, 2, PART, 33, true, 0);
            rig.node.frame(PART, 34, false, 8);
            rig.until("the cell goes", () -> old.has("forget " + Long.toHexString(LOW)));
            rig.node.frame(PART, 35, true, 8);
            rig.node.recut(PART, 36, LOW, 3, false, 0);
            String asks = "?" + Long.toHexString(LOW);
            rig.until("it is asked for anew", () -> rig.node.subscriptions.contains(asks));
            rig.node.frame(LOW, 4, false, 8);
            rig.node.frame(LOW, 5, true, 8);
            rig.until("it comes anew", () -> old.messages.contains(frame(LOW, 5)));
            rig.node.frame(LOW, 6, false, 8);
            rig.until("it goes on", () -> old.messages.contains(frame(LOW, 6)));
            assertThat(old.messages).doesNotContain("recut", "glance", frame(LOW, 4));
            assertThat(old.has("frame " + Long.toHexString(PART))).isFalse();
            assertThat(old.messages.stream().filter(each -> each.startsWith("view")))
                    .isNotEmpty()
                    .allMatch(each -> each.equals("view 2"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldShowWhatIsForAnAudienceNearToAllAndFarToWhoKnowsIt(int version) {
        try (OldClient client = join("Ada", version, TEAM)) {
            String close = "+" + Long.toHexString(TEAM_CLOSE);
            String low = "+" + Long.toHexString(TEAM_LOW);
            rig.until(
                    "it subscribes",
                    () ->
                            rig.node.subscriptions.contains(close)
                                    && rig.node.subscriptions.contains(low));
            rig.node.frame(TEAM_CLOSE, 1, true, 8);
            rig.node.frame(TEAM_LOW, 1, true, 8);
            rig.node.frame(LOW, 1, true, 8);
            rig.until(
                    "it comes",
                    () -> client.has("view") && client.messages.contains(frame(LOW, 1)));
            rig.until(
                    "why says near",
                    () ->
                            rig.gateway
                                    .why(
                                            "Ada",
                                            new EntityId(FakeNode.entityIn(TEAM_CLOSE)),
                                            Long.MAX_VALUE)
                                    .join()
                                    .tier()
                                    .equals("CLOSE"));
            boolean knows = version >= 3;
            assertThat(client.messages.contains(frame(TEAM_LOW, 1))).isEqualTo(knows);
        }
    }

    @Test
    void shouldTellANewerClientWhichVersionsAreSpoken() {
        try (OldClient newer = new OldClient(rig, "Newer", 4)) {
            rig.until(
                    "it is refused",
                    () -> newer.texts.stream().anyMatch(each -> each.contains("HZ-GW-018")));
            assertThat(newer.texts.getFirst()).contains("1 to 3, not 4");
        }
    }
}
