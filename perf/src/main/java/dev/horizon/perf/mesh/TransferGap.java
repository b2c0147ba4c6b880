package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.Operator;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.CoordinatorMember;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Hands a thousand entities from one node to another and back, and notes by one clock when each was
 * ticked last here and first there: coordinator, tapes, agents and links are the real ones, in one
 * process, because no clock of two processes would do.
 */
final class TransferGap {
    private static final int ENTITIES = 1_000;
    private static final double TICK_MILLIS = 50;
    private static final int WARM_UP_ROUNDS = 4;
    private static final long ANSWER_MILLIS_MAX = 30_000;
    private static final long MOVED_SECONDS_MAX = 30;

    private final int rounds;
    private double beyondMillis = Double.NaN;

    TransferGap(int rounds) {
        this.rounds = rounds;
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-gap-");
        MeshKey key = MeshKey.readOrMake(folder.resolve("mesh.key"));
        ClusterMembers members =
                ClusterMembers.parse(List.of("127.0.0.1:" + freePorts(ClusterMembers.PORTS)));
        Witness witness = new Witness(ENTITIES);
        try (CoordinatorMember member =
                        CoordinatorMember.start(
                                folder.resolve("member"),
                                members,
                                0,
                                key,
                                CoordinatorMember.LEADER_TIMEOUT);
                GapNode one =
                        GapNode.start(folder.resolve("one"), members, key, 1, witness, ENTITIES);
                GapNode other =
                        GapNode.start(folder.resolve("other"), members, key, 2, witness, 0);
                EmbeddedDriver driver =
                        EmbeddedDriver.start(
                                DriverConfig.at(folder.resolve("operator"))
                                        .withoutShutdownHook()
                                        .withoutArchive());
                ClusterLink link =
                        new ClusterLink(
                                driver.aeron(),
                                members,
                                new Principal(Principal.Role.OPERATOR, "bench"),
                                key,
                                "127.0.0.1",
                                SystemEpochClock.INSTANCE)) {
            return run(new Operator(link, ANSWER_MILLIS_MAX), one, other, witness);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private List<Figure> run(Operator operator, GapNode one, GapNode other, Witness witness)
            throws InterruptedException {
        List<NodeEntry> nodes = operator.view().nodes();
        List<EntityId> entities = one.made();
        double[] millis = new double[rounds * ENTITIES];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            boolean isOut = (round & 1) == 0;
            NodeEntry from = named(nodes, isOut ? one : other);
            NodeEntry to = named(nodes, isOut ? other : one);
            int begun = operator.transfer(entities, from, to);
            awaitMoved(witness, begun);
            long[] gaps = witness.take();
            for (int i = 0; round >= 0 && i < ENTITIES; i++) {
                millis[round * ENTITIES + i] = gaps[i] / 1e6;
            }
            while (operator.view().transfers().stream().anyMatch(each -> !each.stage().isEnd())) {
                Thread.sleep(1);
            }
        }
        Arrays.sort(millis);
        beyondMillis =
                Arrays.stream(millis)
                        .map(each -> Math.max(0, each - TICK_MILLIS))
                        .average()
                        .orElse(0);
        return List.of(
                Figure.plain("entities handed over at once", ENTITIES, ""),
                Figure.plain("hand-overs of each", rounds, ""),
                Figure.atMost(
                        "ticks that a transferred entity misses, p99",
                        missed(at(millis, 0.99)),
                        "",
                        1),
                Figure.atMost(
                        "ticks that a transferred entity misses, most",
                        missed(at(millis, 1)),
                        "",
                        2),
                Figure.plain("last tick here to first tick there, median", at(millis, 0.5), "ms"),
                Figure.plain("last tick here to first tick there, p99", at(millis, 0.99), "ms"),
                Figure.plain("beyond the tick that is due anyway, mean", beyondMillis, "ms"));
    }

    /**
     * What a transfer took beyond the tick that was due anyway, mean, ms; NaN before {@link #run}.
     */
    double beyondMillis() {
        return beyondMillis;
    }

    /**
     * Ticks of the star system that passed without one of the entity: of a gap of one tick, none.
     */
    private static double missed(double millis) {
        return Math.max(0, Math.round(millis / TICK_MILLIS) - 1);
    }

    private static NodeEntry named(List<NodeEntry> nodes, GapNode node) {
        return nodes.stream()
                .filter(each -> each.name().equals(node.name()))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitMoved(Witness witness, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOVED_SECONDS_MAX);
        while (witness.moved() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "of %d entities %d have moved".formatted(count, witness.moved()));
            }
            Thread.sleep(1);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    /** The first of some UDP ports in a row that nobody has. */
    static int freePorts(int count) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            int first;
            try (DatagramSocket any = new DatagramSocket(0, loopback)) {
                first = any.getLocalPort();
            }
            int free = 0;
            while (free < count && isFree(first + free, loopback)) {
                free++;
            }
            if (free == count) {
                return first;
            }
        }
    }

    private static boolean isFree(int port, InetAddress loopback) {
        try (DatagramSocket socket = new DatagramSocket(port, loopback)) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
