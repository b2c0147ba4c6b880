package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.edge.EdgeConfig;
import dev.horizon.net.edge.Reason;
import dev.horizon.net.edge.Why;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a player's client is shown near, over a real connection. */
class GatewayViewTest {
    private static final EntityId SHIP = new EntityId(FakeNode.entityIn(GatewayRig.CLOSE));
    private static final String CLOSE = Long.toHexString(GatewayRig.CLOSE);

    @TempDir private Path folder;
    private @Nullable GatewayRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    private GatewayRig start(EdgeConfig near) {
        GatewayRig started =
                new GatewayRig(folder, GatewayConfig.defaults().withNear(near), builder -> builder);
        rig = started;
        return started;
    }

    private static Why why(GatewayRig rig, String player) {
        return rig.gateway.why(player, SHIP, Long.MAX_VALUE).join();
    }

    private static void near(GatewayRig rig, String player) {
        rig.node.focus(rig.session(player), 0, 0, 0);
        rig.until("it subscribes", () -> rig.node.subscriptions.contains("+" + CLOSE));
        rig.node.frame(GatewayRig.CLOSE, 1, true, 8);
    }

    private static @Nullable Tier shown(LiveReplica replica) {
        return replica.read(view -> view.find(SHIP) == null ? null : view.find(SHIP).tier());
    }

    @Test
    void shouldShowWhatIsNearAndSayWhy() {
        GatewayRig rig = start(EdgeConfig.standard());
        LiveReplica replica = new LiveReplica();
        try (HorizonClient ada =
                HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), replica)) {
            near(rig, "Ada");
            rig.until("it shows", () -> shown(replica) == Tier.CLOSE);
            double[] place = new double[3];
            replica.read(view -> view.find(SHIP).place(1, 0.05, place));
            assertThat(place).containsExactly(500.125, 500.25, 500.375);
            assertThat((Object[]) new Object[] {replica.read(view -> view.find(SHIP).component(1))})
                    .isNotEqualTo(new Object[] {null});
            Why close = why(rig, "Ada");
            assertThat(close.tier()).isEqualTo("CLOSE");
            assertThat(close.reason()).isEqualTo(Reason.RANGE);
            assertThat(close.channel()).isEqualTo("CRAFT/CLOSE/0,0,0");
            assertThat(close.distanceMetres()).isBetween(866.0, 867.0);
            assertThat(close.limitMetres()).isEqualTo(1_000);
            assertThat(close.remembered()).isTrue();

            rig.node.focus(rig.session("Ada"), 60_000, 0, 0);
            rig.until("it leaves", () -> shown(replica) == null);
            assertThat(why(rig, "Ada").tier()).isEqualTo(Why.NOT_NEAR);
            rig.until("it unsubscribes", () -> rig.node.subscriptions.contains("-" + CLOSE));
            assertThat(replica.faults()).isZero();
            assertThatThrownBy(() -> why(rig, "Bob")).hasMessageContaining("no session of Bob");
        }
    }

    @Test
    void shouldShowNothingCloseWhereConfiguredSo() {
        GatewayRig rig = start(new EdgeConfig(1, 0, 0, 16, 0, 4));
        LiveReplica replica = new LiveReplica();
        try (HorizonClient ada =
                HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), replica)) {
            near(rig, "Ada");
            rig.until("it is received", () -> why(rig, "Ada").distanceMetres() > 800);
            assertThat(shown(replica)).isNull();
            assertThat(why(rig, "Ada").tier()).isEqualTo(Why.NOT_NEAR);
        }
    }

    @Test
    void shouldShowEverythingAfreshToWhoComesBack() {
        GatewayRig rig = start(EdgeConfig.standard());
        LiveReplica before = new LiveReplica();
        LiveReplica after = new LiveReplica();
        String resume;
        try (HorizonClient ada =
                HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), before)) {
            near(rig, "Ada");
            rig.until("it shows", () -> shown(before) == Tier.CLOSE);
            resume = ada.welcome().resume();
            ada.cut();
        }
        rig.until("it is let go", () -> rig.node.subscriptions.contains("-" + CLOSE));
        try (HorizonClient ada = HorizonClient.resume(rig.server, "Ada", resume, after)) {
            assertThat(ada.await("session", "focus", Duration.ofSeconds(10))).isNotNull();
            rig.until(
                    "it subscribes again",
                    () ->
                            rig.node.subscriptions.lastIndexOf("+" + CLOSE)
                                    > rig.node.subscriptions.lastIndexOf("-" + CLOSE));
            rig.node.frame(GatewayRig.CLOSE, 5, true, 8);
            rig.until("it shows again", () -> shown(after) == Tier.CLOSE);
            assertThat(after.faults()).isZero();
        }
    }
}
