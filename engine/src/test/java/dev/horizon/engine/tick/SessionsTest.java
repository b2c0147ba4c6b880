package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final List<String> seen = new ArrayList<>();

    /** Gives a ship with a passenger to who has none, and notes comings and goings. */
    private final Plugin ships =
            r -> {
                r.events()
                        .on(
                                PlayerConnected.class,
                                (e, c) -> {
                                    seen.add(
                                            "connected "
                                                    + e.player().name()
                                                    + (e.resumed() ? " again" : ""));
                                    EntityId[] ship = new EntityId[1];
                                    c.world()
                                            .forEach(
                                                    Owner.class,
                                                    id -> {
                                                        if (c.world()
                                                                        .read(id, Owner.class)
                                                                        .playerId()
                                                                == e.player().id()) {
                                                            ship[0] = id;
                                                        }
                                                    });
                                    if (ship[0] == null) {
                                        ship[0] =
                                                c.world()
                                                        .create(
                                                                new Position(
                                                                        100 * e.player().id(),
                                                                        0,
                                                                        0),
                                                                new Motion(0, 0, 0, 0, 0, 0),
                                                                new Owner(e.player().id()));
                                        c.world().create(new Parent(ship[0], 1, 0, 0));
                                    }
                                    c.players().focus(e.player(), ship[0]);
                                });
                r.events()
                        .on(
                                PlayerDisconnected.class,
                                (e, c) ->
                                        seen.add(
                                                "disconnected "
                                                        + e.player().name()
                                                        + " "
                                                        + e.reason()
                                                        + " of "
                                                        + c.world().entities()));
            };

    @Test
    void shouldTakeAwayWhatAPlayerOwnsAndBringItBack() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            assertThat(rig.world.entities()).isEqualTo(3);

            rig.world.write(shipOf(rig, 5), new Position(77, 0, 0));
            rig.logout(5);
            rig.tick(2);
            assertThat(rig.world.entities()).isZero();
            assertThat(seen).containsExactly("connected Ada", "disconnected Ada LEFT of 3");

            rig.login(5, "Ada");
            rig.tick(1);
            assertThat(rig.world.entities()).isEqualTo(3);
            assertThat(rig.world.read(shipOf(rig, 5), Position.class))
                    .isEqualTo(new Position(77, 0, 0));
            assertThat(shipOf(rig, 5)).isEqualTo(EntityId.of(1, 2));
        }
    }

    @Test
    void shouldBringBackWhatAnEarlierNodeKept() {
        byte[] kept;
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.world.write(shipOf(rig, 5), new Position(77, 0, 0));
            rig.logout(5);
            rig.tick(1);
            kept = rig.profiles.get(5L);
        }
        try (Rig rig = new Rig(ships)) {
            // Another player's entities have taken the same ids by now.
            rig.login(6, "Eve");
            rig.tick(1);
            rig.login(5, 5, "Ada", false, kept);
            rig.tick(1);

            assertThat(rig.world.entities()).isEqualTo(6);
            assertThat(rig.world.read(shipOf(rig, 5), Position.class).x()).isEqualTo(77);
            assertThat(rig.world.read(shipOf(rig, 6), Position.class).x()).isEqualTo(600);
        }
    }

    @Test
    void shouldNotTakeALoginWithAnOlderProfileThanItsPlayerLeftBehind() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.logout(5);
            rig.tick(1);
            rig.profileTick = 1;
            rig.login(5, "Ada");
            rig.tick(3);
            assertThat(rig.inputs).hasSize(1);
            assertThat(rig.loop.metrics().sessions()).isZero();
            rig.profileTick = 2;
            rig.tick(1);
            assertThat(rig.inputs).isEmpty();
            assertThat(rig.loop.metrics().sessions()).isEqualTo(1);
        }
    }

    @Test
    void shouldLetInInTheEndWhoseProfileWasNeverStored() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.logout(5);
            rig.tick(1);
            rig.login(5, 5, "Ada", false, new byte[0]);
            rig.login(6, "Eve");
            rig.tick(190);
            assertThat(rig.loop.metrics().sessions()).isZero();
            rig.tick(20);
            assertThat(rig.loop.metrics().sessions()).isEqualTo(2);
        }
    }

    @Test
    void shouldReplaceTheFirstSessionByTheSecondLogin() {
        try (Rig rig = new Rig(ships)) {
            rig.login(1, 5, "Ada", false, new byte[0]);
            rig.tick(1);
            rig.login(2, 5, "Ada", false, new byte[0]);
            rig.logout(1);
            rig.tick(1);

            assertThat(rig.events())
                    .containsExactly("welcome 1", "refused 1 HZ-SES-002 closes", "welcome 2");
            assertThat(seen)
                    .containsExactly(
                            "connected Ada", "disconnected Ada REPLACED of 3", "connected Ada");
            assertThat(rig.loop.metrics().sessions()).isEqualTo(1);
            assertThat(rig.world.entities()).isEqualTo(3);
            assertThat(rig.profiles).isEmpty();
            assertThat(rig.loop.metrics().count(Counter.SESSIONS_REPLACED)).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnWhenAConnectionComesBack() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.login(5, 5, "Ada", true, new byte[0]);
            rig.tick(1);

            assertThat(seen).containsExactly("connected Ada", "connected Ada again");
            assertThat(rig.events()).containsExactly("welcome 5", "welcome 5");
            assertThat(rig.loop.metrics().count(Counter.LOGINS)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepADamagedProfileAndSaySo() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, 5, "Ada", false, new byte[] {1, 3, 0, 9, 9});
            rig.tick(1);
            rig.logout(5);
            rig.tick(1);

            assertThat(rig.events()).containsExactly("refused 5 HZ-SES-006", "welcome 5");
            assertThat(rig.profiles).isEmpty();
            assertThat(rig.loop.metrics().count(Counter.PROFILES_DAMAGED)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseLoginsThatNoSessionCanBe() {
        TickConfig few =
                new TickConfig(
                        20, 100, 65536, 40, 4096, 4096, 4096, 10, 10, 0, 30, 5, 1024, 1, null);
        try (Rig rig = new Rig(few, 1, ships)) {
            rig.login(1, 1, " ", false, new byte[0]);
            rig.login(2, 2, "x".repeat(65), false, new byte[0]);
            rig.login(3, 0, "Nobody", false, new byte[0]);
            rig.login(4, "Ada");
            rig.login(5, "Eve");
            rig.tick(1);

            assertThat(rig.events())
                    .containsExactly(
                            "refused 1 HZ-SES-003 closes",
                            "refused 2 HZ-SES-003 closes",
                            "refused 3 HZ-SES-003 closes",
                            "welcome 4",
                            "refused 5 HZ-SES-003 closes");
            assertThat(rig.loop.metrics().count(Counter.LOGINS_REFUSED)).isEqualTo(4);
        }
    }

    @Test
    void shouldEndASessionThatAPluginEnds() {
        Plugin bouncer =
                r ->
                        r.events()
                                .on(
                                        PlayerConnected.class,
                                        (e, c) ->
                                                c.players()
                                                        .disconnect(e.player(), "NO", "not today"));
        try (Rig rig = new Rig(ships, bouncer)) {
            rig.login(5, "Ada");
            rig.login(6, "Eve");
            rig.tick(1);

            assertThat(rig.events())
                    .containsExactly(
                            "welcome 5", "welcome 6", "refused 5 NO closes", "refused 6 NO closes");
            assertThat(rig.loop.metrics().sessions()).isZero();
        }
    }

    @Test
    void shouldSurviveAPluginThatRemovesASessionsEntity() {
        Plugin vandal =
                r ->
                        r.events()
                                .on(
                                        PlayerConnected.class,
                                        (e, c) -> c.world().destroy(e.player().entity()));
        try (Rig rig = new Rig(vandal)) {
            rig.login(5, "Ada");
            rig.tick(2);

            assertThat(rig.events()).containsExactly("welcome 5", "refused 5 HZ-SES-005 closes");
            assertThat(rig.loop.metrics().sessions()).isZero();
        }
    }

    @Test
    void shouldKeepProfilesByTurnsWhilePlayersPlay() {
        try (Rig rig = new Rig(ships)) {
            for (int i = 1; i <= 10; i++) {
                rig.login(i, "Player" + i);
            }
            List<Integer> kept = new ArrayList<>();
            int once = 30 * 20;
            for (int i = 0; i < once; i++) {
                rig.tick(1);
                kept.add(rig.profiles.size());
            }

            assertThat(kept.getLast()).isEqualTo(10);
            for (int i = 1; i < kept.size(); i++) {
                assertThat(kept.get(i) - kept.get(i - 1)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void shouldSetFreeWhatOthersOwnInALeavingShip() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.login(6, "Eve");
            rig.tick(1);
            EntityId guest = shipOf(rig, 6);
            rig.world.write(guest, new Parent(shipOf(rig, 5), 0, 0, 0));
            rig.tick(1);
            rig.logout(5);
            rig.tick(1);

            assertThat(rig.world.exists(guest)).isTrue();
            assertThat(rig.world.read(guest, Parent.class)).isNull();
        }
    }

    @Test
    void shouldFindItsSessionsAgainInARestoredWorld() {
        try (Rig rig = new Rig(ships)) {
            rig.login(6, "Eve");
            rig.login(5, "Ada");
            rig.tick(1);
            TickLoop next =
                    TickLoop.of(rig.world, rig.schedule, rig.plugins.events())
                            .tickLog(new MemoryTickLog())
                            .firstTick(2)
                            .clock(rig.clock)
                            .build();

            assertThat(next.sessions().all())
                    .extracting(player -> player.name())
                    .containsExactly("Eve", "Ada");
            assertThat(next.sessions().focus(next.sessions().named("Ada")))
                    .isEqualTo(shipOf(rig, 5));
        }
    }

    @Test
    void shouldTakeAResumeTicketOnceWhicheverGatewayBringsIt() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.resume(5, "Ada", 2, 99);
            rig.resume(5, "Ada", 3, 99);
            rig.resume(6, "Eve", 3, 99);
            rig.tick(1);
            assertThat(rig.events())
                    .containsExactly(
                            "welcome 5",
                            "welcome 5",
                            "refused 5 HZ-GW-017 closes",
                            "refused 6 HZ-GW-017 closes");
            SessionState state = state(rig, "Ada");
            assertThat(state.gatewayId()).isEqualTo(2);
            assertThat(state.resumeNonce()).isEqualTo(100);

            rig.resume(5, "Ada", 1, 100);
            rig.tick(1);
            assertThat(state(rig, "Ada").gatewayId()).isEqualTo(1);

            rig.gatewayLost(1);
            rig.login(5, 5, "Ada", 3, 1, 101, new byte[0]);
            rig.tick(1);
            assertThat(state(rig, "Ada").lostAtTick()).isZero();
            assertThat(state(rig, "Ada").resumeNonce()).as("no ticket was used").isEqualTo(101);
            assertThat(seen)
                    .containsExactly("connected Ada", "connected Ada again", "connected Ada again");
        }
    }

    @Test
    void shouldKeepSessionsOfALostGatewayForTheirGrace() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, "Ada");
            rig.login(6, 6, "Eve", 0, 2, 99, new byte[0]);
            rig.login(7, "Bob");
            rig.tick(1);
            rig.gatewayLost(1);
            rig.tick(20 * 20);
            rig.resume(7, "Bob", 2, 99);
            rig.tick(1);
            assertThat(rig.loop.sessions().size()).isEqualTo(3);
            assertThat(state(rig, "Bob").lostAtTick()).isZero();

            rig.tick(11 * 20);
            assertThat(rig.loop.sessions().all())
                    .extracting(player -> player.name())
                    .containsExactly("Eve", "Bob");
            assertThat(seen).last().isEqualTo("disconnected Ada CONNECTION_LOST of 9");
            assertThat(rig.profiles).containsKey(5L);
        }
    }

    @Test
    void shouldLetNobodyInWhoseProfileCantBeRead() {
        try (Rig rig = new Rig(ships)) {
            rig.login(5, 5, "Ada", 2, 1, 99, new byte[0]);
            rig.tick(1);
            assertThat(rig.events()).containsExactly("refused 5 HZ-GW-040 closes");
            assertThat(rig.loop.sessions().size()).isZero();
        }
    }

    private static SessionState state(Rig rig, String name) {
        return rig.world.read(rig.loop.sessions().named(name).entity(), SessionState.class);
    }

    private static EntityId shipOf(Rig rig, long player) {
        EntityId[] found = new EntityId[1];
        rig.world.forEach(
                Owner.class,
                id -> {
                    if (rig.world.read(id, Owner.class).playerId() == player) {
                        found[0] = id;
                    }
                });
        return found[0];
    }
}
