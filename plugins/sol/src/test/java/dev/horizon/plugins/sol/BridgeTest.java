package dev.horizon.plugins.sol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.ecs.subsystems.ShipSystems;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.engine.tick.SessionState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Veil;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private final TestWorld world = Sol.of(40, 200, 3).build();
    private final FakePlayer ada = world.connect("Ada");

    @AfterEach
    void close() {
        world.close();
    }

    private static ShipEvents.Controls stick(
            float thrust, float yaw, boolean fire, EntityId target) {
        return new ShipEvents.Controls(thrust, 0, 0, 0, 0, yaw, fire, target);
    }

    private EntityId take(FakePlayer player) {
        player.send("ship", "take", new ShipEvents.TakeShip());
        world.tick(1);
        return player.received(ShipEvents.ShipTaken.class).getLast().ship();
    }

    private EntityId station() {
        List<EntityId> stations = new ArrayList<>();
        world.world().forEach(Bays.class, stations::add);
        return stations.getFirst();
    }

    @Test
    void shouldGiveAShipWithPartsToAPlayerWhoHasNone() {
        EntityId ship = take(ada);
        assertThat(Sol.read(world, ship, Owner.class).playerId()).isEqualTo(ada.player().id());
        assertThat(Sol.read(world, ship, Identity.class).name()).isEqualTo("Ada");
        assertThat(Sol.read(world, ship, Identity.class).faction()).isEqualTo(Faction.FREELANCE);
        assertThat(Sol.read(world, ship, ShipSystems.class).crew()).isEqualTo((byte) 4);
        ada.send("ship", "take", new ShipEvents.TakeShip());
        world.tick(1);
        assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-SHP-002");
    }

    @Test
    void shouldSpreadNewShipsAboutStations() {
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            places.add(Sol.read(world, take(world.connect("Pilot" + i)), Position.class));
        }
        List<Position> stations = new ArrayList<>();
        world.world().forEach(Bays.class, id -> stations.add(Sol.read(world, id, Position.class)));
        for (int i = 0; i < places.size(); i++) {
            Position place = places.get(i);
            double near = Double.MAX_VALUE;
            for (Position station : stations) {
                near = Math.min(near, metres(station, place));
            }
            assertThat(near).isBetween(900.0, 9_000.0);
            assertThat(places.subList(0, i)).noneMatch(other -> metres(other, place) < 50);
        }
    }

    private static double metres(Position one, Position other) {
        double dx = one.x() - other.x();
        double dy = one.y() - other.y();
        double dz = one.z() - other.z();
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    @Test
    void shouldFlyByTheStick() {
        EntityId ship = take(ada);
        Motion before = Sol.read(world, ship, Motion.class);
        ada.send("ship", "controls", stick(1, 0, false, EntityId.NONE));
        world.tick(40);
        Motion after = Sol.read(world, ship, Motion.class);
        // 2,700 kN on 60 t along +x for two seconds.
        assertThat(after.vx() - before.vx()).isCloseTo(90f, within(5f));
        ada.send("ship", "controls", stick(0, 0, false, EntityId.NONE));
        world.tick(2);
        assertThat(Sol.read(world, ship, Motion.class).ax()).isZero();
    }

    @Test
    void shouldRefuseWithoutAShipAndNonsenseWithOne() {
        ada.send("ship", "controls", stick(1, 0, false, EntityId.NONE));
        ada.send("ship", "undock", new ShipEvents.Undock());
        world.tick(1);
        assertThat(ada.refusals()).hasSize(2).allMatch(text -> text.startsWith("HZ-SHP-001"));
        ada.clear();
        EntityId ship = take(ada);
        ada.clear();
        ada.send("ship", "go-to", new ShipEvents.GoTo(1e300, 0, 0));
        ada.send("ship", "target", new ShipEvents.SelectTarget(EntityId.of(1, 999_999)));
        ada.send("ship", "dock", new ShipEvents.Dock(ship));
        ada.send("ship", "undock", new ShipEvents.Undock());
        ada.send("ship", "controls", stick(99, 0, false, EntityId.NONE));
        world.tick(1);
        assertThat(ada.refusals().stream().map(text -> text.substring(0, 10)).toList())
                .containsExactlyInAnyOrder(
                        "HZ-SHP-005", "HZ-SHP-006", "HZ-SHP-007", "HZ-SHP-008", "HZ-SHP-004");
        assertThat(Sol.read(world, ship, Controls.class)).isEqualTo(Controls.NEUTRAL);
    }

    @Test
    void shouldNeverMoveAnothersShip() {
        FakePlayer eve = world.connect("Eve");
        EntityId adas = take(ada);
        EntityId eves = take(eve);
        eve.send("ship", "controls", stick(1, 1, false, EntityId.NONE));
        eve.send("ship", "go-to", new ShipEvents.GoTo(1, 2, 3));
        world.tick(5);
        assertThat(Sol.read(world, adas, Controls.class)).isEqualTo(Controls.NEUTRAL);
        assertThat(Sol.read(world, adas, Orders.class).behaviour()).isEqualTo(Behaviour.MANUAL);
        assertThat(Sol.read(world, eves, Orders.class).behaviour()).isEqualTo(Behaviour.GO_TO);
    }

    @Test
    void shouldGoWhereItIsSentUntilThePilotTakesOver() {
        EntityId ship = take(ada);
        Position start = Sol.read(world, ship, Position.class);
        ada.send("ship", "go-to", new ShipEvents.GoTo(start.x() + 20_000, start.y(), start.z()));
        world.tick(200);
        assertThat(Sol.read(world, ship, Position.class).x()).isGreaterThan(start.x() + 500);
        ada.send("ship", "controls", stick(0, 0, false, EntityId.NONE));
        world.tick(2);
        assertThat(Sol.read(world, ship, Orders.class).behaviour()).isEqualTo(Behaviour.GO_TO);
        ada.send("ship", "controls", stick(0, 0.5f, false, EntityId.NONE));
        world.tick(2);
        assertThat(Sol.read(world, ship, Orders.class).behaviour()).isEqualTo(Behaviour.MANUAL);
    }

    @Test
    void shouldDockAndUndockAndSaySo() {
        EntityId ship = take(ada);
        EntityId station = station();
        ada.send("ship", "dock", new ShipEvents.Dock(station));
        for (int i = 0; i < 300 && ada.received(ShipEvents.Docked.class).isEmpty(); i++) {
            world.tick(20);
        }
        assertThat(ada.received(ShipEvents.Docked.class))
                .containsExactly(new ShipEvents.Docked(ship, station));
        assertThat(Sol.read(world, ship, Parent.class).id()).isEqualTo(station);
        ada.send("ship", "undock", new ShipEvents.Undock());
        world.tick(5);
        assertThat(ada.received(ShipEvents.Undocked.class)).hasSize(1);
        assertThat(Sol.read(world, ship, Docking.class).bay()).isEqualTo((byte) -1);
    }

    @Test
    void shouldShootOthersAndTellWhoLostAShip() {
        FakePlayer eve = world.connect("Eve");
        EntityId adas = take(ada);
        EntityId eves = take(eve);
        Position there = Sol.read(world, adas, Position.class);
        world.world().write(eves, new Position(there.x() + 600, there.y(), there.z()));
        world.world().write(eves, Sol.read(world, adas, Motion.class));
        world.world()
                .write(
                        eves,
                        new Identity(
                                Faction.PIRATES,
                                Sol.read(world, eves, Identity.class).shipType(),
                                "Eve"));
        world.world().write(eves, new Hull(5, 1_500));
        world.world().write(eves, new Shield(0, 800));
        world.tick(1);
        ada.send("ship", "target", new ShipEvents.SelectTarget(eves));
        ada.send("ship", "controls", stick(0, 0, true, eves));
        world.tick(60);
        assertThat(world.world().exists(eves)).isFalse();
        assertThat(eve.received(ShipEvents.Destroyed.class))
                .containsExactly(new ShipEvents.Destroyed(eves, adas));
        assertThat(ada.received(ShipEvents.Destroyed.class)).isEmpty();
        assertThat(Sol.read(world, adas, WeaponState.class).shots()).isPositive();
        assertThat(Sol.read(world, adas, Armament.class).ammunition()[0]).isLessThan(600);
        eve.clear();
        EntityId next = take(eve);
        assertThat(next).isNotEqualTo(eves);
    }

    @Test
    void shouldBringAPlayerBackToTheirShip() {
        EntityId ship = take(ada);
        world.tick(10);
        ada.disconnect();
        world.tick(10);
        assertThat(world.world().exists(ship)).isFalse();
        ada.clear();
        ada.connect();
        world.tick(1);
        assertThat(ada.received(ShipEvents.ShipTaken.class))
                .containsExactly(new ShipEvents.ShipTaken(ship));
        ada.send("ship", "controls", stick(1, 0, false, EntityId.NONE));
        world.tick(3);
        assertThat(ada.refusals()).isEmpty();
        assertThat(Sol.read(world, ship, Motion.class).ax()).isNotZero();
    }

    @Test
    void shouldCutLongNamesByWholeCharacters() {
        assertThat(Bridge.shortName("Ada")).isEqualTo("Ada");
        assertThat(Bridge.shortName("é".repeat(40))).isEqualTo("é".repeat(12));
        assertThat(Bridge.shortName("🚀".repeat(40))).isEqualTo("🚀".repeat(6));
    }

    @Test
    void shouldPutTargetAndStationOnTheFocusList() {
        FakePlayer eve = world.connect("Eve");
        take(ada);
        EntityId eves = take(eve);
        ada.send("ship", "target", new ShipEvents.SelectTarget(eves));
        world.tick(1);
        assertThat(focusList(ada)).containsExactly(eves);

        ada.send("ship", "dock", new ShipEvents.Dock(station()));
        world.tick(1);
        assertThat(focusList(ada)).containsExactly(eves, station());

        ada.send("ship", "go-to", new ShipEvents.GoTo(1, 2, 3));
        ada.send("ship", "target", new ShipEvents.SelectTarget(EntityId.NONE));
        world.tick(1);
        assertThat(focusList(ada)).isEmpty();
    }

    @Test
    void shouldHideAShipForItsPilotAlone() {
        FakePlayer eve = world.connect("Eve");
        EntityId ship = take(ada);
        EntityId eves = take(eve);
        ada.send("ship", "hide", new ShipEvents.Hide(true));
        eve.send("ship", "hide", new ShipEvents.Hide(true));
        world.tick(1);
        int audience = Sol.read(world, ship, Veil.class).audience();
        assertThat(audience).isPositive();
        assertThat(audiences(ada)).containsExactly(audience);
        assertThat(audiences(eve))
                .containsExactly(Sol.read(world, eves, Veil.class).audience())
                .doesNotContain(audience);

        ada.disconnect();
        world.tick(2);
        ada.connect();
        world.tick(2);
        EntityId back = ada.received(ShipEvents.ShipTaken.class).getLast().ship();
        assertThat(audiences(ada))
                .containsExactly(Sol.read(world, back, Veil.class).audience())
                .doesNotContain(0);
        assertThat(ada.received(ShipEvents.Hidden.class).getLast())
                .isEqualTo(new ShipEvents.Hidden(back, true));
        ada.send("ship", "hide", new ShipEvents.Hide(false));
        world.tick(1);
        assertThat(Sol.read(world, back, Veil.class).audience()).isZero();
        assertThat(audiences(ada)).isEmpty();
    }

    private List<Integer> audiences(FakePlayer player) {
        SessionState state = Sol.read(world, player.player().entity(), SessionState.class);
        return Arrays.stream(state.audiences()).filter(each -> each != 0).boxed().toList();
    }

    private List<EntityId> focusList(FakePlayer player) {
        SessionState state = Sol.read(world, player.player().entity(), SessionState.class);
        return Arrays.stream(state.focusList()).filter(id -> !id.isNone()).toList();
    }
}
