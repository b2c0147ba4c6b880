package dev.horizon.mesh.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.RequestDone;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes, each with a region of its own number. */
class RegionMovesTest {
    private final List<MeshMessage> said = new ArrayList<>();
    private final Coordinator coordinator =
            new Coordinator((session, message) -> said.add(message));

    @BeforeEach
    void start() {
        for (int home = 1; home <= 3; home++) {
            hello(home, 1);
        }
    }

    @Test
    void shouldGiveARegionToItsHeirOnceItsOwnerHasLeftIt() {
        assertThat(move(1, 2)).isEmpty();
        assertThat(region(1)).extracting(RegionEntry::owner, RegionEntry::heir).contains(1L, 2L);
        left(1, 1, 1);
        assertThat(region(1)).extracting(RegionEntry::owner, RegionEntry::heir).contains(2L, 0L);
        assertThat(region(1).region().epoch()).isEqualTo(2);
        assertThat(move(1, 2)).as("asked for again").isEmpty();
        assertThat(region(1).region().epoch()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeALateWordThatARegionWasLeft() {
        move(1, 2);
        move(1, 1);
        assertThat(region(1).region().epoch()).as("it stays, anew").isEqualTo(2);
        move(1, 2);
        left(1, 1, 1);
        assertThat(region(1).owner()).as("its owner owns it at another epoch").isEqualTo(1);
        left(1, 1, 2);
        assertThat(region(1).owner()).isEqualTo(2);
    }

    @Test
    void shouldSayWhyARegionCannotMove() {
        assertThat(move(9, 2)).isEqualTo("HZ-MESH-029");
        assertThat(move(1, 7)).as("no such node").isEqualTo("HZ-MESH-030");
        move(1, 2);
        assertThat(move(1, 3)).as("it moves elsewhere").isEqualTo("HZ-MESH-030");
    }

    @Test
    void shouldGiveWhatMovesToItsHeirWhenTheOwnerLeaves() {
        move(1, 2);
        node(1, new NodeGoodbye(1, 1));
        assertThat(region(1).owner()).isEqualTo(2);
        assertThat(hello(1, 2)).as("it starts all the same").isEmpty();
    }

    @Test
    void shouldLetARegionStayWhenItsHeirLeaves() {
        move(1, 2);
        node(2, new NodeGoodbye(2, 1));
        assertThat(region(1)).extracting(RegionEntry::owner, RegionEntry::heir).contains(1L, 0L);
        assertThat(region(1).region().epoch()).isEqualTo(2);
    }

    @Test
    void shouldGiveANodeBackWhatWasMovedToIt() {
        move(1, 2);
        left(1, 1, 1);
        node(2, new NodeGoodbye(2, 1));
        assertThat(region(1).owner()).isZero();
        assertThat(hello(1, 2)).as("configured, but moved away").isEmpty();
        assertThat(hello(2, 2)).containsExactly(1, 2);
        operator(new ConfirmGone(1, 2, 2));
        assertThat(hello(1, 3)).as("nobody keeps it any more").containsExactly(1);
    }

    @Test
    void shouldSendAllFromANodeThatKeepsNothingToItsHeir() {
        move(1, 2);
        node(1, new EntityBeyond(1, 1, 77, 35, 5, 5));
        assertThat(transfers()).extracting(TransferEntry::destination).containsExactly(2L);
        left(1, 1, 1);
        node(1, new EntityBeyond(1, 1, 78, 35, 5, 5));
        assertThat(transfers()).extracting(TransferEntry::destination).containsExactly(2L, 3L);
    }

    @Test
    void shouldCutARegionInTwoAndPutItTogetherAgain() {
        int part = split(1, 0, 14);
        assertThat(split(1, 0, 14)).as("asked for again").isEqualTo(part);
        assertThat(region(1).region().maxX()).isEqualTo(14);
        assertThat(region(part).region().minX()).isEqualTo(14);
        assertThat(region(part).owner()).isEqualTo(1);
        assertThat(hello(1, 2)).as("its configuration knows no parts").containsExactly(1, part);
        assertThat(region(1).region().maxX()).as("nor how large they are").isEqualTo(14);
        operator(new RegionMerge(7, "sol", 1, part));
        assertThat(((RequestDone) said.getLast()).code()).isEmpty();
        assertThat(region(1).region().maxX()).isEqualTo(20);
        assertThat(region(1).region().epoch()).isEqualTo(4);
        assertThat(split(1, 0, 14)).as("a number is never given again").isGreaterThan(part);
    }

    @Test
    void shouldSayWhyARegionIsNotCut() {
        operator(new RegionSplit(7, "sol", 1, 0, 25));
        assertThat(((RequestDone) said.getLast()).code()).isEqualTo("HZ-MESH-032");
        operator(new RegionMerge(7, "sol", 1, 2));
        assertThat(((RequestDone) said.getLast()).code()).isEqualTo("HZ-MESH-032");
        int part = split(1, 0, 14);
        move(part, 2);
        operator(new RegionMerge(7, "sol", 1, part));
        assertThat(((RequestDone) said.getLast()).code()).as("it moves").isEqualTo("HZ-MESH-032");
    }

    @Test
    void shouldKeepWhatWasCutForItsKeeperThoughThatIsGone() {
        int part = split(1, 0, 14);
        move(part, 2);
        left(1, part, region(part).region().epoch());
        operator(new ConfirmGone(1, 1, 1));
        assertThat(region(1).owner()).isZero();
        assertThat(hello(1, 2)).containsExactly(1);
        assertThat(region(1).region().maxX()).isEqualTo(14);
        assertThat(region(part).owner()).isEqualTo(2);
    }

    private int split(int region, int axis, double at) {
        operator(new RegionSplit(7, "sol", region, axis, at));
        String text = ((RequestDone) said.getLast()).text();
        return Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    }

    private List<Integer> hello(int home, long life) {
        said.clear();
        Region box = new Region(home, "sol", 1, home * 10, 0, 0, home * 10 + 10, 10, 10);
        node(
                home,
                new NodeHello(
                        new NodeClaim(
                                "node-" + home, home, life, "sol", "a", "p", "x", List.of(box))));
        assertThat(said).noneMatch(NodeRefused.class::isInstance);
        return ((NodeWelcome) said.getLast())
                .regions().stream().map(each -> each.region().id()).sorted().toList();
    }

    private void left(int home, int region, long epoch) {
        node(home, new RegionLeft(home, 1, region, epoch));
    }

    /** The code of what is in the way; empty when nothing is. */
    private String move(int region, long to) {
        operator(new RegionMove(7, "sol", region, to));
        return ((RequestDone) said.getLast()).code();
    }

    private RegionEntry region(int id) {
        return saved().stream()
                .filter(RegionState.class::isInstance)
                .map(each -> ((RegionState) each).region())
                .filter(each -> each.region().id() == id)
                .findFirst()
                .orElseThrow();
    }

    private List<TransferEntry> transfers() {
        return saved().stream()
                .filter(TransferState.class::isInstance)
                .map(each -> ((TransferState) each).transfer())
                .toList();
    }

    private List<MeshMessage> saved() {
        List<MeshMessage> all = new ArrayList<>();
        coordinator.save(0, all::add);
        return all;
    }

    private void node(int home, MeshMessage message) {
        coordinator.apply(home, new Principal(Role.NODE, "node-" + home), 1_000, message);
    }

    private void operator(MeshMessage message) {
        coordinator.apply(99, new Principal(Role.OPERATOR, "operator"), 1_000, message);
    }
}
