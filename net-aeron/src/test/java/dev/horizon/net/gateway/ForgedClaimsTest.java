package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.schemas.session.ChannelSubscribeEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import dev.horizon.schemas.session.SessionFocusEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a player is shown follows from what its node says: nothing that a client sends says where it
 * is, how far its sensors see, or which cells it gets.
 */
class ForgedClaimsTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;

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
    void shouldTakeNoPlaceAndNoSensorRangeFromAClient() {
        try (HorizonClient ada = rig.client("Ada")) {
            ada.send("session", "focus", "{\"x\":0,\"y\":0,\"z\":0,\"sensorMetres\":1e300}");
            assertThat(refusal(ada)).isEqualTo(Refusal.UNKNOWN_EVENT);
            UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
            SessionFocusEncoder focus =
                    new SessionFocusEncoder()
                            .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                            .sessionId(rig.session("Ada"))
                            .sensorMetres(Double.POSITIVE_INFINITY);
            focus.focusCount(0);
            focus.audiencesCount(1).next().audience(7);
            ada.sendBinary(
                    ByteBuffer.wrap(out.byteArray(), 0, HEADER_BYTES + focus.encodedLength()));
            assertThat(refusal(ada)).isEqualTo(Refusal.NOT_A_MESSAGE);
            assertNothingChanged();
        }
    }

    @Test
    void shouldTakeNoSubscriptionFromAClient() {
        for (long channel : new long[] {GatewayRig.CLOSE, -1, Long.MIN_VALUE}) {
            UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
            ChannelSubscribeEncoder subscribe =
                    new ChannelSubscribeEncoder()
                            .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                            .gatewayId(1)
                            .channelId(channel);
            int length = HEADER_BYTES + subscribe.encodedLength();
            try (HorizonClient forger = rig.client("Eve")) {
                forger.sendBinary(ByteBuffer.wrap(out.byteArray(), 0, length));
                assertThat(refusal(forger)).isEqualTo(Refusal.NOT_A_MESSAGE);
            }
        }
        try (HorizonClient ada = rig.client("Ada")) {
            ada.send("session", "observe", "{\"tier\":\"EVERYTHING\"}");
            assertThat(refusal(ada)).isEqualTo(Refusal.WRONG_SHAPE);
            assertNothingChanged();
        }
    }

    private void assertNothingChanged() {
        // Bob came later: what Ada's messages changed would have been done before.
        try (HorizonClient bob = rig.client("Bob")) {
            assertThat(bob.welcome().starSystem()).isEqualTo("sol");
        }
        assertThat(rig.node.subscriptions).isEmpty();
        assertThat(rig.node.of("event")).isEmpty();
        assertThat(rig.node.of("raw")).isEmpty();
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }
}
