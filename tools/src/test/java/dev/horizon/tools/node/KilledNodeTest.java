package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node under {@code kill -9}, from a player's side. */
class KilledNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int STORED_SECONDS_MAX = 180;

    @TempDir Path folder;

    @Test
    void shouldReturnPlayerToTheirShipWhenNodeWasKilled() throws Exception {
        String ship;
        Path memory;
        try (ChildNode node = ChildNode.start(folder, "profiles.checkpoint=1s")) {
            memory = Path.of(Objects.requireNonNull(node.await("memory ", STORED_SECONDS_MAX)));
            assertThat(memory).exists();
            HorizonClient ada = connect(node);
            ada.send("ship", "take", "{}");
            ship = taken(ada);
            // A profile on its way may be older than the ship; the one after it is not.
            node.forget();
            assertThat(node.await("stored ", STORED_SECONDS_MAX)).isNotNull();
            assertThat(node.await("stored ", STORED_SECONDS_MAX)).isNotNull();
            node.kill();
            assertThat(memory).as("what a kill leaves behind").exists();
        }
        Path memoryAgain;
        try (ChildNode node = ChildNode.start(folder, "profiles.checkpoint=1s")) {
            memoryAgain =
                    Path.of(Objects.requireNonNull(node.await("memory ", STORED_SECONDS_MAX)));
            assertThat(memory).as("what the next start removes").doesNotExist();
            HorizonClient ada = connect(node);
            assertThat(taken(ada)).isEqualTo(ship);
            ada.leave();
        }
        assertThat(memoryAgain).as("what an end in order removes").doesNotExist();
    }

    private static HorizonClient connect(ChildNode node) {
        String ticket = HorizonClient.ticket(node.address(), "Ada");
        return HorizonClient.connect(node.address(), "Ada", ticket);
    }

    private static String taken(HorizonClient client) {
        ServerEvent answer =
                client.await(
                        event -> event.is("ship", "taken") || event.is("session", "refused"),
                        PATIENCE);
        assertThat(answer).as("ship:taken").isNotNull();
        assertThat(Objects.requireNonNull(answer).event()).as("%s", answer).isEqualTo("taken");
        return answer.data().path("ship").asString();
    }
}
