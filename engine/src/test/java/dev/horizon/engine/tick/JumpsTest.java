package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.JumpRefused;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
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

/** Two star systems of a world each, and a test that is the coordinator. */
class JumpsTest {
    private static final long HERE = 100;
    private static final long THERE = 200;
    private static final long ADA = 5;
    private static final Motion DRIFTING = new Motion(9, 0, 0, 0, 0, 0);

    private final Told toldHere = new Told();
    private final Told toldThere = new Told();
    private final List<String> heard = new ArrayList<>();
    private final Plugin listener = this::listen;
    private final Rig here = new Rig(TickConfig.standard(), 1, listener);
    private final Rig there = new Rig(TickConfig.standard(), 2, listener);
    private EntityId kept = EntityId.NONE;

    private void listen(Registrar registrar) {
        var events = registrar.events();
        events.on(
                EntityLeaving.class,
                (event, context) -> {
                    if (event.entity().equals(kept)) {
                        context.refuse("TEST-1", "it is bolted down");
                    }
                });
        events.on(EntityArrived.class, (event, context) -> heard.add(event.entity() + " comes"));
        events.on(
                JumpRefused.class,
                (event, context) -> heard.add(event.entity() + " stays: " + event.code()));
        events.on(
                PlayerConnected.class,
                (event, context) -> {
                    EntityId ship =
                            context.world()
                                    .create(
                                            new Position(50, 0, 0),
                                            DRIFTING,
                                            new Owner(event.player().id()));
                    context.players().focus(event.player(), ship);
                });
    }

    @BeforeEach
    void listenToBoth() {
        here.transfers = toldHere;
        there.transfers = toldThere;
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void shouldAskForThePlaceOnceItIsRecordedAndAgain() {
        here.tick(3);
        here.log.isRecording = false;
        EntityId ship = ship(here, vega());
        here.tick(2);
        assertThat(toldHere.words).isEmpty();
        here.log.isRecording = true;
        here.tick(1);
        String asked = ship + " since " + since(ship) + " to vega at 1000.0";
        assertThat(toldHere.words).containsExactly(asked);
        here.tick(10);
        assertThat(toldHere.words).hasSize(2).containsOnly(asked);
    }

    @Test
    void shouldBeAtThePlaceWithAllThatRidesInIt() {
        EntityId ship = ship(here, vega().moving(1, 2, 3));
        EntityId crew = here.world.create(new Parent(ship, 1, 2, 3));
        here.tick(2);
        release(ship, since(ship));
        bring();
        assertThat(there.world.read(ship, Position.class)).isEqualTo(new Position(1_000, 0, 0));
        assertThat(there.world.read(ship, Motion.class)).isEqualTo(new Motion(1, 2, 3, 0, 0, 0));
        assertThat(there.world.read(ship, Jump.class)).isNull();
        assertThat(there.world.read(crew, Parent.class)).isEqualTo(new Parent(ship, 1, 2, 3));
        assertThat(here.world.entities()).isZero();
        assertThat(heard).containsExactly(ship + " comes");
    }

    @Test
    void shouldJumpTogetherWithSessionsInOneParcel() {
        here.login(ADA, "ada");
        here.tick(1);
        EntityId wing = here.loop.sessions().focus(ada(here));
        EntityId flag = ship(here, vega());
        here.world.write(wing, Jump.to("vega", 1_000, 300, 0).with(flag));
        here.tick(2);
        here.received.clear();
        release(flag, since(flag));
        assertThat(here.events()).as("her gateway is asked").containsExactly("handover 5 to 200");
        here.follows(ADA, THERE, true);
        here.tick(1);
        assertThat(here.world.entities()).isZero();
        assertThat(toldHere.parcels).hasSize(1);
        bring();
        assertThat(there.world.read(flag, Position.class)).isEqualTo(new Position(1_000, 0, 0));
        assertThat(there.world.read(wing, Position.class)).isEqualTo(new Position(1_000, 300, 0));
        assertThat(there.loop.sessions().focus(ada(there))).isEqualTo(wing);
        assertThat(heard).containsExactly(flag + " comes", wing + " comes");
    }

    @Test
    void shouldAllStayWhenTheGatewayOfOneDoesNotFollow() {
        here.login(ADA, "ada");
        here.tick(1);
        EntityId wing = here.loop.sessions().focus(ada(here));
        EntityId flag = ship(here, vega());
        here.world.write(wing, vega().with(flag));
        here.tick(2);
        release(flag, since(flag));
        here.follows(ADA, THERE, false);
        here.tick(1);
        assertThat(heard)
                .containsExactly(flag + " stays: HZ-MESH-025", wing + " stays: HZ-MESH-025");
        assertThat(here.world.read(flag, Jump.class)).isNull();
        assertThat(here.world.read(wing, Jump.class)).isNull();
        assertThat(here.loop.sessions().size()).isEqualTo(1);
    }

    @Test
    void shouldAllStayWhenAPluginKeepsOne() {
        EntityId flag = ship(here, vega());
        kept = ship(here, vega().with(flag));
        here.tick(2);
        release(flag, since(flag));
        assertThat(toldHere.parcels).isEmpty();
        assertThat(toldHere.words).contains("1 keeps " + flag + ": TEST-1 it is bolted down");
        assertThat(heard).containsExactly(flag + " stays: TEST-1", kept + " stays: TEST-1");
    }

    @Test
    void shouldStayWhereTheCoordinatorRefuses() {
        EntityId ship = ship(here, vega());
        here.tick(2);
        long since = since(ship);
        here.loop.transfers().refuseJump(ship.value(), since, "HZ-MESH-035", "nobody owns it");
        here.tick(1);
        assertThat(heard).containsExactly(ship + " stays: HZ-MESH-035");
        here.world.write(ship, vega());
        here.tick(2);
        here.loop.transfers().refuseJump(ship.value(), since, "HZ-MESH-035", "of before");
        here.tick(1);
        assertThat(here.world.read(ship, Jump.class)).isNotNull();
    }

    @Test
    void shouldNotLeaveForAJumpThatItNoLongerWantsNorOtherwiseWhileItWantsOne() {
        EntityId ship = ship(here, vega());
        here.tick(2);
        long since = since(ship);
        release(1, ship, 0);
        release(2, ship, since + 7);
        here.world.remove(ship, Jump.class);
        here.tick(1);
        release(3, ship, since);
        assertThat(toldHere.parcels).isEmpty();
        assertThat(toldHere.words).contains("1 OTHERWISE", "2 OTHERWISE", "3 OTHERWISE");
        assertThat(here.world.exists(ship)).isTrue();
    }

    @Test
    void shouldGiveUpWhenNobodySaysAnything() {
        EntityId ship = ship(here, vega());
        here.tick(2);
        long last = since(ship) + 20 * Jumps.PATIENCE_SECONDS;
        here.tick((int) (last - here.loop.tick()));
        assertThat(heard).isEmpty();
        here.tick(1);
        assertThat(heard).containsExactly(ship + " stays: HZ-MESH-036");
    }

    @Test
    void shouldStayWhenWhatItGoesWithDoesNotJump() {
        EntityId other = ship(here, vega());
        here.world.remove(other, Jump.class);
        EntityId ship = ship(here, vega().with(other));
        here.tick(2);
        assertThat(heard).containsExactly(ship + " stays: HZ-MESH-037");
    }

    @Test
    void shouldBeBackWhereItWasWhenItDoesNotFit() {
        EntityId ship = ship(here, vega());
        here.tick(2);
        UnsafeBuffer image = new UnsafeBuffer(new byte[1024]);
        int length = EntityImage.write(here.world, ship, image, 0);
        EntityImage.createKeepingIds(there.world, image, 0, length);
        release(ship, since(ship));
        bring();
        here.loop.transfers().bring(toldThere.parcels.getFirst());
        here.tick(1);
        assertThat(here.world.read(ship, Position.class)).isEqualTo(new Position(50, 0, 0));
        assertThat(here.world.read(ship, Jump.class)).isNull();
        assertThat(heard).containsSubsequence(ship + " comes", ship + " stays: HZ-MESH-026");
    }

    private long since(EntityId ship) {
        return Objects.requireNonNull(here.world.read(ship, Jump.class)).since();
    }

    private static Jump vega() {
        return Jump.to("vega", 1_000, 0, 0);
    }

    private static EntityId ship(Rig rig, Jump jump) {
        return rig.world.create(new Position(50, 0, 0), DRIFTING, jump);
    }

    private static dev.horizon.engine.events.Player ada(Rig rig) {
        return Objects.requireNonNull(rig.loop.sessions().find(ADA));
    }

    private void release(EntityId entity, long jump) {
        release(1, entity, jump);
    }

    private void release(long transfer, EntityId entity, long jump) {
        assertThat(here.loop.transfers().release(transfer, 1, entity.value(), HERE, THERE, jump))
                .isTrue();
        here.tick(1);
    }

    private void bring() {
        assertThat(there.loop.transfers().bring(toldHere.parcels.getLast())).isTrue();
        there.tick(1);
    }
}
