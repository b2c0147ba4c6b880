package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.mesh.protocol.TransferEntry.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two minutes of nodes that hand each other entities on a hostile network, made of one seed, with a
 * checker that knows nothing of how they do it.
 */
final class TransferSimulation {
    private static final long HOSTILE_MILLIS = 120_000;
    private static final long CALM_MILLIS_MAX = 60_000;
    private static final long STEP_MILLIS = 50;

    /** What was said before all was calm has arrived by then. */
    private static final long LATE_MILLIS_MAX = 10_000;

    private static final int NODES = 3;

    private final SplittableRandom random;
    private final HostileNetwork network;
    private final SimulatedCluster cluster;
    private final SimulatedCluster.Link operator;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final SimulatedGateway gateway;
    private final Course course;
    private final RegionOwners regionOwners = new RegionOwners();
    private final SeenGhosts ghosts;
    private long requests;
    private long recipients;

    private TransferSimulation(long seed, Course course) {
        this.course = course;
        random = new SplittableRandom(seed);
        network = new HostileNetwork(random.split());
        cluster = new SimulatedCluster(network);
        operator = cluster.connect(new Principal(Role.OPERATOR, "operator"));
        SimulatedPeers peers = new SimulatedPeers(network, random.split());
        List<SplittableRandom> randoms = new ArrayList<>();
        for (int i = 1; i <= NODES; i++) {
            randoms.add(random.split());
        }
        gateway = new SimulatedGateway(network, random.split());
        for (int i = 1; i <= NODES; i++) {
            SplittableRandom own = randoms.get(i - 1);
            nodes.add(new SimulatedNode(cluster, peers, gateway.line(i), i, course, own));
        }
        ghosts = new SeenGhosts(nodes);
    }

    /**
     * Runs a seed; throws an AssertionError when something that is promised did not hold.
     *
     * @return transfers that were done
     */
    static long run(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.COMMANDS);
        return run.runAndEnd();
    }

    /**
     * The same, where nobody asks for anything: nodes have regions, and ships that are beyond them.
     */
    static long runWithBorders(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.BORDERS);
        return run.runAndEnd();
    }

    /**
     * The same, and somebody moves regions all the time, with all that is in them.
     *
     * @return regions that came to another node
     */
    static long runWithMoves(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.MOVES);
        run.runAndEnd();
        return run.regionOwners.moved();
    }

    /** The same, where ships jump from star system to star system, alone and together. */
    static long runWithGates(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.GATES);
        return run.runAndEnd();
    }

    /**
     * The same as the first, where nodes have a service, and tell it things: all nodes, and one by
     * key.
     *
     * @return how many were to hear what was told to all, together
     */
    static long runWithServices(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.SERVICES);
        run.runAndEnd();
        return run.recipients;
    }

    /**
     * The same, where nodes have standbys, which take over from nodes that were killed, stand still
     * or are well, and from each other.
     *
     * @return how often one did
     */
    static long runWithStandbys(long seed) {
        TransferSimulation run = new TransferSimulation(seed, Course.STANDBYS);
        run.runAndEnd();
        return run.nodes.stream().mapToLong(SimulatedNode::takeovers).sum();
    }

    private long runAndEnd() {
        try {
            return run();
        } finally {
            nodes.forEach(SimulatedNode::kill);
        }
    }

    private long run() {
        nodes.forEach(SimulatedNode::start);
        while (network.now() < HOSTILE_MILLIS) {
            disturb();
            if (course == Course.STANDBYS) {
                standIn();
            }
            if (!course.hasRegions() && random.nextInt(5) == 0) {
                ask();
            } else if (course == Course.MOVES && random.nextInt(20) == 0) {
                move();
            }
            step();
        }
        calm();
        long done = cluster.transfers().stream().filter(e -> e.stage() == Stage.DONE).count();
        checkAll();
        checkSessions();
        if (course.hasGhosts()) {
            ghosts.checkReplays();
        }
        recipients = Telling.sum(nodes).recipients();
        return done;
    }

    private void step() {
        network.runUntil(network.now() + STEP_MILLIS);
        gateway.step();
        for (SimulatedNode node : nodes) {
            node.step(network.now());
            checkOwners();
            Packing.check(node);
            regionOwners.check(network.now(), nodes);
            ghosts.checkNoneIsBoth();
            assertThat(node.strays()).as("sessions without their ship").isEmpty();
        }
        if (random.nextInt(200) == 0) {
            cluster.checkMembers();
        }
    }

    private void disturb() {
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        long now = network.now();
        switch (random.nextInt(80)) {
            case 0 -> node.kill();
            case 1 -> node.stop();
            case 2, 3, 4, 5, 6, 7 -> {
                if (!node.isAlive()) {
                    node.start();
                }
            }
            case 8 -> {
                node.cut(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
                network.at(random.nextInt(20_000), () -> node.cut(false, false, false));
            }
            case 9 -> {
                cluster.away(true);
                network.at(random.nextInt(10_000), () -> cluster.away(false));
            }
            case 10 -> node.pause(now, now + random.nextInt(8_000));
            case 11, 12 -> node.tape().stick(now + random.nextInt(3_000));
            default -> {
                // A quiet moment.
            }
        }
    }

    private void standIn() {
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(60)) {
            case 0, 1 -> node.attach();
            case 2 -> node.takeOver();
            default -> {
                // A quiet moment.
            }
        }
    }

    /** Somebody wants a ship elsewhere; they know where it is, or knew, or guess. */
    private void ask() {
        Map<Long, SimulatedNode> owners = owners();
        List<Long> ships = owners.keySet().stream().filter(TransferSimulation::isShip).toList();
        if (ships.isEmpty()) {
            return;
        }
        long ship = ships.get(random.nextInt(ships.size()));
        SimulatedNode from = random.nextInt(10) == 0 ? any() : owners.get(ship);
        operator.send(new TransferRequest(++requests, ship, from.home(), any().home()));
    }

    /** Somebody wants a region elsewhere, or all of a node's, or one cut or whole again. */
    private void move() {
        long to = any().home();
        List<RegionEntry> regions = cluster.regions();
        if (regions.isEmpty()) {
            return;
        }
        Region one = regions.get(random.nextInt(regions.size())).region();
        switch (random.nextInt(8)) {
            case 0 -> {
                double at = one.minX() + (one.maxX() - one.minX()) * random.nextDouble();
                operator.send(new RegionSplit(++requests, "sol", one.id(), 0, at));
            }
            case 1, 2 ->
                    regions.forEach(each ->
                            operator.send(
                                    new RegionMerge(
                                            ++requests, "sol", one.id(), each.region().id())));
            case 3, 4 -> operator.send(new RegionMove(++requests, "sol", one.id(), to));
            default -> moveAll(to);
        }
    }

    private void moveAll(long to) {
        SimulatedNode from = any();
        if (!from.isAlive() && from.life() > 0) {
            operator.send(new ConfirmGone(++requests, from.home(), from.life()));
        }
        cluster.regions().stream()
                .filter(each -> each.owner() == from.home())
                .forEach(each ->
                        operator.send(new RegionMove(++requests, "sol", each.region().id(), to)));
    }

    /** What nobody owns any more somebody is to have. */
    private void settle() {
        for (RegionEntry each : cluster.regions()) {
            if (each.owner() == 0) {
                operator.send(new RegionMove(++requests, "sol", each.region().id(), 1));
            }
        }
    }

    private SimulatedNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void calm() {
        cluster.away(false);
        network.calm();
        long end = network.now() + CALM_MILLIS_MAX;
        nodes.forEach(node -> node.pause(0, 0));
        long late = network.now() + LATE_MILLIS_MAX;
        gateway.silence();
        while (network.now() < late
                || !gateway.isSettled()
                || !nodes.stream().allMatch(SimulatedNode::isInPlace)
                || course.hasServices() && !Telling.sum(nodes).isAllHeard()
                || cluster.regions().stream().anyMatch(each -> each.taker() != each.owner())
                || course.hasGhosts() && ghosts.wrong(cluster.regions()) != null
                || cluster.transfers().stream().anyMatch(entry -> !entry.stage().isEnd())) {
            assertThat(network.now()).as("%s", unsettled()).isLessThan(end);
            nodes.forEach(node -> node.cut(false, false, false));
            nodes.stream().filter(node -> !node.isAlive()).forEach(SimulatedNode::start);
            if (network.now() > late) {
                settle();
            }
            step();
        }
    }

    private String unsettled() {
        return "open transfers %s, regions %s, nodes in place %s, sessions settled %s, told %s, ghosts %s"
                .formatted(
                        cluster.transfers().stream().filter(e -> !e.stage().isEnd()).toList(),
                        cluster.regions(),
                        nodes.stream().map(SimulatedNode::isInPlace).toList(),
                        gateway.isSettled(),
                        nodes.stream().map(SimulatedNode::told).toList(),
                        ghosts.wrong(cluster.regions()));
    }

    private Map<Long, SimulatedNode> owners() {
        Map<Long, SimulatedNode> owners = new TreeMap<>();
        for (SimulatedNode node : nodes) {
            node.entities().keySet().forEach(entity -> owners.put(entity, node));
        }
        return owners;
    }

    private void checkOwners() {
        Map<Long, SimulatedNode> owners = new HashMap<>();
        for (SimulatedNode node : nodes) {
            for (long entity : node.entities().keySet()) {
                SimulatedNode other = owners.put(entity, node);
                if (other != null) {
                    fail(
                            "at %d ms entity %s is ticked by node %d and node %d",
                            network.now(), new EntityId(entity), other.home(), node.home());
                }
            }
        }
    }

    /** Nothing is lost, all ride in what they rode in, and the coordinator tells the truth. */
    private void checkAll() {
        Packing.checkAll(nodes);
        Map<Long, SimulatedNode> owners = owners();
        for (SimulatedNode node : nodes) {
            for (int counter = 1; counter <= SimulatedWorld.ENTITIES; counter++) {
                long entity = EntityId.of(node.block(), counter).value();
                SimulatedNode owner = owners.get(entity);
                assertThat(owner).as("owner of entity %s", new EntityId(entity)).isNotNull();
                long carrier = isShip(entity) ? 0 : entity - 1;
                assertThat(owner.entities().get(entity)).as("carrier").isEqualTo(carrier);
            }
        }
        List<TransferEntry> all = cluster.transfers();
        if (course == Course.GATES) {
            return; // Who jumps along is in the transfer of another; all are in place.
        }
        assertThat(all).as("all are remembered").anyMatch(entry -> entry.transfer() == 1);
        Map<Long, TransferEntry> last = new TreeMap<>();
        for (TransferEntry entry : all) {
            if (entry.stage() == Stage.DONE) {
                last.merge(entry.entity(), entry, TransferSimulation::later);
            }
        }
        owners.keySet().stream()
                .filter(TransferSimulation::isShip)
                .forEach(ship ->
                        assertThat(owners.get(ship).home())
                                .as("where %s is after %s", new EntityId(ship), last.get(ship))
                                .isEqualTo(home(ship, last.get(ship))));
    }

    /** Each session is at one node, which heard each number once and in order. */
    private void checkSessions() {
        for (SimulatedGateway.Player player : gateway.players()) {
            List<String> heard =
                    nodes.stream()
                            .map(node -> node.heard(player.id))
                            .filter(Objects::nonNull)
                            .toList();
            assertThat(heard)
                    .as("what the nodes that have session %d heard", player.id)
                    .containsExactly(Integer.toString(player.said()));
        }
    }

    private static TransferEntry later(TransferEntry a, TransferEntry b) {
        return a.transfer() > b.transfer() ? a : b;
    }

    /** Where a ship should be after its last transfer, or without any. */
    private long home(long ship, @Nullable TransferEntry last) {
        return last != null
                ? last.destination()
                : nodes.stream()
                        .filter(node -> node.block() == new EntityId(ship).block())
                        .findFirst()
                        .orElseThrow()
                        .home();
    }

    private static boolean isShip(long entity) {
        long counter = new EntityId(entity).counter();
        return counter <= SimulatedWorld.ENTITIES && (counter - 1) % 3 == 0;
    }
}
