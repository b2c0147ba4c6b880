package dev.horizon.ecs.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.sensors.Sensor;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteeringTest {
    private final MechanismWorld world = MechanismWorld.standard(11);

    @AfterEach
    void close() {
        world.close();
    }

    private double distance(EntityId ship, double x, double y, double z) {
        Position p = world.read(ship, Position.class);
        return Math.sqrt(
                (p.x() - x) * (p.x() - x) + (p.y() - y) * (p.y() - y) + (p.z() - z) * (p.z() - z));
    }

    private double distance(EntityId one, EntityId other) {
        Position p = world.read(other, Position.class);
        return distance(one, p.x(), p.y(), p.z());
    }

    private float speed(EntityId ship) {
        Motion v = world.read(ship, Motion.class);
        return (float) Math.sqrt(v.vx() * v.vx() + v.vy() * v.vy() + v.vz() * v.vz());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldArriveAndStopWhereverItIsSent(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double x = random.nextDouble(-30_000, 30_000);
        double y = random.nextDouble(-30_000, 30_000);
        double z = random.nextDouble(-30_000, 30_000);
        EntityId ship =
                Ships.warship(world, Faction.FREELANCE, Orders.goTo(x, y, z), Ships.at(0, 0, 0));
        world.steps(3_500);
        assertThat(distance(ship, x, y, z)).as("seed %d", seed).isLessThan(30);
        assertThat(speed(ship)).as("seed %d", seed).isLessThan(3);
    }

    @Test
    void shouldGoRoundAPlanetInTheWay() {
        EntityId planet =
                world.create(
                        Ships.at(30_000, 200, 0),
                        Ships.moving(0, 0, 0),
                        new Size(SizeClass.BODY, 12_000),
                        new Identity(Faction.NONE, ShipType.PLANET, "rock"));
        EntityId ship =
                Ships.warship(
                        world, Faction.FREELANCE, Orders.goTo(60_000, 0, 0), Ships.at(0, 0, 0));
        for (int i = 0; i < 4_500; i++) {
            world.step();
            assertThat(distance(ship, planet)).as("tick %d", i).isGreaterThan(12_000);
        }
        assertThat(distance(ship, 60_000, 0, 0)).isLessThan(100);
    }

    @Test
    void shouldKeepFormationWithALeader() {
        EntityId leader =
                Ships.warship(
                        world, Faction.GUILD, Orders.goTo(20_000, 5_000, 0), Ships.at(0, 0, 0));
        world.state.write(
                leader,
                new dev.horizon.ecs.flight.FlightModel(100, 2_000, 1_000, 1_000, 1, 1, 1, 250));
        EntityId escort =
                Ships.warship(
                        world,
                        Faction.GUILD,
                        Orders.escort(leader, EntityId.NONE, -200, 150, 50),
                        Ships.at(-2_000, 0, 0));
        world.steps(900);
        for (int i = 0; i < 600; i++) {
            world.step();
            assertThat(distance(escort, leader)).as("tick %d", i).isBetween(100.0, 500.0);
        }
        world.state.destroy(leader);
        world.steps(30);
        assertThat(world.read(escort, Orders.class).behaviour()).isEqualTo(Behaviour.PATROL);
    }

    @Test
    void shouldPatrolWithinItsArea() {
        EntityId base =
                world.create(
                        Ships.at(1_000, 0, 0),
                        Ships.moving(0, 0, 0),
                        new Size(SizeClass.STATION, 200),
                        new Identity(Faction.GUILD, ShipType.STATION, "base"));
        EntityId ship =
                Ships.warship(
                        world, Faction.GUILD, Orders.patrol(base, 8_000), Ships.at(0, 3_000, 0));
        double travelled = 0;
        for (int i = 0; i < 3_000; i++) {
            world.step();
            travelled += speed(ship) * MechanismWorld.DT;
            assertThat(distance(ship, base)).isLessThan(8_000 * 1.9);
        }
        assertThat(travelled).isGreaterThan(10_000);
    }

    @Test
    void shouldSeeFightAndDestroyAnEnemy() {
        EntityId hunter =
                Ships.warship(
                        world, Faction.CONCORD, Orders.attack(0, 0, 0, 8_000), Ships.at(0, 0, 0));
        EntityId prey =
                Ships.warship(world, Faction.SYNDICATE, Orders.MANUAL, Ships.at(4_000, 1_000, 500));
        world.steps(41);
        assertThat(world.read(hunter, Sensor.class).hostile()).isEqualTo(prey);
        assertThat(world.read(hunter, Helm.class).state()).isEqualTo(HelmState.ENGAGE);
        for (int i = 0; i < 4_000 && world.state.exists(prey); i++) {
            world.step();
        }
        assertThat(world.state.exists(prey)).isFalse();
        assertThat(world.read(hunter, Hull.class).points()).isEqualTo(100);
    }

    @Test
    void shouldRunFromEnemies() {
        EntityId prey =
                Ships.warship(
                        world,
                        Faction.GUILD,
                        new Orders(Behaviour.FLEE, EntityId.NONE, EntityId.NONE, 0, 0, 0, 0),
                        Ships.at(0, 0, 0));
        EntityId pirate =
                Ships.warship(world, Faction.PIRATES, Orders.MANUAL, Ships.at(2_000, 0, 0));
        world.steps(500);
        assertThat(distance(prey, pirate)).isGreaterThan(5_000);
    }

    @Test
    void shouldLeaveTheControlsToThePilot() {
        EntityId ship =
                Ships.warship(world, Faction.GUILD, Orders.goTo(5_000, 0, 0), Ships.at(0, 0, 0));
        world.steps(50);
        assertThat(speed(ship)).isPositive();
        world.state.write(ship, Orders.MANUAL);
        world.steps(20);
        var held = world.read(ship, dev.horizon.ecs.flight.Controls.class);
        world.steps(100);
        assertThat(world.read(ship, dev.horizon.ecs.flight.Controls.class)).isEqualTo(held);
    }
}
