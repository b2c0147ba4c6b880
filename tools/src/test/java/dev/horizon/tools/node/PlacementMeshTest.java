package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes and a gateway in processes of their own; the gateway's first node gives its region up.
 */
class PlacementMeshTest {
    /** By chance so many begin at one of two nodes in one of 256 runs. */
    private static final int IN_A_ROW = 8;

    @TempDir Path folder;
    private int players;
    private int inARow;

    @Test
    void shouldLetPlayersBeginWhereARegionIs() throws Exception {
        try (SampleMesh mesh = new SampleMesh(folder, 1)) {
            mesh.node("west", "sol", "id = 1\nmax-x = 0.0\n");
            mesh.node("east", "sol", "id = 2\nmin-x = 0.0\n");
            URI at = mesh.gateway();
            assertThat(mesh.command("drain", "west")).contains("node west is empty");
            // Until the gateway has heard of it, some still begin at west.
            SampleMesh.await(
                    "they begin at east",
                    () -> {
                        boolean isEast = mesh.beganOn("east", ship(at, "Player" + players++));
                        inARow = isEast ? inARow + 1 : 0;
                        return inARow == IN_A_ROW;
                    });
            String last = "Player" + (players - 1);
            assertThat(mesh.beganOn("east", ship(at, last))).as("%s again", last).isTrue();
        }
    }

    private static String ship(URI at, String player) throws Exception {
        try (HorizonClient client =
                HorizonClient.connect(
                        at, player, HorizonClient.ticket(at, player), new LiveReplica())) {
            return Objects.requireNonNull(client.await("session", "focus", SampleMesh.SOON))
                    .data()
                    .path("entity")
                    .asString();
        }
    }
}
