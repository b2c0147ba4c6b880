package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.tools.node.MemberPorts;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A player who comes over Aeron to the demo star system: flies, sees, and comes back. */
class AeronPlayerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FORWARD =
            "{\"thrustX\":1,\"thrustY\":0,\"thrustZ\":0,\"roll\":0,\"pitch\":0,\"yaw\":0,"
                    + "\"fire\":false,\"target\":\"0:0\"}";

    @TempDir private Path folder;

    @Test
    void shouldFlyAndSeeAndResume() throws IOException {
        String address = "127.0.0.1:" + MemberPorts.free();
        URI line = URI.create("aeron://" + address);
        try (NodeProcess node =
                DemoNode.start(folder.resolve("data"), Map.of("gateway.aeron", address))) {
            LiveReplica replica = new LiveReplica();
            String ticket = HorizonClient.ticket(DemoNode.address(node), "Grace");
            HorizonClient client = HorizonClient.connect(line, "Grace", ticket, replica);
            client.send("ship", "take", "{}");
            ServerEvent taken = client.await("ship", "taken", SOON);
            assertThat(taken).isNotNull();
            EntityId ship = EntityId.parse(taken.data().path("ship").asString());
            assertThat(replica.await(view -> view.find(ship) != null, SOON)).isTrue();
            double[] from = new double[3];
            double[] to = new double[3];
            assertThat(
                            replica.await(
                                    view -> view.find(ship).place(view.lastTick(), 0.05, from),
                                    SOON))
                    .isTrue();
            client.send("ship", "controls", FORWARD);
            assertThat(
                            replica.await(
                                    view ->
                                            view.find(ship) != null
                                                    && view.find(ship)
                                                            .place(view.lastTick(), 0.05, to)
                                                    && Math.hypot(to[0] - from[0], to[1] - from[1])
                                                            > 5,
                                    SOON))
                    .as("it flies")
                    .isTrue();

            client.cut();
            LiveReplica fresh = new LiveReplica();
            try (HorizonClient again =
                    HorizonClient.resume(line, "Grace", client.welcome().resume(), fresh)) {
                assertThat(again.welcome().entity()).isEqualTo(client.welcome().entity());
                assertThat(again.welcome().lastInputSequence()).isEqualTo(2);
                assertThat(fresh.await(view -> view.find(ship) != null, SOON)).isTrue();
            }
        }
    }
}
