package dev.horizon.mesh.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes that offer services, and one that is told of it. */
class OffersTest {
    private final List<MeshMessage> said = new ArrayList<>();
    private Coordinator coordinator = new Coordinator((session, message) -> said.add(message));
    private long upTo;

    /** What the node that is told knows, by home. */
    private final Map<Long, ServiceOffer> known = new TreeMap<>();

    @Test
    void shouldTellOfAllInPagesAndThenOfChangesAlone() {
        for (int home = 1; home <= 40; home++) {
            hello(home, 1);
            report(home, 1, List.of("chat", "guilds"));
        }
        hear(99);
        assertThat(known).as("a page").hasSize(Offers.PAGE);
        hear(99);
        hear(99);
        assertThat(known).hasSize(40);
        assertThat(known.get(40L)).isEqualTo(new ServiceOffer(140, List.of("chat", "guilds")));
        assertThat(hear(99)).as("it knows all").isNull();
        report(12, 1, List.of("chat"));
        assertThat(hear(99).offers())
                .containsExactly(
                        new ServiceChanges.Change(
                                12, "peer-12-1", new ServiceOffer(112, List.of("chat"))));
    }

    @Test
    void shouldTellAgainWhatWasLost() {
        hello(1, 1);
        report(1, 1, List.of("chat"));
        ServiceChanges lost = changes(99);
        assertThat(changes(99)).isEqualTo(lost);
        assertThat(hear(99)).isEqualTo(lost);
        assertThat(hear(99)).isNull();
    }

    @Test
    void shouldEndAnOfferWithAGoodbyeOrAnOperatorsWordAndNotWithSilence() {
        hello(1, 1);
        report(1, 1, List.of("chat"));
        hello(2, 1);
        report(2, 1, List.of("chat"));
        hear(99);
        now += 3_600_000;
        assertThat(hear(99)).as("silence").isNull();
        say(Role.NODE, "node-1", new NodeGoodbye(1, 1));
        say(Role.OPERATOR, "operator", new ConfirmGone(1, 2, 1));
        hear(99);
        assertThat(known.get(1L)).isEqualTo(new ServiceOffer(101, List.of()));
        assertThat(known.get(2L)).isEqualTo(new ServiceOffer(102, List.of()));
    }

    @Test
    void shouldKeepAnOfferOverACrashAndTellWhereTheNewLifeIs() {
        hello(1, 1);
        report(1, 1, List.of("chat"));
        hear(99);
        hello(1, 2);
        assertThat(hear(99).offers())
                .containsExactly(
                        new ServiceChanges.Change(
                                1, "peer-1-2", new ServiceOffer(101, List.of("chat"))));
    }

    @Test
    void shouldGoOnFromASnapshotAndBeginAnewWithoutOne() {
        hello(1, 1);
        report(1, 1, List.of("chat"));
        report(1, 1, List.of("chat", "guilds"));
        hear(99);
        List<MeshMessage> snapshot = new ArrayList<>();
        coordinator.save(now, snapshot::add);
        coordinator = new Coordinator((session, message) -> said.add(message));
        coordinator.load(snapshot.iterator());
        assertThat(hear(99)).isNull();
        coordinator = new Coordinator((session, message) -> said.add(message));
        hello(1, 1);
        report(1, 1, List.of("market"));
        assertThat(hear(99).after()).as("for who knows more").isEqualTo(2);
        assertThat(known.get(1L).types()).containsExactly("market");
        assertThat(upTo).isEqualTo(1);
    }

    @Test
    void shouldTellNothingToNodesOfBeforeThereWereServices() {
        hello(1, 1);
        report(1, 1, List.of("chat"));
        hello(7, 1);
        said.clear();
        say(
                Role.NODE,
                "node-7",
                new NodeReport(
                        7,
                        1,
                        0,
                        NodeLoad.NONE,
                        ServiceOffer.NONE,
                        -1,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        assertThat(said).noneMatch(ServiceChanges.class::isInstance);
    }

    private long now = 1_000;

    private void hello(long home, long life) {
        NodeClaim claim =
                new NodeClaim(
                        "node-" + home,
                        home,
                        life,
                        "sol",
                        "",
                        "",
                        "peer-" + home + "-" + life,
                        List.of());
        say(Role.NODE, "node-" + home, new NodeHello(claim));
    }

    private void report(long home, long life, List<String> types) {
        ServiceOffer offer = new ServiceOffer((int) home + 100, types);
        say(
                Role.NODE,
                "node-" + home,
                new NodeReport(
                        home,
                        life,
                        0,
                        NodeLoad.NONE,
                        offer,
                        Long.MAX_VALUE,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
    }

    /** What a node is told that knows as much as the one that hears; null where it knows all. */
    private @Nullable ServiceChanges changes(long home) {
        hello(home, 1);
        said.clear();
        say(
                Role.NODE,
                "node-" + home,
                new NodeReport(
                        home,
                        1,
                        0,
                        NodeLoad.NONE,
                        ServiceOffer.NONE,
                        upTo,
                        Neighbours.UNWANTED,
                        Placement.UNWANTED));
        return said.stream()
                .filter(ServiceChanges.class::isInstance)
                .map(ServiceChanges.class::cast)
                .findFirst()
                .orElse(null);
    }

    private @Nullable ServiceChanges hear(long home) {
        ServiceChanges told = changes(home);
        if (told != null) {
            upTo = told.upTo();
            told.offers().forEach(each -> known.put(each.home(), each.offer()));
        }
        return told;
    }

    private void say(Role role, String name, MeshMessage message) {
        coordinator.apply(1, new Principal(role, name), now, message);
    }
}
