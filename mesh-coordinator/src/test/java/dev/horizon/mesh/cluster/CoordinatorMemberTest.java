package dev.horizon.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.AgentThread;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.agent.Operator;
import dev.horizon.mesh.agent.PeerLink;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.cluster.service.Cluster;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorMemberTest {
    private static final long GRANT_MILLIS_MAX = 180_000;

    /** Three members share two cores here, and perhaps slow ones. */
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(5);

    @TempDir Path folder;
    private MeshKey key;
    private final List<CoordinatorMember> members = new ArrayList<>();
    private final List<AgentThread> agents = new ArrayList<>();
    private EmbeddedDriver driver;
    private ClusterMembers topology;

    @BeforeEach
    void start() {
        key = MeshKey.readOrMake(folder.resolve("mesh.key"));
        driver =
                EmbeddedDriver.start(
                        DriverConfig.at(folder.resolve("node"))
                                .withoutShutdownHook()
                                .withoutArchive());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (AgentThread agent : agents) {
            agent.close();
        }
        driver.close();
        members.forEach(CoordinatorMember::close);
    }

    @Test
    void shouldGrantOnceAndRememberOverARestart() throws Exception {
        topology = free(1);
        CoordinatorMember member = launch(0);
        Grant first = join("alpha", 11, 1).awaitGrant(GRANT_MILLIS_MAX);
        assertThat(first.regions()).containsExactly(box(1));
        assertThatThrownBy(() -> join("beta", 22, 1).awaitGrant(GRANT_MILLIS_MAX))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-MESH-011"));

        await("leader", () -> member.role() == Cluster.Role.LEADER);
        assertThat(member.takeSnapshot()).isTrue();
        await("snapshot", () -> member.snapshots() == 1);
        Grant second = join("gamma", 33, 1, 2).awaitGrant(GRANT_MILLIS_MAX);
        member.close();
        members.clear();
        launch(0);

        // One region came from the snapshot, the other from the log after it.
        Grant again = join("alpha", 11, 2).awaitGrant(GRANT_MILLIS_MAX);
        assertThat(again.regions()).extracting(Region::epoch).containsExactly(2L);
        assertThat(again.block()).isGreaterThan(second.block());
        assertThatThrownBy(() -> join("delta", 44, 1, 2).awaitGrant(GRANT_MILLIS_MAX))
                .hasMessageContaining("owned by node gamma");
    }

    @Test
    void shouldRefuseWhoDoesNotKnowTheKey() throws Exception {
        topology = free(1);
        launch(0);
        MeshKey right = key;
        key = MeshKey.readOrMake(folder.resolve("other.key"));
        AtomicLong refusals = new AtomicLong();
        ClusterLink stranger = link("alpha");
        await(
                "refusal",
                () -> {
                    stranger.poll(message -> refusals.incrementAndGet());
                    assertThat(stranger.isConnected()).isFalse();
                    return !stranger.trouble().isEmpty();
                });
        stranger.close();
        assertThat(stranger.trouble()).contains("failed authentication");
        assertThat(refusals).hasValue(0);
        key = right;
        assertThat(join("alpha", 11, 1).awaitGrant(GRANT_MILLIS_MAX).regions()).hasSize(1);
    }

    @Test
    void shouldGrantAfterTheLeaderDied() throws Exception {
        topology = free(3);
        for (int id = 0; id < 3; id++) {
            launch(id);
        }
        Grant first = join("alpha", 11, 1).awaitGrant(GRANT_MILLIS_MAX);
        await("leader", () -> members.stream().anyMatch(CoordinatorMemberTest::leads));
        CoordinatorMember leader =
                members.stream().filter(CoordinatorMemberTest::leads).findFirst().orElseThrow();
        leader.close();
        members.remove(leader);
        assertThatThrownBy(() -> join("beta", 22, 1).awaitGrant(GRANT_MILLIS_MAX))
                .hasMessageContaining("owned by node alpha since epoch 1");
        Grant second = join("gamma", 33, 1, 2).awaitGrant(GRANT_MILLIS_MAX);
        assertThat(second.block()).isGreaterThan(first.block());
    }

    @Test
    void shouldTakeAndAnswerThousandsOfOrdersOfOneTurn() throws Exception {
        topology = free(1);
        launch(0);
        join("alpha", 11, 1).awaitGrant(GRANT_MILLIS_MAX);
        try (ClusterLink link = link(new Principal(Role.OPERATOR, "operator"))) {
            Operator operator = new Operator(link, GRANT_MILLIS_MAX);
            NodeEntry alpha = operator.view().nodes().getFirst();
            List<EntityId> many =
                    LongStream.rangeClosed(1, 3_000).mapToObj(i -> EntityId.of(1, i)).toList();
            // It takes no entities: each order is refused, and each refusal heard.
            assertThat(operator.transfer(many, alpha, alpha)).isZero();
            assertThat(operator.transfersRemembered()).isZero();
        }
    }

    private static boolean leads(CoordinatorMember member) {
        return member.role() == Cluster.Role.LEADER;
    }

    private CoordinatorMember launch(int id) {
        CoordinatorMember member =
                CoordinatorMember.start(
                        folder.resolve("member-" + id), topology, id, key, LEADER_TIMEOUT);
        members.add(member);
        return member;
    }

    private AgentThread join(String name, long home, long life) {
        return join(name, home, life, 1);
    }

    private AgentThread join(String name, long home, long life, int region) {
        ClusterLink link = link(name);
        NodeClaim claim =
                new NodeClaim(name, home, life, "sol", "127.0.0.1:1", "", "", List.of(box(region)));
        AgentThread agent =
                AgentThread.start(
                        new MeshAgent(claim, link, () -> NodeLoad.NONE),
                        link,
                        PeerLink.NOBODY,
                        SystemEpochClock.INSTANCE,
                        () -> {});
        agents.add(agent);
        return agent;
    }

    private ClusterLink link(String name) {
        return link(new Principal(Role.NODE, name));
    }

    private ClusterLink link(Principal principal) {
        return new ClusterLink(
                driver.aeron(), topology, principal, key, "127.0.0.1", SystemEpochClock.INSTANCE);
    }

    private static Region box(int id) {
        return new Region(id, "sol", 1, id * 10, 0, 0, id * 10 + 10, 10, 10);
    }

    private static ClusterMembers free(int count) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            texts.add("127.0.0.1:" + freePorts());
        }
        return ClusterMembers.parse(texts);
    }

    /** The first of five UDP ports in a row that nobody has. */
    private static int freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            List<DatagramSocket> held = new ArrayList<>();
            try {
                DatagramSocket first = new DatagramSocket(0, loopback);
                held.add(first);
                for (int i = 1; i < ClusterMembers.PORTS; i++) {
                    held.add(new DatagramSocket(first.getLocalPort() + i, loopback));
                }
                return first.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                // One of them is taken: look elsewhere.
            } finally {
                held.forEach(DatagramSocket::close);
            }
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("no " + what + " in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
