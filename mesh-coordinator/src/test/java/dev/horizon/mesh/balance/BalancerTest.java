package dev.horizon.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A mesh of which each region is so much work, and its steps are taken at once. */
class BalancerTest {
    private static final BalancePolicy POLICY = new BalancePolicy(80, 30, 30_000, 60_000);
    private static final double FAR = 1e9;

    private final Map<Long, String> starSystems = new TreeMap<>();
    private final Map<Integer, RegionEntry> regions = new TreeMap<>();

    /** Per cent of a node's budget. */
    private final Map<Integer, Double> work = new HashMap<>();

    private final List<Long> silent = new ArrayList<>();
    private final Balancer balancer = new Balancer(POLICY);
    private int parts;
    private long now = 1_000_000;

    @Test
    void shouldCutAndGiveAwayWhatIsTooMuchAndPutItBackOnceItIsLittle() {
        node(1, "sol", 100);
        node(2, "sol", 5);
        List<BalanceStep> steps = run(600);
        assertThat(steps).hasSize(2);
        assertThat(steps.get(0))
                .isInstanceOfSatisfying(
                        BalanceStep.Split.class,
                        split -> {
                            assertThat(split.region().id()).isEqualTo(1);
                            assertThat(split.why())
                                    .isEqualTo("node-1 takes 100 % of its ticks, node-2 5 %");
                        });
        assertThat(steps.get(1)).isInstanceOf(BalanceStep.Move.class);
        assertThat(percent(1)).isEqualTo(50);
        assertThat(percent(2)).isEqualTo(55);

        work.replaceAll((region, percent) -> percent / 4);
        steps = run(600);
        assertThat(steps)
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("Move", "Merge");
        assertThat(regions).containsOnlyKeys(1, 2);
        assertThat(owner(1)).isEqualTo(1);
        assertThat(owner(2)).isEqualTo(2);
        assertThat(regions.get(1).region().maxX()).isEqualTo(FAR);
    }

    @Test
    void shouldDoNothingForABlipNorWhereNobodyHasRoom() {
        node(1, "sol", 100);
        node(2, "sol", 45);
        node(3, "vega", 1);
        assertThat(run(600)).as("no room, and the other star system doesn't count").isEmpty();
        work.put(2, 5.0);
        work.put(1, 20.0);
        run(100);
        for (int blip = 0; blip < 10; blip++) {
            work.put(1, 120.0);
            assertThat(run(20)).isEmpty();
            work.put(1, 20.0);
            assertThat(run(5)).isEmpty();
        }
        work.put(1, 120.0);
        silent.add(2L);
        assertThat(run(600)).as("nobody else can be heard").isEmpty();
    }

    @Test
    void shouldWaitForMovesThatOthersBegan() {
        node(1, "sol", 100);
        node(2, "sol", 5);
        node(3, "sol", 5);
        regions.computeIfPresent(3, (id, entry) -> entry.movingTo(2));
        assertThat(run(600)).isEmpty();
        regions.computeIfPresent(3, (id, entry) -> entry.movingTo(0));
        assertThat(run(59)).as("and for load to settle").isEmpty();
        assertThat(run(600)).isNotEmpty();
    }

    @Test
    void shouldComeToRestWhateverTheLoadIs() {
        SplittableRandom random = new SplittableRandom(20_261_129);
        for (int round = 0; round < 300; round++) {
            regions.clear();
            work.clear();
            starSystems.clear();
            int nodes = 2 + random.nextInt(6);
            for (int node = 1; node <= nodes; node++) {
                node(node, random.nextInt(3) == 0 ? "vega" : "sol", random.nextInt(160));
            }
            int steps = run(6_000).size();
            assertThat(steps).as("round %d, %s", round, work).isLessThan(8 * nodes);
            assertThat(run(3_000)).as("round %d, %s", round, work).isEmpty();
        }
    }

    @Test
    void shouldRefuseAPolicyThatWouldGiveAndTakeForEver() {
        assertThatThrownBy(() -> new BalancePolicy(80, 40, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than half");
    }

    private void node(int number, String starSystem, double percent) {
        starSystems.put((long) number, starSystem);
        double min = number * 10 * FAR;
        Region box = new Region(number, starSystem, 1, min, -FAR, -FAR, min + FAR, FAR, FAR);
        if (number == 1) {
            box = new Region(number, starSystem, 1, -FAR, -FAR, -FAR, FAR, FAR, FAR);
        }
        regions.put(number, new RegionEntry(box, number, 0, 0));
        work.put(number, percent);
    }

    /** Looks each second, and takes each step at once. */
    private List<BalanceStep> run(int seconds) {
        List<BalanceStep> steps = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            BalanceStep step = balancer.next(view());
            if (step != null) {
                steps.add(step);
                take(step);
            }
        }
        return steps;
    }

    private void take(BalanceStep step) {
        switch (step) {
            case BalanceStep.Split split -> {
                Region whole = split.region();
                int part = RegionEntry.PARTS_FROM + ++parts;
                double middle = (whole.minX() + whole.maxX()) / 2;
                long owner = owner(whole.id());
                double half = work.get(whole.id()) / 2;
                put(whole.id(), whole, whole.minX(), middle, owner, half);
                put(part, whole, middle, whole.maxX(), owner, half);
            }
            case BalanceStep.Move move ->
                    regions.computeIfPresent(
                            move.region().id(), (id, entry) -> entry.ownedBy(move.to().home()));
            case BalanceStep.Merge merge -> {
                assertThat(owner(merge.region().id())).isEqualTo(owner(merge.part().id()));
                Region whole = merge.region().joined(merge.part());
                assertThat(whole).isNotNull();
                regions.remove(merge.part().id());
                double both = work.remove(merge.part().id()) + work.get(whole.id());
                put(whole.id(), whole, whole.minX(), whole.maxX(), owner(whole.id()), both);
            }
        }
    }

    private void put(int id, Region of, double minX, double maxX, long owner, double percent) {
        Region box =
                new Region(
                        id,
                        of.starSystem(),
                        of.epoch() + 1,
                        minX,
                        of.minY(),
                        of.minZ(),
                        maxX,
                        of.maxY(),
                        of.maxZ());
        regions.put(id, new RegionEntry(box, owner, 0, owner));
        work.put(id, percent);
    }

    private long owner(int region) {
        RegionEntry entry = regions.get(region);
        assertThat(entry).isNotNull();
        return entry.owner();
    }

    private int percent(long home) {
        return (int)
                Math.round(
                        regions.values().stream()
                                .filter(each -> each.owner() == home)
                                .mapToDouble(each -> work.get(each.region().id()))
                                .sum());
    }

    private MeshView view() {
        List<NodeEntry> nodes = new ArrayList<>();
        starSystems.forEach((home, starSystem) -> nodes.add(entry(home, starSystem)));
        return new MeshView(now, nodes, List.copyOf(regions.values()), List.of());
    }

    private NodeEntry entry(long home, String starSystem) {
        boolean isHeard = !silent.contains(home);
        long heardAt = isHeard ? now : 0;
        NodeLoad load = new NodeLoad(now, now, percent(home) * 500, 50_000, 1000, 0, 0, 0);
        return new NodeEntry(
                "node-" + home,
                home,
                home,
                1,
                Presence.PRESENT,
                1,
                starSystem,
                "",
                "",
                "",
                heardAt,
                heardAt,
                heardAt,
                1,
                load,
                ServiceOffer.NONE,
                0);
    }
}
