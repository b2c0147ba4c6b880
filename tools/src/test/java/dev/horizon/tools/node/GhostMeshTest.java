package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes in processes of their own, and a player near the border who sees a ship beyond it and
 * hits it, also after its node was killed.
 */
class GhostMeshTest {
    @TempDir Path folder;

    @Test
    void shouldSeeAndHitAShipBeyondTheBorder() throws Exception {
        try (SampleMesh mesh = new SampleMesh(folder, 1)) {
            mesh.node("west", "sol", "id = 1\nmax-x = 0.0\n");
            mesh.node("east", "sol", "id = 2\nmin-x = 0.0\n");
            LiveReplica seen = new LiveReplica();
            try (HorizonClient eve = mesh.login("east", "Eve", new LiveReplica());
                    HorizonClient ada = mesh.login("west", "Ada", seen)) {
                String ship = ship(eve);
                assertThat(seen.await(view -> isSeen(view, ship), SampleMesh.SOON)).isTrue();
                assertThat(mesh.isOnlyOn("east", ship)).as("and no other's").isTrue();
                shoot(ada, ship);
                SampleMesh.await("it is hit", () -> mesh.heard("east", ship) == 1);

                mesh.kill("east");
                assertThat(seen.await(view -> isSeen(view, ship), SampleMesh.SOON)).isTrue();
                shoot(ada, ship);
                SampleMesh.await("it is hit again", () -> mesh.heard("east", ship) == 2);
            }
        }
    }

    private static void shoot(HorizonClient client, String ship) {
        client.send("ship", "shoot", "{\"target\":\"" + ship + "\"}");
    }

    private static String ship(HorizonClient client) {
        return Objects.requireNonNull(client.await("session", "focus", SampleMesh.SOON))
                .data()
                .path("entity")
                .asString();
    }

    private static boolean isSeen(ReplicaView view, String ship) {
        ReplicaEntity entity = view.find(EntityId.parse(ship));
        double[] place = new double[3];
        return entity != null && entity.place(view.lastTick(), 0.05, place) && place[0] == 300;
    }
}
