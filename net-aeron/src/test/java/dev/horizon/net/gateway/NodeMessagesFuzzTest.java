package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a node, or who pretends to be one, says to a gateway: it counts what it can't read, and
 * serves whoever comes next.
 */
class NodeMessagesFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_128L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4_000);
    private static final int ROUNDS_AT_ONCE = 200;

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void shouldServePlayersWhateverItsNodeSays() throws Exception {
        try (GatewayRig rig = new GatewayRig(folder)) {
            HorizonClient ada = rig.client("Ada");
            rig.node.focus(rig.session("Ada"), 0, 0, 0);
            rig.until("it subscribes", () -> rig.node.subscriptions.size() >= 4);
            byte[] hello = text("hello");
            rig.node.damage = this::damaged;
            for (int round = 0; round < ROUNDS; round++) {
                speak(rig.node, rig.session("Ada"), round, hello);
                if (round % ROUNDS_AT_ONCE == 0) {
                    Await.until("it heard", rig.node::isHeard);
                }
            }
            Await.until("it heard", rig.node::isHeard);
            rig.node.damage = bytes -> bytes;
            assertThat(rig.node.thrown).as("seed %s", SEED).isEmpty();
            assertThat(rig.gateway.metrics().snapshot().faults()).isPositive();
            // It may have been told that the session is over.
            ada.cut();
            try (HorizonClient bob = rig.client("Bob")) {
                rig.node.message(rig.session("Bob"), GatewayRig.LINE.id(), text("still here"));
                ServerEvent line = bob.await("chat", "message", Duration.ofSeconds(10));
                assertThat(line).isNotNull();
                assertThat(line.data().path("message").asString()).isEqualTo("still here");
            }
        }
    }

    private static void speak(FakeNode node, long session, int round, byte[] line) {
        switch (round % 8) {
            case 0 -> node.message(session, GatewayRig.LINE.id(), line);
            case 1 -> node.focus(session, round, 0, 0, 3, 4);
            case 2 -> node.tickEnd(1_000 + round, 0, session, round);
            case 3 -> node.frame(GatewayRig.NEAR, round, round % 16 == 3, 10);
            case 4 -> node.frame(GatewayRig.CLOSE, round, true, 10);
            case 5 -> node.beacon(GatewayRig.NEAR, round);
            case 6 -> node.recut(GatewayRig.NEAR, round, GatewayRig.FAR, round, true, 0);
            default -> node.refuse(session, "HZ-GW-028", false);
        }
    }

    private static byte[] text(String text) throws Exception {
        return new JsonTranscoder()
                .encode(GatewayRig.LINE, Envelope.JSON.createObjectNode().put("message", text));
    }

    private byte[] damaged(byte[] valid) {
        byte[] bytes =
                random.nextInt(4) == 0
                        ? Arrays.copyOf(valid, random.nextInt(2 * valid.length))
                        : valid.clone();
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
