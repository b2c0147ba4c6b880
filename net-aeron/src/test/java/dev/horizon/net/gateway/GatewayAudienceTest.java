package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.FrameCheck;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.Welcome;
import dev.horizon.net.edge.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is for an audience reaches the sessions that the node says are of it, and no others. */
class GatewayAudienceTest {
    private static final int TEAM = 7;
    private static final long CLOSE =
            ChannelId.ofAudience(SizeClass.CRAFT, Tier.CLOSE, TEAM, 0, 0, 0);
    private static final long LOW = ChannelId.ofAudience(SizeClass.CRAFT, Tier.LOW, TEAM, 0, 0, -1);
    private static final long PLANS = ChannelId.placeless(Tier.SENSOR, TEAM);

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

    /** Keeps all bytes that came, beside what they mean. */
    private static final class Ear implements HorizonClient.BinaryHandler {
        final LiveReplica replica = new LiveReplica();
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        @Override
        public synchronized void onMessage(UnsafeBuffer buffer, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(0, bytes);
            heard.writeBytes(bytes);
            replica.onMessage(buffer, length);
        }

        @Override
        public void onWelcome(Welcome welcome) {
            replica.onWelcome(welcome);
        }

        synchronized boolean heard(long number) {
            byte[] bytes = new byte[Long.BYTES];
            new UnsafeBuffer(bytes).putLong(0, number, ByteOrder.LITTLE_ENDIAN);
            return heard.toString(StandardCharsets.ISO_8859_1)
                    .contains(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        boolean holds(long channelId) {
            EntityId entity = new EntityId(FakeNode.entityIn(channelId));
            return replica.read(view -> view.find(entity) != null);
        }

        synchronized int bytes() {
            return heard.size();
        }
    }

    private HorizonClient connect(String player, Ear ear) {
        return HorizonClient.connect(rig.server, player, rig.ticket(player), ear);
    }

    private boolean subscribes(long channelId) {
        return rig.node.subscriptions.contains("+" + Long.toHexString(channelId));
    }

    @Test
    void shouldTellAnAudienceAloneWhatIsForIt() {
        Ear ears = new Ear();
        Ear others = new Ear();
        try (HorizonClient ada = connect("Ada", ears);
                HorizonClient eve = connect("Eve", others)) {
            rig.node.focus(rig.session("Ada"), 0, 0, 0, TEAM);
            rig.node.focus(rig.session("Eve"), 0, 0, 0, TEAM + 1);
            rig.until(
                    "it subscribes",
                    () ->
                            subscribes(CLOSE)
                                    && subscribes(LOW)
                                    && subscribes(PLANS)
                                    && subscribes(GatewayRig.NEAR));
            for (long channel : new long[] {CLOSE, LOW, PLANS}) {
                rig.node.frame(channel, 1, true, 8);
            }
            rig.node.frame(GatewayRig.NEAR, 1, true, 8);
            rig.until(
                    "Ada has all, Eve what is for all",
                    () ->
                            ears.holds(CLOSE)
                                    && ears.holds(LOW)
                                    && ears.holds(PLANS)
                                    && others.holds(GatewayRig.NEAR));
            for (long channel : new long[] {CLOSE, LOW, PLANS}) {
                assertThat(ears.heard(FakeNode.entityIn(channel))).isTrue();
                assertThat(others.heard(FakeNode.entityIn(channel)))
                        .as(ChannelId.text(channel))
                        .isFalse();
                assertThat(others.heard(channel)).as("not even its channel's id").isFalse();
            }
            EntityId hidden = new EntityId(FakeNode.entityIn(CLOSE));
            assertThat(rig.gateway.why("Eve", hidden, Long.MAX_VALUE).join().reason())
                    .isEqualTo(Reason.AUDIENCE);
            assertThat(rig.gateway.why("Ada", hidden, Long.MAX_VALUE).join().tier())
                    .isEqualTo("CLOSE");

            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            rig.until(
                    "all of it is taken from Ada",
                    () -> !ears.holds(CLOSE) && !ears.holds(LOW) && !ears.holds(PLANS));
            assertThat(ears.replica.faults() + others.replica.faults()).isZero();
            assertThat(rig.node.subscriptions)
                    .contains("-" + Long.toHexString(CLOSE), "-" + Long.toHexString(PLANS));
        }
    }

    @Test
    void shouldTellNobodyWhoJoinsOfWhatWasHiddenBefore() {
        Ear first = new Ear();
        Ear second = new Ear();
        String asks = "?" + Long.toHexString(GatewayRig.NEAR);
        try (HorizonClient ada = connect("Ada", first)) {
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            rig.until("it subscribes", () -> subscribes(GatewayRig.NEAR));
            rig.node.frame(GatewayRig.NEAR, 1, true, 8);
            rig.until("it comes", () -> first.holds(GatewayRig.NEAR));
            rig.node.frame(GatewayRig.NEAR, 2, FrameCheck.HIDES, 8);
            try (HorizonClient eve = connect("Eve", second)) {
                rig.node.focus(rig.session("Eve"), 0, 0, 0);
                rig.until("a keyframe is asked for", () -> rig.node.subscriptions.contains(asks));
                assertThat(second.heard(FakeNode.entityIn(GatewayRig.NEAR))).isFalse();
                rig.node.frame(GatewayRig.NEAR, 3, true, 8);
                rig.until("it comes", () -> second.holds(GatewayRig.NEAR));
            }
        }
    }

    @Test
    void shouldGiveNothingForAnAudienceToWhoObservesATier() {
        Ear ears = new Ear();
        Ear others = new Ear();
        try (HorizonClient ada = connect("Ada", ears);
                HorizonClient eve = connect("Eve", others)) {
            rig.node.focus(rig.session("Ada"), 0, 0, 0, TEAM);
            eve.send("session", "observe", "{\"tier\":\"LOW\"}");
            long whole = ChannelId.whole(SizeClass.CRAFT, Tier.LOW);
            rig.until("it subscribes", () -> subscribes(LOW) && subscribes(whole));
            rig.node.frame(LOW, 1, true, 8);
            rig.node.frame(GatewayRig.NEAR, 1, true, 8);
            rig.until("they come", () -> ears.holds(LOW) && others.holds(GatewayRig.NEAR));
            assertThat(others.heard(FakeNode.entityIn(LOW))).isFalse();
        }
    }
}
