package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.client.Welcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A player flies over the border of two nodes and through a gate to a third, all in processes of
 * their own and through a gateway in another, and steers all the time, while nodes and the
 * coordinator's leader are killed. More: {@code -Dmesh.crossings=40 -Dmesh.seed=7}.
 */
class PlayerTransferTest {
    private static final Duration SOON = SampleMesh.SOON;
    private static final double METRES_PER_SECOND = 400;

    @TempDir Path folder;
    private SampleMesh mesh;
    private URI at;
    private String ship;

    private void start(int members) throws Exception {
        mesh = new SampleMesh(folder, members);
        mesh.node("west", "sol", "id = 1\nmax-x = 0.0\n");
        mesh.node("east", "sol", "id = 2\nmin-x = 0.0\n");
    }

    @AfterEach
    void stop() throws Exception {
        mesh.close();
    }

    @Test
    void shouldFlyOverTheBorderAndGoOnSteeringWhateverIsKilled() throws Exception {
        start(1);
        at = mesh.gateway();
        long seed = Long.getLong("mesh.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        LiveReplica replica = new LiveReplica();
        HorizonClient ada = login(replica);
        SampleMesh.Pilot pilot = new SampleMesh.Pilot(ada);
        assertThat(replica.await(view -> x(view, ship) < 0, SOON)).as("she sees it").isTrue();

        int crossings = Integer.getInteger("mesh.crossings", 3);
        String here = "west";
        for (int crossing = 0; crossing < crossings; crossing++) {
            String there = here.equals("west") ? "east" : "west";
            pilot.speed = here.equals("west") ? METRES_PER_SECOND : -METRES_PER_SECOND;
            // The first without a kill, then the one and the other.
            if (crossing > 0) {
                double border = here.equals("west") ? 1 : -1;
                assertThat(replica.await(view -> x(view, ship) * border > 0, SOON)).isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(900)));
                mesh.kill(crossing % 2 == 1 ? here : there);
            }
            ServerEvent moved = ada.await("session", "moved", SOON);
            assertThat(moved).as("seed %d, crossing %d", seed, crossing).isNotNull();
            SampleMesh.await("it is on " + there, () -> mesh.isOnlyOn(there, ship));
            here = there;
        }
        pilot.speed = 0;
        end(pilot, here, ship);
        assertThat(replica.await(view -> x(view, ship) != 0, SOON)).as("she sees it").isTrue();
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();

        Welcome welcome = ada.welcome();
        ada.cut();
        try (HorizonClient again =
                HorizonClient.resume(at, "Ada", welcome.resume(), new LiveReplica())) {
            assertThat(again.welcome().entity()).isEqualTo(welcome.entity());
            assertThat(again.welcome().lastInputSequence()).isEqualTo(pilot.number);
        }
    }

    @Test
    void shouldFlyThroughTwoNodesAndAGateWhileHerNodeAndThenTheLeaderAreKilled() throws Exception {
        start(3);
        mesh.node("far", "vega", "id = 3\n");
        at = mesh.gateway();
        LiveReplica replica = new LiveReplica();
        HorizonClient ada = login(replica);
        SampleMesh.Pilot pilot = new SampleMesh.Pilot(ada);
        pilot.speed = METRES_PER_SECOND;
        assertThat(replica.await(view -> x(view, ship) > -100, SOON)).as("she flies").isTrue();
        mesh.kill("west");
        assertThat(ada.await("session", "moved", SOON)).as("over the border").isNotNull();
        SampleMesh.await("it is on east", () -> mesh.isOnlyOn("east", ship));

        pilot.speed = 0;
        ada.send("ship", "jump", "{\"to\":\"vega\",\"x\":900}");
        mesh.killLeader();
        ServerEvent moved = ada.await("session", "moved", SOON);
        assertThat(moved).as("through the gate").isNotNull();
        assertThat(moved.data().path("starSystem").asString()).isEqualTo("vega");
        SampleMesh.await("it is on far", () -> mesh.isOnlyOn("far", ship));
        pilot.speed = METRES_PER_SECOND;
        assertThat(replica.await(view -> x(view, ship) > 1_000, SOON)).as("she flies").isTrue();
        end(pilot, "far", ship);
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();
        ada.close();
    }

    @Test
    void shouldUpgradeANodeUnderAPlayer() throws Exception {
        start(1);
        at = mesh.gateway();
        HorizonClient ada = login(new LiveReplica());
        SampleMesh.Pilot pilot = new SampleMesh.Pilot(ada);
        assertThat(mesh.command("drain", "west"))
                .contains("node west is empty: 1 region went to east");
        assertThat(mesh.isOnlyOn("east", ship)).isTrue();
        mesh.restart("west");
        mesh.awaitNodes(at);
        int before = pilot.number;
        assertThat(mesh.command("move", "1", "--to", "west"))
                .contains("region 1 of sol is on west now");
        SampleMesh.await("it is on west", () -> mesh.isOnlyOn("west", ship));
        SampleMesh.await("she steers on", () -> pilot.number > before + 50);
        end(pilot, "west", ship);
        assertThat(ada.awaitClosed(Duration.ofMillis(1))).as("the same connection").isFalse();
        ada.close();
    }

    /** She begins where there is room, and her ship west of the border. */
    private HorizonClient login(LiveReplica replica) throws Exception {
        HorizonClient ada =
                HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"), replica);
        ship = ship(ada);
        if (!mesh.beganOn("west", ship)) {
            assertThat(ada.await("session", "moved", SOON)).as("it goes there").isNotNull();
        }
        SampleMesh.await("it is on west", () -> mesh.isOnlyOn("west", ship));
        return ada;
    }

    private static String ship(HorizonClient client) {
        return Objects.requireNonNull(client.await("session", "focus", SOON))
                .data()
                .path("entity")
                .asString();
    }

    /** Steers no more; each number was read once, and in order. */
    private void end(SampleMesh.Pilot pilot, String node, String ship) throws Exception {
        pilot.end();
        SampleMesh.await("all is read", () -> mesh.heard(node, ship) == pilot.number);
        mesh.assertUnbroken(node, ship);
    }

    private static double x(ReplicaView view, String ship) {
        var entity = view.find(EntityId.parse(ship));
        double[] place = new double[3];
        return entity != null && entity.place(view.lastTick(), 0.05, place) ? place[0] : 0;
    }
}
