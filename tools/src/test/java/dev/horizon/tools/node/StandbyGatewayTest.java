package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.awaitHealth;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.pages.DemoNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players of a gateway that knows a node and its standby. */
class StandbyGatewayTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;

    @TempDir private Path folder;

    @Test
    void shouldKeepThePlayersOfAGatewayWhenTheStandbyTakesOver() throws Exception {
        TicketKey.load(false, null, folder);
        Path key = TicketKey.developmentFile(folder);
        int standbyPort = freePort();
        int first = freePort();
        int second = freePort();
        Map<String, String> ofNode = settings(key, standbyPort, first);
        Map<String, String> ofStandby = settings(key, freePort(), second);
        ofStandby.put("standby.of", "127.0.0.1:" + standbyPort);
        String nodes = "127.0.0.1:" + first + ",127.0.0.1:" + second;
        Path memory;
        try (ChildNode node = ChildNode.start(folder.resolve("node"), lines(ofNode));
                StandbyProcess standby = DemoNode.standby(folder.resolve("standby"), ofStandby);
                ChildGateway gateway = ChildGateway.start(nodes, folder.resolve("edge"), key)) {
            memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            URI at = gateway.awaitAddress();
            awaitHealth(at, 200);
            LiveReplica replica = new LiveReplica();
            try (HorizonClient ada =
                    HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"), replica)) {
                ada.send("ship", "take", "{}");
                String ship =
                        Objects.requireNonNull(ada.await("ship", "taken", SOON))
                                .data()
                                .path("ship")
                                .asString();
                assertThat(replica.await(view -> view.entities() > 20, SOON)).isTrue();
                await("attached", () -> standby.status().attached());
                node.kill();
                long saw = replica.read(ReplicaView::lastTick);

                await("it takes over", () -> standby.node() != null);
                assertThat(Objects.requireNonNull(standby.node()).comebackTick())
                        .isGreaterThanOrEqualTo(saw);
                assertThat(replica.await(view -> view.lastTick() > saw + 20, SOON))
                        .as("she sees ticks of the standby, without coming back")
                        .isTrue();
                assertThat(replica.await(view -> view.find(EntityId.parse(ship)) != null, SOON))
                        .isTrue();
                ada.send("ship", "take", "{}");
                ServerEvent refused = ada.await("session", "refused", SOON);
                assertThat(refused).as("she is heard").isNotNull();
                assertThat(refused.data().path("code").asString())
                        .as("and has her ship still")
                        .isEqualTo("HZ-SHP-002");
                assertThat(ada.awaitClosed(Duration.ofMillis(1))).isFalse();
            }
        }
        IoUtil.delete(memory.toFile(), true);
    }

    private static Map<String, String> settings(Path key, int standbyPort, int streamsPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("gateway.ticket-key-file", key.toString());
        settings.put("standby.port", Integer.toString(standbyPort));
        settings.put("streams.transport", "mdc");
        settings.put("streams.port", Integer.toString(streamsPort));
        settings.put("capture.snapshot-seconds", "1");
        return settings;
    }

    private static String[] lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
