package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten minutes of a mesh on a network that loses, delays, repeats and reorders: nodes are killed,
 * stopped, started again, cut off, doubled by mistake, and confirmed gone. Seeds: {@code
 * -Dmesh.seed=7 -Dmesh.seeds=20000}.
 */
class MeshSimulationTest {
    private static final long TEN_MINUTES = 600_000;
    private static final long STEP_MILLIS = 50;
    private static final int REGIONS = 3;

    static LongStream seeds() {
        long first = Long.getLong("mesh.seed", 1);
        return LongStream.range(first, first + Long.getLong("mesh.seeds", 50));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldHaveOneOwnerPerRegionAtEachInstant(long seed) {
        new Run(seed).run();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldEndANodeThatWasGivenUpWhileItTicked(long seed) {
        HostileNetwork network = new HostileNetwork(new SplittableRandom(seed));
        SimulatedCluster cluster = new SimulatedCluster(network);
        SimulatedCluster.Link operator = cluster.connect(new Principal(Role.OPERATOR, "operator"));
        SimulatedHome lost = new SimulatedHome(cluster, "lost", 1, List.of(Run.box(0)));
        SimulatedHome heir = new SimulatedHome(cluster, "heir", 2, List.of(Run.box(0)));
        List<SimulatedHome> both = List.of(lost, heir);
        lost.start();
        awaitTrue(network, both, () -> lost.ticking() != null);
        lost.cut(true);
        // A mistake: the operator can't reach it either, and takes it for dead.
        awaitTrue(
                network,
                both,
                () -> {
                    operator.send(new ConfirmGone(network.now() + 1, 1, 1));
                    if (!heir.isAlive()) {
                        heir.start();
                    }
                    return heir.ticking() != null;
                });
        assertThat(lost.ticking()).as("it can't know yet").isNotNull();
        lost.cut(false);
        awaitTrue(network, both, () -> !lost.isAlive());
        assertThat(lost.refusal()).isNotNull();
        assertThat(lost.refusal().code()).isEqualTo("HZ-MESH-012");
        assertThat(heir.ticking()).isNotNull();
    }

    private static void awaitTrue(
            HostileNetwork network, List<SimulatedHome> homes, BooleanSupplier condition) {
        long end = network.now() + 120_000;
        while (!condition.getAsBoolean()) {
            assertThat(network.now()).as("virtual time").isLessThan(end);
            network.runUntil(network.now() + STEP_MILLIS);
            homes.forEach(home -> home.step(network.now()));
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final HostileNetwork network;
        private final SimulatedCluster cluster;
        private final SimulatedCluster.Link operator;
        private final List<SimulatedHome> homes = new ArrayList<>();
        private final Map<Integer, Long> epochs = new HashMap<>();
        private final Map<Long, String> epochOwners = new HashMap<>();
        private final Map<Integer, String> blocks = new HashMap<>();
        private long requests;
        private int granted;

        Run(long seed) {
            random = new SplittableRandom(seed);
            network = new HostileNetwork(random.split());
            cluster = new SimulatedCluster(network);
            operator = cluster.connect(new Principal(Role.OPERATOR, "operator"));
            for (int region = 0; region < REGIONS; region++) {
                // Two data folders for each region: a spare under a name of its own, or one that
                // someone copied the configuration for.
                add("node-" + region, region);
                add(random.nextBoolean() ? "node-" + region : "spare-" + region, region);
            }
        }

        private void add(String name, int region) {
            homes.add(new SimulatedHome(cluster, name, homes.size() + 1, List.of(box(region))));
        }

        private static Region box(int id) {
            return new Region(id, "sol", 1, id * 10, 0, 0, id * 10 + 10, 10, 10);
        }

        void run() {
            while (network.now() < TEN_MINUTES) {
                disturb();
                step();
            }
            cluster.away(false);
            homes.forEach(home -> home.cut(false));
            network.calm();
            long end = network.now() + 20_000;
            while (network.now() < end) {
                confirmGone();
                homes.stream().filter(home -> !home.isAlive()).forEach(SimulatedHome::start);
                step();
            }
            assertThat(granted).as("grants in a run").isGreaterThan(5);
            for (int region = 0; region < REGIONS; region++) {
                int id = region;
                assertThat(homes)
                        .as("someone ticks region %d once all is calm", id)
                        .anyMatch(home ->
                                home.ticking() != null
                                        && home.ticking().regions().getFirst().id() == id);
            }
            List<SimulatedHome> ticking =
                    homes.stream().filter(home -> home.ticking() != null).toList();
            for (SimulatedHome home : ticking) {
                assertThat(home.placement())
                        .as("who takes new players once all is calm, as %s knows", home.name())
                        .containsExactlyElementsOf(
                                ticking.stream().map(SimulatedHome::home).toList());
            }
        }

        private void step() {
            network.runUntil(network.now() + STEP_MILLIS);
            for (SimulatedHome home : homes) {
                home.step(network.now());
                check();
            }
            if (random.nextInt(200) == 0) {
                cluster.checkMembers();
            }
        }

        private void disturb() {
            SimulatedHome home = homes.get(random.nextInt(homes.size()));
            switch (random.nextInt(60)) {
                case 0 -> home.kill();
                case 1 -> home.stop();
                case 2, 3, 4, 5 -> {
                    if (!home.isAlive()) {
                        home.start();
                    }
                }
                case 6 -> {
                    home.cut(true);
                    network.at(random.nextInt(90_000), () -> home.cut(false));
                }
                case 7, 8 -> confirmGone();
                case 9 -> {
                    cluster.away(true);
                    network.at(random.nextInt(15_000), () -> cluster.away(false));
                }
                default -> {
                    // A quiet moment.
                }
            }
        }

        /**
         * An operator looks, and vouches for what is truly gone; the word may arrive much later.
         */
        private void confirmGone() {
            for (SimulatedHome home : homes) {
                if (!home.isAlive() && home.life() > 0) {
                    operator.send(new ConfirmGone(++requests, home.home(), home.life()));
                }
            }
        }

        private void check() {
            Map<Integer, SimulatedHome> owners = new HashMap<>();
            for (SimulatedHome home : homes) {
                HorizonException refusal = home.refusal();
                if (refusal != null && refusal.code().equals("HZ-MESH-012")) {
                    fail("%s was given up while it lived: %s", home.name(), refusal);
                }
                Grant grant = home.ticking();
                if (grant == null) {
                    continue;
                }
                assertThat(grant.regions()).as("all or none").hasSize(1);
                String who = home.home() + "/" + home.life();
                assertThat(blocks.putIfAbsent(grant.block(), who)).isIn(null, who);
                for (Region region : grant.regions()) {
                    SimulatedHome other = owners.put(region.id(), home);
                    if (other != null) {
                        fail(
                                "at %d ms region %d is ticked by %s and %s",
                                network.now(), region.id(), other.name(), home.name());
                    }
                    checkEpoch(region, who);
                }
            }
        }

        private void checkEpoch(Region region, String who) {
            long key = region.id() * 1_000_000L + region.epoch();
            String before = epochOwners.putIfAbsent(key, who);
            assertThat(before).as("owner of an epoch").isIn(null, who);
            if (before == null) {
                granted++;
                assertThat(region.epoch()).isGreaterThan(epochs.getOrDefault(region.id(), 0L));
                epochs.put(region.id(), region.epoch());
            }
        }
    }
}
