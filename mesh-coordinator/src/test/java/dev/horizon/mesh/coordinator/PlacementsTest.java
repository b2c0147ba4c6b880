package dev.horizon.mesh.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes of a star system and one of another; what the first is told. */
class PlacementsTest {
    private final List<MeshMessage> said = new ArrayList<>();
    private final Coordinator coordinator =
            new Coordinator((session, message) -> said.add(message));
    private long now = 1_000;
    private long tick = 10;

    @BeforeEach
    void start() {
        for (int home = 1; home <= 3; home++) {
            hello(home, "sol", List.of(box(home, "sol")));
        }
        hello(9, "vega", List.of(box(1, "vega")));
        for (int home : List.of(1, 2, 3, 9)) {
            report(home, 0, Placement.UNWANTED, 1_000);
        }
    }

    @Test
    void shouldTellTheRoomOfTheStarSystemsNodesThatOwnARegion() {
        hello(4, "sol", List.of());
        report(4, 0, Placement.UNWANTED, 1_000);
        report(2, 45, Placement.UNWANTED, 1_000);
        report(3, 85, Placement.UNWANTED, 1_000);
        assertThat(rooms(told(1, 0))).isEqualTo(Map.of(1L, 8, 2L, 4, 3L, 0));
    }

    @Test
    void shouldSayNothingTwiceAndTellWhatChanged() {
        long mark = told(1, 0).mark();
        assertThat(report(1, 0, mark, 1_000)).as("it knows").isNull();
        report(2, 4, Placement.UNWANTED, 1_000);
        assertThat(report(1, 0, mark, 1_000)).as("no tenth of a difference").isNull();
        report(2, 75, Placement.UNWANTED, 1_000);
        assertThat(rooms(told(1, mark))).containsEntry(2L, 1);
        assertThat(report(1, 0, Placement.UNWANTED, 1_000)).as("a build of before").isNull();
    }

    @Test
    void shouldLeaveOutWhoGivesAllItsRegionsAway() {
        operator(new RegionMove(1, "sol", 2, 3));
        assertThat(rooms(told(1, 0))).containsOnlyKeys(1L, 3L);
        operator(new RegionMove(1, "sol", 2, 2));
        assertThat(rooms(told(1, 0))).containsOnlyKeys(1L, 2L, 3L);
    }

    @Test
    void shouldLeaveOutWhoIsSilentOrSlowOrHasLeft() {
        now += Health.OVERLOADED_AFTER_MILLIS + 1;
        tick++;
        report(3, 0, Placement.UNWANTED, 1_000);
        assertThat(rooms(told(1, 0))).as("2 was not heard of").containsOnlyKeys(1L, 3L);
        report(3, 0, Placement.UNWANTED, 900);
        assertThat(rooms(told(1, 0))).as("3 dilates time").containsEntry(3L, 0);
        node(3, new NodeGoodbye(3, 1));
        assertThat(rooms(told(1, 0))).containsOnlyKeys(1L);
        operator(new ConfirmGone(1, 1, 1));
        hello(4, "sol", List.of());
        assertThat(rooms(told(4, 0))).isEmpty();
    }

    @Test
    void shouldLeaveOutWhoHasNotTicked() {
        hello(4, "sol", List.of(box(4, "sol")));
        assertThat(rooms(told(1, 0))).doesNotContainKey(4L);
        report(4, 0, Placement.UNWANTED, 1_000);
        assertThat(rooms(told(1, 0))).containsKey(4L);
    }

    @Test
    void shouldTellOfThoseWithMostRoomWhereThereAreMany() {
        for (int home = 10; home < 10 + 2 * Placements.NODES_MAX; home++) {
            hello(home, "sol", List.of(box(home, "sol")));
            report(home, home % 2 == 0 ? 79 : 10, Placement.UNWANTED, 1_000);
        }
        Map<Long, Integer> rooms = rooms(told(1, 0));
        assertThat(rooms).hasSize(Placements.NODES_MAX).doesNotContainValue(1);
    }

    private static Map<Long, Integer> rooms(Placement told) {
        Map<Long, Integer> all = new TreeMap<>();
        told.nodes().forEach(each -> all.put(each.node(), each.tenths()));
        return all;
    }

    private Placement told(int home, long mark) {
        Placement told = report(home, 0, mark, 1_000);
        assertThat(told).isNotNull();
        return java.util.Objects.requireNonNull(told);
    }

    private @Nullable Placement report(int home, int percent, long mark, int dilationPermille) {
        said.clear();
        NodeLoad load = new NodeLoad(tick, tick, percent * 500, 50_000, dilationPermille, 0, 9, 0);
        node(
                home,
                new NodeReport(home, 1, 0, load, ServiceOffer.NONE, -1, Neighbours.UNWANTED, mark));
        return said.stream()
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static Region box(int id, String starSystem) {
        return new Region(id, starSystem, 1, id * 10, 0, 0, id * 10 + 10, 10, 10);
    }

    private void hello(int home, String starSystem, List<Region> regions) {
        node(
                home,
                new NodeHello(
                        new NodeClaim(
                                "node-" + home, home, 1, starSystem, "a", "p", "x", regions)));
    }

    private void node(int home, MeshMessage message) {
        coordinator.apply(home, new Principal(Role.NODE, "node-" + home), now, message);
    }

    private void operator(MeshMessage message) {
        coordinator.apply(99, new Principal(Role.OPERATOR, "operator"), now, message);
    }
}
