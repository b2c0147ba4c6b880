package dev.horizon.ecs.docking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.orbits.Elements;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DockingTest {
    private final MechanismWorld world = MechanismWorld.standard(9);
    private final EntityId station =
            world.create(
                    Ships.at(0, 0, 0),
                    Ships.moving(0, 0, 0),
                    new Size(SizeClass.STATION, 250),
                    new Identity(Faction.GUILD, ShipType.STATION, "dock"),
                    Bays.of(2, 700),
                    new Elements(60_000, 0, 0.1, 0, 0, 1).around(EntityId.NONE, 0, 1.48e9));

    @AfterEach
    void close() {
        world.close();
    }

    private EntityId beside(double distance) {
        world.step();
        Position at = world.read(station, Position.class);
        EntityId ship =
                Ships.warship(
                        world,
                        Faction.FREELANCE,
                        Orders.MANUAL,
                        Ships.at(at.x() + distance, at.y(), at.z()));
        world.state.write(ship, world.read(station, Motion.class));
        return ship;
    }

    private void ask(EntityId ship, DockRequest request) {
        Docking now = world.read(ship, Docking.class);
        world.state.write(ship, new Docking(request, station, now.bay(), now.dockedAt()));
    }

    @Test
    void shouldCarryADockedShipAndLetItGo() {
        EntityId ship = beside(400);
        ask(ship, DockRequest.DOCK);
        world.steps(100);
        assertThat(world.read(ship, Parent.class).id()).isEqualTo(station);
        assertThat(world.read(ship, Docking.class).bay()).isZero();
        Position dock = world.read(station, Position.class);
        Position at = world.read(ship, Position.class);
        assertThat(Math.abs(at.y() - dock.y())).isCloseTo(200, within(0.1));
        assertThat(world.read(ship, Motion.class)).isEqualTo(world.read(station, Motion.class));
        ask(ship, DockRequest.UNDOCK);
        world.steps(60);
        assertThat(world.state.read(ship, Parent.class)).isNull();
        assertThat(world.read(ship, Docking.class).bay()).isEqualTo((byte) -1);
        assertThat(world.read(station, Bays.class).occupied()).isZero();
        at = world.read(ship, Position.class);
        dock = world.read(station, Position.class);
        double gap = Math.abs(at.x() - dock.x()) + Math.abs(at.y() - dock.y());
        assertThat(gap).isBetween(250.0, 900.0);
    }

    @Test
    void shouldNotTakeInWhoIsFarOrFast() {
        EntityId far = beside(5_000);
        ask(far, DockRequest.DOCK);
        EntityId fast = beside(300);
        Motion still = world.read(station, Motion.class);
        world.state.write(fast, Ships.moving(still.vx() + 100, still.vy(), still.vz()));
        ask(fast, DockRequest.DOCK);
        world.steps(5);
        assertThat(world.state.read(far, Parent.class)).isNull();
        assertThat(world.state.read(fast, Parent.class)).isNull();
        assertThat(world.read(far, Docking.class).request()).isEqualTo(DockRequest.DOCK);
    }

    @Test
    void shouldGiveEachBayOnceAndFreeThoseOfShipsThatVanish() {
        EntityId one = beside(300);
        EntityId two = beside(310);
        EntityId three = beside(320);
        for (EntityId ship : new EntityId[] {one, two, three}) {
            ask(ship, DockRequest.DOCK);
        }
        world.steps(2);
        assertThat(world.read(one, Docking.class).bay())
                .isNotEqualTo(world.read(two, Docking.class).bay());
        assertThat(world.state.read(three, Parent.class)).isNull();
        world.state.destroy(one);
        world.steps(70);
        // Holding beside an orbiting station takes a pilot; put it back before the bay is free.
        Position at = world.read(station, Position.class);
        world.state.write(three, Ships.at(at.x() + 300, at.y(), at.z()));
        world.state.write(three, world.read(station, Motion.class));
        world.steps(70);
        assertThat(Integer.bitCount(world.read(station, Bays.class).occupied()))
                .isGreaterThanOrEqualTo(1);
        world.state.write(three, world.read(station, Position.class));
        world.state.write(three, world.read(station, Motion.class));
        world.steps(2);
        assertThat(world.read(three, Parent.class).id()).isEqualTo(station);
    }

    @Test
    void shouldPatchAndRearmInTheBay() {
        EntityId ship = beside(300);
        world.state.write(ship, new Hull(10, 100));
        Armament spent = world.read(ship, Armament.class);
        spent.ammunition()[0] = 0;
        world.state.write(ship, spent);
        ask(ship, DockRequest.DOCK);
        world.steps(500);
        assertThat(world.read(ship, Hull.class).points()).isEqualTo(100);
        assertThat(world.read(ship, Armament.class).ammunition()[0]).isEqualTo(40);
    }

    @Test
    void shouldFindItsWayIntoABayOnOrders() {
        EntityId ship = beside(9_000);
        world.state.write(ship, Orders.dock(station));
        world.steps(1_500);
        assertThat(world.read(ship, Parent.class).id()).isEqualTo(station);
    }
}
