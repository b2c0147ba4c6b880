package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CostSurveyTest {
    private static final Region REGION = new Region(1, "sol", 1, 0, 0, 0, 100, 100, 100);
    private static final long ADA = 5;

    /** Keeps what stands still. */
    private final Plugin tethered =
            registrar ->
                    registrar.tether((lookup, location) ->
                            lookup.column(dev.horizon.engine.world.MotionColumn.TYPE, location)
                                    == null);

    private final TestEncoder encoder = new TestEncoder();
    private final Rig rig = new Rig(TickConfig.standard(), 1, encoder, tethered);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldCountRowsAndWhoIsToldOfThemAndPlayers() {
        EntityId drifting = ship(10);
        EntityId watched = ship(20);
        EntityId crewed = ship(30);
        EntityId crew = rig.world.create(new Parent(crewed, 1, 0, 0));
        rig.world.create(new Parent(crew, 1, 0, 0));
        EntityId played = ship(40);
        rig.login(ADA, "ada");
        rig.tick(1);
        rig.loop.sessions().focus(rig.loop.sessions().find(ADA), played);
        encoder.told.put(watched.value(), 0b0101);
        RegionCosts costs = ask();
        assertThat(costs.count()).isEqualTo(4);
        assertThat(nanos(costs, 10)).isEqualTo(CostSurvey.ROW_NANOS);
        assertThat(nanos(costs, 20))
                .isEqualTo(
                        CostSurvey.ROW_NANOS + CostSurvey.TOLD_NANOS[0] + CostSurvey.TOLD_NANOS[2]);
        assertThat(nanos(costs, 30)).as("with its crew").isEqualTo(3 * CostSurvey.ROW_NANOS);
        assertThat(nanos(costs, 40)).isEqualTo(CostSurvey.ROW_NANOS + CostSurvey.PLAYER_NANOS);
        assertThat(rig.world.exists(drifting)).isTrue();
    }

    @Test
    void shouldTellWhatIsHeldApartAndLeaveOutWhatIsElsewhere() {
        ship(10);
        ship(150);
        rig.world.create(new Position(50, 50, 50));
        rig.world.create(new Position(-50, 50, 50));
        rig.world.create(new Owner(ADA));
        RegionCosts costs = ask();
        assertThat(costs.count()).isEqualTo(1);
        assertThat(costs.held()).isEqualTo(1);
        assertThat(costs.heldNanos()).isEqualTo(CostSurvey.ROW_NANOS);
        assertThat(costs.totalNanos()).isEqualTo(2 * CostSurvey.ROW_NANOS);
    }

    @Test
    void shouldSayWhomABorderHasSeen() {
        rig.world.create(
                new Position(20, 50, 50),
                new Motion(0, 0, 0, 0, 0, 0),
                new Size(SizeClass.CRAFT, 1));
        rig.world.create(new Position(10, 50, 50), new Size(SizeClass.CRAFT, 1));
        ship(60);
        BorderCosts border = ask().across(0);
        assertThat(border.ghosts(20 + 1_001)).as("of none that is near").isZero();
        assertThat(border.ghosts(20 + 999)).as("of the ship with a size").isEqualTo(1);
        assertThat(border.ghosts(20 - 999)).as("and of what is held above").isEqualTo(2);
        assertThat(border.ghosts(10 - 5_000)).as("of what is held above").isEqualTo(1);
    }

    @Test
    void shouldLookAtSomeRowsInEachTick() {
        for (int i = 0; i < 10_000; i++) {
            ship(50);
        }
        rig.tick(1);
        CompletableFuture<RegionCosts> answer = rig.loop.inspector().costs(REGION);
        rig.tick(2);
        assertThat(answer).isNotDone();
        rig.tick(1);
        assertThat(answer.join().count()).isEqualTo(10_000);
    }

    @Test
    void shouldRefuseWhatItHasNoRoomForAndFailWhatWaitsAtTheEnd() {
        CompletableFuture<RegionCosts> first = rig.loop.inspector().costs(REGION);
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                rig.loop.inspector().costs(REGION);
                            }
                        })
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-QRY-002"));
        rig.loop.close();
        assertThat(first).isCompletedExceptionally();
        assertThatThrownBy(() -> rig.loop.inspector().costs(REGION))
                .hasMessageContaining("stopping");
    }

    private EntityId ship(double x) {
        return rig.world.create(new Position(x, 50, 50), new Motion(0, 0, 0, 0, 0, 0));
    }

    private RegionCosts ask() {
        CompletableFuture<RegionCosts> answer = rig.loop.inspector().costs(REGION);
        rig.tick(1);
        return answer.join();
    }

    private static double nanos(RegionCosts costs, double x) {
        for (int i = 0; i < costs.count(); i++) {
            if (costs.place(0, i) == x) {
                return costs.nanos(i);
            }
        }
        throw new AssertionError("nothing at " + x);
    }
}
