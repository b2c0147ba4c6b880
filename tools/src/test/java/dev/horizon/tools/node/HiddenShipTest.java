package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.client.Welcome;
import dev.horizon.tools.pages.DemoNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ship of the demo star system hides: no byte of it reaches anybody but its pilot. */
class HiddenShipTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir private Path folder;

    /** Keeps what came since it was told to. */
    private static final class Ear implements HorizonClient.BinaryHandler {
        final LiveReplica replica = new LiveReplica();
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        @Override
        public void onMessage(UnsafeBuffer buffer, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(0, bytes);
            keep(bytes);
            // Without this one's lock: who waits on the replica's asks for it.
            replica.onMessage(buffer, length);
        }

        private synchronized void keep(byte[] bytes) {
            heard.writeBytes(bytes);
        }

        @Override
        public void onWelcome(Welcome welcome) {
            replica.onWelcome(welcome);
        }

        synchronized void forget() {
            heard.reset();
        }

        synchronized boolean heard(EntityId entity) {
            byte[] id = new byte[Long.BYTES];
            new UnsafeBuffer(id).putLong(0, entity.value(), ByteOrder.LITTLE_ENDIAN);
            return heard.toString(StandardCharsets.ISO_8859_1)
                    .contains(new String(id, StandardCharsets.ISO_8859_1));
        }

        synchronized int bytes() {
            return heard.size();
        }

        boolean await(EntityId ship, boolean shown) {
            return replica.await(view -> (view.find(ship) != null) == shown, SOON);
        }
    }

    private static HorizonClient connect(URI server, String player, Ear ear) {
        return HorizonClient.connect(server, player, HorizonClient.ticket(server, player), ear);
    }

    private static EntityId take(HorizonClient client) {
        client.send("ship", "take", "{}");
        ServerEvent taken = client.await("ship", "taken", SOON);
        return EntityId.parse(taken.data().path("ship").asString());
    }

    @Test
    void shouldBeSeenByItsPilotAlone() {
        Ear pilots = new Ear();
        Ear others = new Ear();
        try (NodeProcess node = DemoNode.start(folder.resolve("data"), 20);
                HorizonClient ada = connect(DemoNode.address(node), "Ada", pilots);
                HorizonClient eve = connect(DemoNode.address(node), "Eve", others)) {
            EntityId ship = take(ada);
            EntityId eves = take(eve);
            assertThat(pilots.await(ship, true) && others.await(eves, true)).isTrue();
            assertThat(others.await(ship, true)).as("they arrive in one battle").isTrue();
            assertThat(others.heard(ship)).isTrue();

            ada.send("ship", "hide", "{\"hidden\":true}");
            assertThat(others.await(ship, false)).isTrue();
            others.forget();
            pilots.forget();
            eve.send("ship", "target", "{\"target\":\"" + ship + "\"}");
            assertThat(
                            pilots.replica.await(
                                    view -> view.lastTick() > 0 && pilots.bytes() > 2_000, SOON))
                    .isTrue();
            assertThat(others.replica.await(view -> others.bytes() > 2_000, SOON)).isTrue();
            assertThat(others.heard(ship)).as("aimed at, and not told of").isFalse();
            assertThat(pilots.await(ship, true)).as("the pilot sees it").isTrue();

            ada.send("ship", "hide", "{\"hidden\":false}");
            assertThat(others.await(ship, true)).isTrue();
            assertThat(pilots.replica.faults() + others.replica.faults()).isZero();
        }
    }
}
