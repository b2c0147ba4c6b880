package dev.horizon.perf.mesh;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.coordinator.Coordinator;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.MeshBatch;
import dev.horizon.mesh.protocol.MeshDecoder;
import dev.horizon.mesh.protocol.MeshEncoder;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder.Step;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord.Word;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.ServiceOffer;
import dev.horizon.perf.Figure;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A galaxy of a thousand nodes on the coordinator's own state machine, in one process: what they
 * say is encoded, batched and decoded as the cluster's log has it, so that its rate can be counted;
 * the network, the disk and the nodes' ticks are not there. Players are a number in nodes' reports:
 * the coordinator keeps nothing of a single one.
 */
final class Galaxy {
    private static final int NODES = 1_000;
    private static final int NODES_OF_STAR_SYSTEM = 10;
    private static final int PLAYERS = 1_000_000;
    private static final int TRANSFERS_PER_SECOND = 10_000;
    private static final int TICK_MILLIS = 50;
    private static final int REPORT_TICKS = 10;
    private static final double REGION_METRES = 1e6;

    /** Of a frame in the log, and of Aeron Cluster's session header in it. */
    private static final int LOG_HEADER_BYTES = 32 + 32;

    private static final int LOG_ALIGNMENT = 32;

    /** What the coordinator remembers of transfers that ended. */
    private static final int ENDED_MAX = 256;

    /** Ticks until a source has heard that what it released is recorded. */
    private static final int SETTLE_TICKS = 3;

    private final SplittableRandom random;
    private final int seconds;
    private final Coordinator coordinator = new Coordinator(this::answer);
    private final MeshBatch batch = new MeshBatch();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
    private final List<List<MeshMessage>> toSay = new ArrayList<>();

    /** By the tick, modulo their number, in which a node says that a transfer has settled. */
    private final List<List<TransferWord>> settling = new ArrayList<>();

    /** Transfers that their source has released, and not yet heard to have settled. */
    private final Set<Long> released = new HashSet<>();

    /** What each node was told of who takes new players, by its mark. */
    private final long[] placements = new long[NODES];

    private @Nullable StateHead head;
    private long tick;
    private long entities;
    private long logBytes;
    private long logEntries;
    private long cpuNanos;

    Galaxy(long seed, int seconds) {
        this.random = new SplittableRandom(seed);
        this.seconds = seconds;
        for (int i = 0; i < NODES; i++) {
            toSay.add(new ArrayList<>());
        }
        for (int i = 0; i <= SETTLE_TICKS; i++) {
            settling.add(new ArrayList<>());
        }
    }

    List<Figure> run() {
        for (int node = 0; node < NODES; node++) {
            toSay.get(node).add(new NodeHello(claim(node)));
        }
        turn();
        run(1); // Once for the compilers.
        logBytes = 0;
        logEntries = 0;
        cpuNanos = 0;
        long endedBefore = ended();
        run(seconds);
        List<byte[]> snapshot = snapshot();
        double memory = heapBytes(snapshot) / 1e6;
        double megabytes = snapshot.stream().mapToLong(each -> each.length).sum() / 1e6;
        return List.of(
                Figure.plain("simulated galaxy: nodes", NODES, ""),
                Figure.plain("simulated galaxy: players, in nodes' reports", PLAYERS, ""),
                Figure.atLeast(
                        "simulated galaxy: transfers that ended, a second",
                        (double) (ended() - endedBefore) / seconds,
                        "/s",
                        0.99 * TRANSFERS_PER_SECOND),
                Figure.plain(
                        "coordinator's processor", 100 * cpuNanos / 1e9 / seconds, "% of a core"),
                Figure.plain("coordinator's log", logBytes / 1e6 / seconds, "MB/s"),
                Figure.plain("coordinator's log, entries", (double) logEntries / seconds, "/s"),
                Figure.plain("coordinator's state on the heap", memory, "MB"),
                Figure.plain("coordinator's snapshot", megabytes, "MB"),
                Figure.plain("coordinator's snapshot, entries", snapshot.size(), ""));
    }

    private void run(int ofSeconds) {
        for (int i = 0; i < ofSeconds * 1_000 / TICK_MILLIS; i++) {
            tick++;
            for (TransferWord word : settling.get((int) (tick % settling.size()))) {
                toSay.get((int) word.home() - 1).add(word);
                released.remove(word.transfer());
            }
            settling.get((int) (tick % settling.size())).clear();
            for (int each = 0; each < TRANSFERS_PER_SECOND * TICK_MILLIS / 1_000; each++) {
                leave(random.nextInt(NODES));
            }
            for (int node = 0; node < NODES; node++) {
                if ((tick + node) % REPORT_TICKS == 0) {
                    toSay.get(node)
                            .add(
                                    new NodeReport(
                                            home(node),
                                            1,
                                            1,
                                            load(),
                                            ServiceOffer.NONE,
                                            0,
                                            Neighbours.UNWANTED,
                                            placements[node]));
                }
            }
            // Of what is said in a turn, answers are answered in it: a round trip is shorter.
            turn();
            turn();
        }
    }

    private static long home(int node) {
        return node + 1L;
    }

    private NodeLoad load() {
        return new NodeLoad(tick, tick - 1, 9_000, 50_000, 1_000, PLAYERS / NODES, 20_000, 0);
    }

    private static NodeClaim claim(int node) {
        String starSystem = "star-" + node / NODES_OF_STAR_SYSTEM;
        int slab = node % NODES_OF_STAR_SYSTEM;
        Region region =
                new Region(
                        slab + 1,
                        starSystem,
                        1,
                        slab * REGION_METRES,
                        -1e15,
                        -1e15,
                        (slab + 1) * REGION_METRES,
                        1e15,
                        1e15);
        return new NodeClaim(
                "node-" + node,
                home(node),
                1,
                starSystem,
                "10.0.0.1:40456",
                "http://10.0.0.1:8420/",
                "10.0.0.1:" + (10_000 + node),
                List.of(region));
    }

    /** Something crosses into another region of the star system. */
    private void leave(int node) {
        int slab = node % NODES_OF_STAR_SYSTEM;
        int to = (slab + 1 + random.nextInt(NODES_OF_STAR_SYSTEM - 1)) % NODES_OF_STAR_SYSTEM;
        toSay.get(node)
                .add(new EntityBeyond(home(node), 1, ++entities, (to + 0.5) * REGION_METRES, 0, 0));
    }

    /** All say what they have to say, each as one entry of the log, if it fits. */
    private void turn() {
        for (int node = 0; node < NODES; node++) {
            List<MeshMessage> said = toSay.get(node);
            if (!said.isEmpty()) {
                toSay.set(node, new ArrayList<>());
                Principal from = new Principal(Principal.Role.NODE, "node-" + node);
                int at = 0;
                while (at < said.size()) {
                    int length = batch.encode(said, at, buffer);
                    at += batch.taken();
                    logEntries++;
                    logBytes +=
                            (length + LOG_HEADER_BYTES + LOG_ALIGNMENT - 1L)
                                    / LOG_ALIGNMENT
                                    * LOG_ALIGNMENT;
                    apply(node, from, length);
                }
            }
        }
    }

    /** What a member does with an entry: the answers are encoded by {@link #answer}. */
    private void apply(int node, Principal from, int length) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (MeshMessage message : batch.decode(buffer, 0, length)) {
            coordinator.apply(node, from, now(), message);
        }
        cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
    }

    private long now() {
        return tick * TICK_MILLIS;
    }

    /** Transfers that have begun and ended. */
    private long ended() {
        coordinator.apply(
                -1,
                new Principal(Principal.Role.OPERATOR, "bench"),
                now(),
                new StateRequest(1, Integer.MAX_VALUE));
        StateHead known = Objects.requireNonNull(head, "it answers at once");
        return known.lastTransfer() - Math.max(0, known.transfers() - ENDED_MAX);
    }

    private void answer(long session, MeshMessage message) {
        if (message instanceof StateHead state) {
            head = state;
        } else if (message instanceof Placement told) {
            placements[(int) told.home() - 1] = told.mark();
        } else if (message instanceof TransferOrder order) {
            long home = order.home();
            if (order.step() == Step.PREPARE) {
                say(home, new TransferWord(home, 1, order.transfer(), Word.PREPARED, "", ""));
            } else {
                say(home, new TransferWord(home, 1, order.transfer(), Word.RELEASED, "", ""));
                if (released.add(order.transfer())) {
                    settling.get((int) ((tick + SETTLE_TICKS) % settling.size()))
                            .add(new TransferWord(home, 1, order.transfer(), Word.SETTLED, "", ""));
                }
            }
        }
    }

    private void say(long home, MeshMessage message) {
        toSay.get((int) home - 1).add(message);
    }

    private List<byte[]> snapshot() {
        MeshEncoder encoder = new MeshEncoder();
        List<byte[]> all = new ArrayList<>();
        coordinator.save(
                now(),
                message -> {
                    byte[] bytes = new byte[encoder.encode(message, buffer)];
                    buffer.getBytes(0, bytes);
                    all.add(bytes);
                });
        return all;
    }

    /** What a coordinator takes that has read a snapshot. */
    private static double heapBytes(List<byte[]> snapshot) {
        MeshDecoder decoder = new MeshDecoder();
        long before = usedBytes();
        Coordinator read = new Coordinator((session, message) -> {});
        read.load(
                snapshot.stream()
                        .map(each ->
                                Objects.requireNonNull(
                                        decoder.decode(new UnsafeBuffer(each), 0, each.length)))
                        .iterator());
        long after = usedBytes();
        Reference.reachabilityFence(read);
        return after - before;
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
