package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.Welcome;
import dev.horizon.schemas.replication.ForgetDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A far channel says nothing to who holds all of it near; when it speaks again, nothing is missing.
 */
class SilenceTest {
    private static final long LOW = GatewayRig.NEAR;
    private static final String ASKED = "?" + Long.toHexString(LOW);

    /** The same entity is in both: told of near and far. */
    private static final EntityId SHIP = new EntityId(FakeNode.entityIn(LOW));

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

    /** What came of the LOW channel, and what the client holds. */
    private static final class Ear implements HorizonClient.BinaryHandler {
        final LiveReplica replica = new LiveReplica();
        final List<String> low = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(UnsafeBuffer buffer, int length) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
            if (header.templateId() == FrameDecoder.TEMPLATE_ID) {
                FrameDecoder frame = new FrameDecoder().wrapAndApplyHeader(buffer, 0, header);
                if (frame.channelId() == LOW) {
                    low.add("frame " + frame.sequence());
                }
            } else if (header.templateId() == ForgetDecoder.TEMPLATE_ID) {
                ForgetDecoder forget = new ForgetDecoder().wrapAndApplyHeader(buffer, 0, header);
                if (forget.channelId() == LOW) {
                    low.add("forget");
                }
            }
            replica.onMessage(buffer, length);
        }

        @Override
        public void onWelcome(Welcome welcome) {
            replica.onWelcome(welcome);
        }

        boolean shows(Tier tier, int value) {
            return replica.read(view -> {
                var ship = view.find(SHIP);
                byte[] row = ship == null ? null : ship.component(1);
                return row != null && ship.tier() == tier && row[row.length - 1] == value;
            });
        }
    }

    @Test
    void shouldSayNothingWhileAllIsHeldNearAndMissNothingAfterwards() {
        Ear ear = new Ear();
        try (HorizonClient ada = HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), ear)) {
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            String close = "+" + Long.toHexString(GatewayRig.CLOSE);
            String low = "+" + Long.toHexString(LOW);
            rig.until(
                    "it subscribes",
                    () ->
                            rig.node.subscriptions.contains(close)
                                    && rig.node.subscriptions.contains(low));
            rig.node.frame(GatewayRig.CLOSE, 1, true, 8);
            rig.node.frame(LOW, 1, true, 8);
            rig.until(
                    "it is held near, and the far channel ends", () -> ear.low.contains("forget"));
            assertThat(ear.low).containsExactly("frame 1", "forget");
            assertThat(ear.shows(Tier.CLOSE, 1)).isTrue();

            int asked = count(ASKED);
            rig.node.frame(LOW, 2, false, 8);
            rig.node.frame(GatewayRig.CLOSE, 2, false, 8);
            rig.until("what is near goes on", () -> ear.shows(Tier.CLOSE, 2));
            assertThat(ear.low).as("the far channel is silent").hasSize(2);
            assertThat(count(ASKED)).as("nobody wants it").isEqualTo(asked);

            rig.node.frame(LOW, 3, false, 8);
            rig.node.focus(rig.session("Ada"), 30_000, 0, 0);
            rig.until("it tells what was said meanwhile", () -> ear.shows(Tier.LOW, 3));
            rig.node.frame(LOW, 4, false, 8);
            rig.until("it goes on", () -> ear.shows(Tier.LOW, 4));
            assertThat(ear.low)
                    .containsExactly(
                            "frame 1", "forget", "frame 1", "frame 2", "frame 3", "frame 4");
            assertThat(ear.replica.faults()).isZero();
        }
    }

    private int count(String change) {
        return (int) rig.node.subscriptions.stream().filter(change::equals).count();
    }
}
