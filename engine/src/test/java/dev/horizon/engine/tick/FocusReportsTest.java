package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FocusReportsTest {
    /** Looked at twice a tick second, so that a tick or two decide; the place tells nothing. */
    private static final TickConfig RARELY =
            new TickConfig(
                    20, 100, 65536, 40, 65536, 65536, 65536, 10, 2, 0, 30, 5, 1024, 100, null);

    private static final int LOOK_TICKS = 10;

    private EntityId ship = EntityId.NONE;

    /** Gives a ship; what is at x sees x metres far, and nothing limits what is at 0. */
    private final Plugin ships =
            r -> {
                r.sight(FocusReportsTest::sees);
                r.events()
                        .on(
                                PlayerConnected.class,
                                (e, c) -> {
                                    if (!e.resumed()) {
                                        ship = c.world().create(new Position(0, 0, 0));
                                        c.players().focus(e.player(), ship);
                                    }
                                });
            };

    private static double sees(Lookup lookup, long location) {
        PositionColumn places = lookup.column(PositionColumn.TYPE, location);
        double z = places == null ? 0 : places.z[Lookup.row(location)];
        return z == 0 ? Double.POSITIVE_INFINITY : z;
    }

    @Test
    void shouldTellFocusOnceWhileOnlyThePlaceMoves() {
        try (Rig rig = new Rig(RARELY, 1, ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            assertThat(rig.focuses()).containsExactly("focus 5 at 0.0 seq 0");

            for (int i = 1; i <= 100; i++) {
                rig.world.write(ship, new Position(40 * i, 0, 0));
                rig.tick(1);
            }
            assertThat(rig.focuses()).hasSize(1);
        }
    }

    @Test
    void shouldTellFocusInTheTickAfterItWasSetAndWhenItIsResumed() {
        try (Rig rig = new Rig(RARELY, 1, ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            EntityId other = rig.world.create(new Position(7, 0, 0));
            rig.world.apply();
            rig.loop.sessions().focus(rig.loop.sessions().named("Ada"), other);
            rig.tick(1);
            assertThat(rig.focuses()).hasSize(2).last().isEqualTo("focus 5 at 7.0 seq 0");

            rig.login(5, 5, "Ada", true, new byte[0]);
            rig.tick(1);
            assertThat(rig.focuses()).hasSize(3).last().isEqualTo("focus 5 at 7.0 seq 0");
        }
    }

    @Test
    void shouldTellJumpsAndChangesOfSensorsWithinALook() {
        try (Rig rig = new Rig(RARELY, 1, ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.world.write(ship, new Position(5_000, 0, 0));
            rig.tick(LOOK_TICKS);
            assertThat(rig.focuses()).hasSize(2).last().isEqualTo("focus 5 at 5000.0 seq 0");

            rig.world.write(ship, new Position(5_000, 0, 250));
            rig.tick(LOOK_TICKS);
            assertThat(rig.focuses())
                    .hasSize(3)
                    .last()
                    .isEqualTo("focus 5 at 5000.0 seq 0 sees 250.0");
        }
    }

    @Test
    void shouldKeepTheFocusListInTheWorldAndLeaveOutWhatHasEnded() {
        try (Rig rig = new Rig(RARELY, 1, ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            EntityId target = rig.world.create(new Position(7, 0, 0));
            EntityId station = rig.world.create(new Position(8, 0, 0));
            rig.world.apply();
            Sessions sessions = rig.loop.sessions();
            sessions.focusList(sessions.named("Ada"), List.of(target, station));
            rig.tick(1);
            assertThat(rig.focuses())
                    .last()
                    .isEqualTo("focus 5 at 0.0 seq 0 + " + target + " + " + station);

            rig.world.destroy(target);
            rig.tick(LOOK_TICKS);
            assertThat(rig.focuses()).hasSize(3);
            assertThat(rig.focuses()).last().isEqualTo("focus 5 at 0.0 seq 0 + " + station);
            EntityId state = sessions.named("Ada").entity();
            assertThat(rig.world.read(state, SessionState.class).focusList())
                    .hasSize(16)
                    .startsWith(station, EntityId.NONE);
        }
    }

    @Test
    void shouldRefuseAFocusListThatIsTooLong() {
        try (Rig rig = new Rig(RARELY, 1, ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            Sessions sessions = rig.loop.sessions();
            assertThatThrownBy(() ->
                            sessions.focusList(
                                    sessions.named("Ada"), Collections.nCopies(17, ship)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16");
        }
    }
}
