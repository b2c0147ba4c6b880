package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.streams.NodeRoom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose players go from one fake node to another. */
class NodeHandoverTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final long VEGA = 200;

    @TempDir private Path folder;
    private final FakeNode vega = new FakeNode();
    private GatewayRig rig;

    @BeforeEach
    void start() {
        vega.home = VEGA;
        vega.refusesAll = true;
        rig = new GatewayRig(folder, GatewayConfig.defaults(), builder -> builder.node(vega));
        rig.node.home = 100;
        EventCatalogue same =
                new EventCatalogue(1, List.of(GatewayRig.CHAT, GatewayRig.STICK, GatewayRig.LINE));
        rig.gateway.catalogue(1, same, false);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldLookAtTheOtherNodeBeforeASessionGoesThereAndFollowIt() {
        LiveReplica replica = new LiveReplica();
        try (HorizonClient ada =
                HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), replica)) {
            long session = rig.session("Ada");
            rig.node.focus(session, 10, 20, 30);
            rig.until("near", () -> rig.node.subscriptions.contains(subscribed()));
            rig.node.frame(GatewayRig.NEAR, 1, true, 4);
            long there = FakeNode.entityIn(GatewayRig.NEAR);
            rig.until("seen", () -> replica.read(view -> holds(view, there)));

            rig.node.goes(session, VEGA, false);
            long[] tick = {5};
            rig.until(
                    "looks",
                    () -> {
                        vega.tickEnd(++tick[0]);
                        return vega.subscriptions.contains(subscribed());
                    });
            vega.frame(GatewayRig.NEAR, 1, true, 4);
            rig.until(
                    "follows",
                    () -> {
                        vega.tickEnd(++tick[0]);
                        return !rig.node.of("follows").isEmpty();
                    });
            assertThat(rig.node.of("follows").getFirst().text()).isEqualTo("200");

            ada.send("chat", "message", "{\"message\":\"one\"}");
            rig.until("one", () -> rig.node.of("event").size() == 1);
            rig.node.goes(session, VEGA, true);
            Await.until("heard", rig.node::isHeard);
            ada.send("chat", "message", "{\"message\":\"two\"}");
            ada.send("chat", "message", "{\"message\":\"three\"}");
            vega.comes(session, GatewayConfig.defaults().gatewayId(), 17, 1);
            vega.focus(session, 10, 20, 30);
            ServerEvent moved = Objects.requireNonNull(ada.await("session", "moved", SOON));
            assertThat(moved.data().path("tick").asInt()).isEqualTo(17);
            assertThat(moved.data().path("starSystem").asString()).isEqualTo("vega");
            Await.until("both", () -> vega.of("event").size() == 2);
            assertThat(vega.of("reattached")).hasSize(1);
            assertThat(vega.of("event")).extracting(FakeNode.Input::sequence).containsExactly(2, 3);
            assertThat(rig.node.of("event")).hasSize(1);
            Await.until(
                    "seen by the other",
                    () -> {
                        vega.tickEnd(++tick[0]);
                        return replica.read(view -> view.lastTick() < 500 && holds(view, there));
                    });
            Await.until(
                    "let go",
                    () -> rig.node.subscriptions.contains("-" + Long.toHexString(GatewayRig.NEAR)));
            assertThat(vega.subscriptions).doesNotContain("-" + Long.toHexString(GatewayRig.NEAR));
            assertThat(ada.awaitClosed(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void shouldStayWhereItDoesNotKnowTheNodeOrItSpeaksOtherwise() {
        try (HorizonClient ada = rig.client("Ada")) {
            long session = rig.session("Ada");
            rig.node.goes(session, 300, false);
            Await.until("stays", () -> rig.node.of("stays").size() == 1);
            rig.gateway.catalogue(1, new EventCatalogue(1, List.of(GatewayRig.CHAT)), false);
            rig.node.goes(session, VEGA, false);
            Await.until("stays", () -> rig.node.of("stays").size() == 2);
            vega.epoch = 0;
            assertThat(ada.awaitClosed(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void shouldFindTheNodeThatHasWhoComesBack() {
        vega.refusesAll = false;
        rig.node.refusesResumes = true;
        String ticket =
                new Tickets(rig.key, java.time.InstantSource.system()).resume("Ada", 55, 66, 60);
        try (HorizonClient ada =
                HorizonClient.resume(rig.server, "Ada", ticket, new LiveReplica())) {
            assertThat(vega.of("resumed")).hasSize(1);
            ada.send("chat", "message", "{\"message\":\"one\"}");
            Await.until("heard", () -> vega.of("event").size() == 1);
        }
    }

    @Test
    void shouldRefuseWhoComesBackWhereNoNodeHasThem() {
        rig.node.refusesResumes = true;
        String ticket =
                new Tickets(rig.key, java.time.InstantSource.system()).resume("Ada", 55, 66, 60);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> HorizonClient.resume(rig.server, "Ada", ticket, new LiveReplica()))
                .hasMessageContaining("because");
        assertThat(rig.node.of("resumed")).hasSize(1);
        assertThat(vega.of("resumed")).hasSize(1);
    }

    @Test
    void shouldBringWhoLogsInToTheNodeThatHasTheirShip() {
        vega.refusesAll = false;
        rig.node.silent = true;
        Thread waits =
                Thread.ofVirtual()
                        .start(() -> {
                            Await.until("asks", () -> !rig.node.of("opened").isEmpty());
                            rig.node.goes(rig.node.sessionByPlayer.get("Ada"), VEGA, true);
                        });
        try (HorizonClient ada = rig.client("Ada")) {
            assertThat(vega.of("opened")).hasSize(1);
            ada.send("chat", "message", "{\"message\":\"one\"}");
            Await.until("heard", () -> vega.of("event").size() == 1);
        }
        assertThat(waits.isInterrupted()).isFalse();
    }

    @Test
    void shouldLetWhoOwnsNothingBeginWhereThereIsRoom() {
        vega.refusesAll = false;
        rig.node.silent = true;
        rig.node.placement = List.of(new NodeRoom(100, 0), new NodeRoom(VEGA, 4));
        Thread sends =
                Thread.ofVirtual()
                        .start(() -> {
                            Await.until("asks", () -> !rig.node.of("opened").isEmpty());
                            rig.node.goes(
                                    rig.node.sessionByPlayer.get("Ada"),
                                    rig.node.begins.get("Ada"),
                                    true);
                        });
        try (HorizonClient ada = rig.client("Ada")) {
            assertThat(rig.node.begins).containsEntry("Ada", VEGA);
            assertThat(vega.begins).as("it sends nobody on").containsEntry("Ada", 0L);
            ada.send("chat", "message", "{\"message\":\"one\"}");
            Await.until("heard", () -> vega.of("event").size() == 1);
        }
        assertThat(sends.isInterrupted()).isFalse();
    }

    @Test
    void shouldStayWithItsFirstNodeWhileTheOthersAreAway() {
        rig.node.placement = List.of(new NodeRoom(100, 0), new NodeRoom(VEGA, 4));
        vega.epoch = 0;
        try (HorizonClient ada = rig.client("Ada")) {
            assertThat(rig.node.begins).containsEntry("Ada", 0L);
            ada.send("chat", "message", "{\"message\":\"one\"}");
            Await.until("heard", () -> rig.node.of("event").size() == 1);
        }
    }

    @Test
    void shouldKeepSessionsOfOneNodeWhileTheOtherIsAway() {
        try (HorizonClient ada = rig.client("Ada")) {
            vega.epoch = 0;
            ada.send("chat", "message", "{\"message\":\"one\"}");
            Await.until("heard", () -> rig.node.of("event").size() == 1);
            assertThat(ada.await("session", "waiting", Duration.ofMillis(50))).isNull();
        }
    }

    private static String subscribed() {
        return "+" + Long.toHexString(GatewayRig.NEAR);
    }

    private static boolean holds(ReplicaView view, long entity) {
        return view.find(new EntityId(entity)) != null;
    }
}
