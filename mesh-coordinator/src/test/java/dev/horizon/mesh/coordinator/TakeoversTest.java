package dev.horizon.mesh.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord.Word;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A standby in another data folder goes on for a node: as its next life, or not at all. */
class TakeoversTest {
    /** Of the node, and of the folder in which it began. */
    private static final long HOME = 1;

    private static final long STANDBY = 11;
    private static final long OTHER = 12;
    private static final long NEIGHBOUR = 2;

    private final List<MeshMessage> said = new ArrayList<>();
    private Coordinator coordinator = new Coordinator((session, message) -> said.add(message));

    @BeforeEach
    void begin() {
        hello(claim(HOME, 4, HOME, 0));
        hello(claim(NEIGHBOUR, 1, NEIGHBOUR, 0));
    }

    @Test
    void shouldGiveTheRegionsToWhoTookOverFromTheLastLife() {
        assertThat(hello(takeover(STANDBY, 4))).isInstanceOf(NodeWelcome.class);
        assertThat(node().life()).isEqualTo(5);
        assertThat(node().isTakenOver()).isTrue();
        assertThat(node().peer()).isEqualTo("peer-11-5");
        assertThat(region().owner()).isEqualTo(HOME);
        assertThat(region().region().epoch()).isEqualTo(2);
    }

    @Test
    void shouldRefuseTheLifeThatWasTakenOverFrom() {
        hello(takeover(STANDBY, 4));
        assertThat(refusal(report(4))).isEqualTo("HZ-MESH-012");
        assertThat(refusal(hello(claim(HOME, 4, HOME, 0)))).isEqualTo("HZ-MESH-038");
        assertThat(refusal(hello(claim(HOME, 5, HOME, 0))))
                .as("though its folder was started again")
                .isEqualTo("HZ-MESH-038");
        assertThat(refusal(hello(claim(HOME, 6, HOME, 0)))).isEqualTo("HZ-MESH-038");
        say(new NodeGoodbye(HOME, 4));
        assertThat(node().presence()).isEqualTo(Presence.PRESENT);
        assertThat(node().folder()).isEqualTo(STANDBY);
    }

    @Test
    void shouldRefuseATakeoverFromALifeThatIsNotTheLast() {
        hello(claim(HOME, 5, HOME, 0));
        assertThat(refusal(hello(takeover(STANDBY, 4)))).isEqualTo("HZ-MESH-038");
        assertThat(node().folder()).isEqualTo(HOME);
        assertThat(node().life()).isEqualTo(5);
        assertThat(region().region().epoch()).isEqualTo(2);
    }

    @Test
    void shouldRefuseASecondTakeoverFromTheSameLife() {
        hello(takeover(STANDBY, 4));
        assertThat(refusal(hello(takeover(OTHER, 4)))).isEqualTo("HZ-MESH-038");
        assertThat(node().folder()).isEqualTo(STANDBY);
    }

    @Test
    void shouldRefuseAnotherFolderThoughTheNodeIsGone() {
        hello(takeover(STANDBY, 4));
        coordinator.apply(
                99, new Principal(Role.OPERATOR, "operator"), 1_000, new ConfirmGone(1, HOME, 5));
        assertThat(refusal(hello(claim(HOME, 6, HOME, 0))))
                .as("its world is older than what others have seen")
                .isEqualTo("HZ-MESH-038");
        assertThat(hello(claim(HOME, 6, STANDBY, 4))).isInstanceOf(NodeWelcome.class);
    }

    @Test
    void shouldAnswerTheSameTakeoverWithTheSame() {
        MeshMessage first = hello(takeover(STANDBY, 4));
        List<MeshMessage> state = saved();
        assertThat(hello(takeover(STANDBY, 4))).isEqualTo(first);
        assertThat(hello(claim(HOME, 4, HOME, 0))).as("late").isInstanceOf(NodeRefused.class);
        assertThat(saved()).isEqualTo(state);
    }

    @Test
    void shouldGoOnInTheFolderThatTookOver() {
        hello(takeover(STANDBY, 4));
        assertThat(hello(claim(HOME, 6, STANDBY, 4))).isInstanceOf(NodeWelcome.class);
        assertThat(refusal(hello(takeover(STANDBY, 4)))).as("late").isEqualTo("HZ-MESH-012");
        assertThat(hello(takeover(HOME, 6))).as("there and back").isInstanceOf(NodeWelcome.class);
        assertThat(node().isTakenOver()).isFalse();
        assertThat(node().life()).isEqualTo(7);
    }

    @Test
    void shouldTakeOverAlsoFromWhoSaidGoodbyeMeanwhile() {
        say(new NodeGoodbye(HOME, 4));
        assertThat(hello(takeover(STANDBY, 4))).isInstanceOf(NodeWelcome.class);
        assertThat(region().owner()).isEqualTo(HOME);
    }

    @Test
    void shouldRememberItInSnapshots() {
        hello(takeover(STANDBY, 4));
        List<MeshMessage> state = saved();
        coordinator = new Coordinator((session, message) -> said.add(message));
        coordinator.load(state.iterator());
        assertThat(saved()).isEqualTo(state);
        assertThat(refusal(hello(claim(HOME, 6, HOME, 0)))).isEqualTo("HZ-MESH-038");
    }

    @Test
    void shouldGoOnWithTransfersAndTellNeighboursTheNewAddress() {
        ServiceOffer offer = new ServiceOffer(101, List.of("chat"));
        say(
                new NodeReport(
                        HOME,
                        4,
                        0,
                        NodeLoad.NONE,
                        offer,
                        Long.MAX_VALUE,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        coordinator.apply(
                99,
                new Principal(Role.OPERATOR, "operator"),
                1_000,
                new TransferRequest(7, 42, NEIGHBOUR, HOME));
        say(new TransferWord(HOME, 4, 1, Word.PREPARED, "", ""));
        hello(takeover(STANDBY, 4));
        said.clear();
        neighbour(
                new NodeReport(
                        NEIGHBOUR,
                        1,
                        0,
                        NodeLoad.NONE,
                        ServiceOffer.NONE,
                        1,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        assertThat(said)
                .filteredOn(TransferOrder.class::isInstance)
                .extracting(each -> ((TransferOrder) each).peer())
                .containsExactly("peer-11-5");
        assertThat(said)
                .filteredOn(ServiceChanges.class::isInstance)
                .flatExtracting(each -> ((ServiceChanges) each).offers())
                .extracting(ServiceChanges.Change::peer)
                .containsExactly("peer-11-5");
        say(new TransferWord(HOME, 4, 1, Word.REFUSED, "X", "of the former life"));
        said.clear();
        neighbour(
                new NodeReport(
                        NEIGHBOUR,
                        1,
                        0,
                        NodeLoad.NONE,
                        ServiceOffer.NONE,
                        2,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        assertThat(said).hasAtLeastOneElementOfType(TransferOrder.class);
    }

    private static NodeClaim takeover(long folder, long last) {
        return claim(HOME, last + 1, folder, last);
    }

    private static NodeClaim claim(long home, long life, long folder, long replaces) {
        Region box = new Region((int) home, "sol", 1, home * 10, 0, 0, home * 10 + 10, 10, 10);
        return new NodeClaim(
                "node-" + home,
                home,
                life,
                folder,
                replaces,
                "sol",
                "address-" + folder,
                "pages-" + folder,
                "peer-" + folder + "-" + life,
                List.of(box));
    }

    private MeshMessage hello(NodeClaim claim) {
        said.clear();
        coordinator.apply(
                claim.folder(),
                new Principal(Role.NODE, claim.node()),
                1_000,
                new NodeHello(claim));
        return said.getLast();
    }

    private MeshMessage report(long life) {
        said.clear();
        say(
                new NodeReport(
                        HOME,
                        life,
                        0,
                        NodeLoad.NONE,
                        ServiceOffer.NONE,
                        -1,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        return said.getLast();
    }

    private static String refusal(MeshMessage message) {
        assertThat(message).isInstanceOf(NodeRefused.class);
        return ((NodeRefused) message).code();
    }

    private void say(MeshMessage message) {
        coordinator.apply(1, new Principal(Role.NODE, "node-" + HOME), 1_000, message);
    }

    private void neighbour(MeshMessage message) {
        coordinator.apply(2, new Principal(Role.NODE, "node-" + NEIGHBOUR), 1_000, message);
    }

    private NodeEntry node() {
        return saved().stream()
                .filter(NodeState.class::isInstance)
                .map(each -> ((NodeState) each).node())
                .filter(each -> each.home() == HOME)
                .findFirst()
                .orElseThrow();
    }

    private RegionEntry region() {
        return saved().stream()
                .filter(RegionState.class::isInstance)
                .map(each -> ((RegionState) each).region())
                .filter(each -> each.region().id() == HOME)
                .findFirst()
                .orElseThrow();
    }

    private List<MeshMessage> saved() {
        List<MeshMessage> all = new ArrayList<>();
        coordinator.save(0, all::add);
        return all;
    }
}
