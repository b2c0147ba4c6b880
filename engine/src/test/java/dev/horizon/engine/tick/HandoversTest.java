package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A player whose ship goes from one node to another, and a test that is their gateway. */
class HandoversTest {
    private static final long HERE = 100;
    private static final long THERE = 200;
    private static final long ADA = 5;

    private final Told toldHere = new Told();
    private final Told toldThere = new Told();
    private final List<String> read = new ArrayList<>();
    private final Plugin ships =
            registrar -> {
                registrar
                        .events()
                        .on(
                                PlayerConnected.class,
                                (event, context) -> {
                                    if (!event.resumed()) {
                                        Owner owner = new Owner(event.player().id());
                                        EntityId ship =
                                                context.world()
                                                        .create(
                                                                new Position(7, 8, 9),
                                                                new Motion(0, 0, 0, 0, 0, 0),
                                                                owner);
                                        context.world().create(new Parent(ship, 1, 0, 0));
                                        context.players().focus(event.player(), ship);
                                        context.players()
                                                .metadata(event.player(), "rank", "captain");
                                    }
                                });
                registrar
                        .events()
                        .on(
                                dev.horizon.engine.events.RawClientMessage.class,
                                (message, context) -> {
                                    read.add(message.event());
                                });
            };
    private final Rig here = new Rig(TickConfig.standard(), 1, ships);
    private final Rig there = new Rig(TickConfig.standard(), 2, ships);
    private EntityId ship;

    @BeforeEach
    void start() {
        here.transfers = toldHere;
        there.transfers = toldThere;
        here.login(ADA, "ada");
        here.tick(1);
        ship = here.loop.sessions().focus(ada(here));
        here.received.clear();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void shouldAskTheGatewayAndGoWithTheShipAndAllThatIsBoundToThePlayer() {
        EntityId other = here.world.create(new Position(1, 1, 1), new Owner(ADA));
        here.raw(ADA, 1, "a", "first", "{}");
        here.tick(1);
        release();
        here.tick(3);
        assertThat(here.events()).containsExactly("handover 5 to 200");
        assertThat(here.world.exists(ship)).as("it waits for the gateway").isTrue();

        here.follows(ADA, THERE, true);
        here.raw(ADA, 2, "a", "second", "{}");
        here.tick(1);
        here.raw(ADA, 3, "a", "too late", "{}");
        here.tick(1);
        assertThat(here.events()).containsExactly("handover 5 to 200", "handover 5 to 200 gone");
        assertThat(read).containsExactly("first", "second");
        assertThat(here.loop.sessions().size()).isZero();
        assertThat(here.world.exists(ship)).isFalse();
        assertThat(here.world.exists(other)).as("what has a place of its own stays").isTrue();
        assertThat(here.world.entities()).isEqualTo(1);

        bring();
        assertThat(there.world.read(ship, Position.class)).isEqualTo(new Position(7, 8, 9));
        assertThat(there.events()).containsExactly("welcome 5");
        assertThat(there.focuses()).containsExactly("focus 5 at 7.0 seq 2");
        assertThat(there.loop.sessions().metadata(ada(there), "rank")).isEqualTo("captain");
        there.raw(ADA, 2, "a", "again", "{}");
        there.raw(ADA, 3, "a", "third", "{}");
        there.tick(1);
        assertThat(read).containsExactly("first", "second", "third");
    }

    @Test
    void shouldStayWhenTheGatewayDoesNotFollow() {
        release();
        here.tick(1);
        here.follows(ADA, THERE, false);
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 PLAYED");
        assertThat(here.loop.sessions().size()).isEqualTo(1);
    }

    @Test
    void shouldStayWhenTheGatewaySaysNothingOrSpeaksOfAnotherNode() {
        release();
        here.tick(1);
        here.follows(ADA, THERE + 1, true);
        here.tick(61);
        assertThat(toldHere.words).containsExactly("1 PLAYED");
        assertThat(here.world.exists(ship)).isTrue();
    }

    @Test
    void shouldGoAtOnceWhenTheGatewayIsGone() {
        here.gatewayLost(1);
        release();
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 RELEASED");
        bring();
        there.resume(ADA, "ada", 9, 99);
        there.tick(1);
        assertThat(there.events()).containsExactly("welcome 5", "welcome 5");
    }

    @Test
    void shouldEndASessionThatItsGatewayDoesNotTakeUp() {
        go();
        bring();
        there.tick(31 * 20);
        assertThat(there.loop.sessions().size()).isZero();
        assertThat(there.profiles).containsKey(ADA);
        assertThat(there.world.exists(ship)).isFalse();
    }

    @Test
    void shouldKeepASessionThatItsGatewayTakesUp() {
        go();
        bring();
        there.login(ADA, ADA, "ada", 3, 1, 99, new byte[0]);
        there.tick(31 * 20);
        assertThat(there.loop.sessions().size()).isEqualTo(1);
    }

    @Test
    void shouldSendOnWhoComesBackOrLogsInAnew() {
        go();
        here.received.clear();
        here.resume(ADA, "ada", 9, 99);
        here.login(77, ADA, "ada", false, here.profiles.get(ADA));
        here.tick(1);
        assertThat(here.events())
                .containsExactly("handover 5 to 200 gone", "refused 77 HZ-SES-008 closes");
        bring();
        here.received.clear();
        here.loop.transfers().settle(THERE, 1, List.of());
        here.tick(1);
        here.resume(ADA, "ada", 9, 99);
        here.login(77, ADA, "ada", false, here.profiles.get(ADA));
        here.tick(1);
        assertThat(here.events())
                .containsExactly("refused 5 HZ-GW-017 closes", "handover 77 to 200 gone");
        assertThat(here.loop.sessions().size()).isZero();
    }

    @Test
    void shouldSendWhoOwnsNothingToWhereTheyAreToBegin() {
        here.login(77, 6, "bob", 0, 1, 99, THERE, new byte[0]);
        here.tick(1);
        assertThat(here.events()).containsExactly("handover 77 to 200 gone");
        assertThat(here.loop.sessions().size()).as("ada's alone").isEqualTo(1);

        here.received.clear();
        here.login(78, 6, "bob", 0, 1, 99, THERE + 1, here.profiles.get(6L));
        here.tick(1);
        assertThat(here.events())
                .as("that is where they are, wherever others begin now")
                .containsExactly("handover 78 to 200 gone");
    }

    @Test
    void shouldLetBeginHereWhoIsHereOrOwnsSomething() {
        here.login(77, ADA, "ada", 0, 1, 99, THERE, new byte[0]);
        here.tick(1);
        assertThat(here.events()).containsExactly("refused 5 HZ-SES-002 closes", "welcome 77");
        here.logout(77);
        here.tick(2);
        here.received.clear();
        here.login(78, ADA, "ada", 0, 1, 99, THERE, here.profiles.get(ADA));
        here.tick(1);
        assertThat(here.events()).containsExactly("welcome 78");
        assertThat(here.world.exists(ship)).isTrue();
    }

    @Test
    void shouldBeBackWithTheirShipWhenItIsReturned() {
        UnsafeBuffer image = new UnsafeBuffer(new byte[1024]);
        go();
        here.received.clear();
        // Something there has the ship's id: it can't be by rights, and must not be lost.
        dev.horizon.engine.storage.WorldState blocked = there.world;
        EntityId squatter = EntityId.of(1, new EntityId(ship.value()).counter());
        try (Rig third = new Rig(TickConfig.standard(), 1)) {
            EntityId made = EntityId.NONE;
            while (!made.equals(squatter)) {
                made = third.world.create(new Position(0, 0, 0));
            }
            third.tick(1);
            int length = dev.horizon.engine.storage.EntityImage.write(third.world, made, image, 0);
            dev.horizon.engine.storage.EntityImage.createKeepingIds(blocked, image, 0, length);
        }
        bring();
        assertThat(there.loop.sessions().size()).isZero();
        here.loop.transfers().bring(toldThere.parcels.getFirst());
        here.tick(1);
        assertThat(here.events()).containsExactly("welcome 5");
        assertThat(here.loop.sessions().focus(ada(here))).isEqualTo(ship);
        here.login(78, ADA, "ada", false, here.profiles.get(ADA));
        here.tick(1);
        assertThat(here.loop.sessions().size()).as("what they own is here").isEqualTo(1);
        assertThat(here.events()).contains("welcome 78");
    }

    @Test
    void shouldReplaceASessionThatThePlayerHasThere() {
        there.login(90, ADA, "ada", false, new byte[0]);
        there.tick(1);
        there.received.clear();
        go();
        bring();
        assertThat(there.events()).containsExactly("refused 90 HZ-SES-002 closes", "welcome 5");
        assertThat(there.loop.sessions().focus(ada(there))).isEqualTo(ship);
    }

    @Test
    void shouldRememberWhoWaitsAndWhoIsUnderway() {
        release();
        here.tick(1);
        Handovers known = here.loop.sessions().handovers();
        known.words.put(3L, new Handovers.Word(4, true));
        known.departed.put(8L, new Handovers.Departed(9, 12, 10, 11));
        byte[] part = LoopState.only(HandoverState.NAME, here.loop.state());
        int head = 1 + HandoverState.NAME.length() + Integer.BYTES;
        Handovers read = there.loop.sessions().handovers();
        new HandoverState(read).read(new UnsafeBuffer(part), head, part.length - head);
        assertThat(read.waiting).hasSize(1).isEqualTo(known.waiting);
        assertThat(read.words).isEqualTo(known.words);
        assertThat(read.departed).isEqualTo(known.departed);
    }

    @Test
    void shouldKnowWhoSeesFromAnEntityWhereverTheyAre() {
        EntityId other = here.world.create(new Position(1, 1, 1));
        here.tick(1);
        Sessions sessions = here.loop.sessions();
        assertThat(sessions.seeingFrom(ship)).containsExactly(ada(here));
        sessions.focus(ada(here), other);
        assertThat(sessions.seeingFrom(ship)).isEmpty();
        assertThat(sessions.seeingFrom(other)).containsExactly(ada(here));
        sessions.focus(ada(here), ship);
        go();
        bring();
        assertThat(sessions.seeingFrom(ship)).isEmpty();
        assertThat(there.loop.sessions().seeingFrom(ship)).containsExactly(ada(there));
        there.world.destroy(ada(there).entity());
        there.world.apply();
        assertThat(there.loop.sessions().seeingFrom(ship)).as("removed by a plugin").isEmpty();
    }

    private static dev.horizon.engine.events.Player ada(Rig rig) {
        return Objects.requireNonNull(rig.loop.sessions().find(ADA));
    }

    private void release() {
        assertThat(here.loop.transfers().release(1, 1, ship.value(), HERE, THERE, 0)).isTrue();
    }

    private void go() {
        release();
        here.tick(1);
        here.follows(ADA, THERE, true);
        here.tick(1);
    }

    private void bring() {
        assertThat(there.loop.transfers().bring(toldHere.parcels.getLast())).isTrue();
        there.tick(1);
    }
}
