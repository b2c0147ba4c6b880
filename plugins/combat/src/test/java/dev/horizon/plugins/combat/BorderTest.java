package dev.horizon.plugins.combat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.damage.DamageState;
import dev.horizon.ecs.damage.FarHit;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.sensors.Sensor;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes of a star system, and a fight across the border between them. */
class BorderTest {
    private final TestWorld here = world(1, -1e6, 0);
    private final TestWorld there = world(2, 0, 1e6);
    private final TestMesh mesh = TestMesh.of(here, there).withBorders();

    private static TestWorld world(int idBlock, double minX, double maxX) {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Combat.class)
                .idBlock(idBlock)
                .region(new Region(idBlock, "sol", 1, minX, -1e6, -1e6, maxX, 1e6, 1e6))
                .build();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private EntityId patrol() {
        return Props.ship(here.world(), Faction.GUILD, ShipType.FIGHTER, -300, 20_000, 0);
    }

    private EntityId pirate(double x) {
        return Props.ship(
                there.world(),
                Faction.PIRATES,
                ShipType.FREIGHTER,
                x,
                20_000,
                0,
                new Hull(400, 400),
                new Shield(0, 0));
    }

    private static float hull(TestWorld of, EntityId ship) {
        Hull hull = of.world().read(ship, Hull.class);
        return hull == null ? 0 : hull.points();
    }

    private void fire(EntityId shooter, EntityId target) {
        here.world().write(shooter, new Controls(0, 0, 0, 0, 0, 0, true, target));
        mesh.tick(1);
    }

    @Test
    void shouldHitWhatIsBeyondTheBorderWhereItIs() {
        EntityId patrol = patrol();
        EntityId pirate = pirate(300);
        mesh.tick(40);
        assertThat(Objects.requireNonNull(here.world().read(patrol, Sensor.class)).hostile())
                .as("made out across the border")
                .isEqualTo(pirate);
        for (int i = 0; i < 60; i++) {
            fire(patrol, pirate);
        }
        here.world().write(patrol, Controls.NEUTRAL);
        mesh.tick(60);
        assertThat(hull(there, pirate)).isLessThan(400).isPositive();
        assertThat(
                        Objects.requireNonNull(there.world().read(pirate, DamageState.class))
                                .lastHitBy())
                .isEqualTo(patrol);
        assertThat(Objects.requireNonNull(here.world().readGhost(pirate, Hull.class)).points())
                .as("seen from here")
                .isEqualTo(hull(there, pirate));
        assertThat((hull(there, pirate) - 400) % 20).as("each hit counts once").isZero();
        there.world().forEach(FarHit.class, left -> assertThat(left).isNull());
        here.world().forEach(FarHit.class, left -> assertThat(left).isNull());
    }

    @Test
    void shouldEndTheGhostOfWhatWasShot() {
        EntityId patrol = patrol();
        EntityId pirate = pirate(300);
        mesh.tick(40);
        for (int i = 0; i < 400 && there.world().exists(pirate); i++) {
            fire(patrol, pirate);
        }
        assertThat(there.world().exists(pirate)).isFalse();
        mesh.tick(10);
        assertThat(here.world().readGhost(pirate, Position.class)).isNull();
    }

    @Test
    void shouldFollowATargetThatComesOver() {
        EntityId patrol = patrol();
        EntityId pirate = pirate(300);
        mesh.tick(40);
        for (int i = 0; i < 10; i++) {
            fire(patrol, pirate);
        }
        mesh.move(pirate, there, here);
        for (int i = 0; i < 20; i++) {
            fire(patrol, pirate);
        }
        here.world().write(patrol, Controls.NEUTRAL);
        mesh.tick(60);
        assertThat(here.world().readGhost(pirate, Position.class)).isNull();
        assertThat(hull(here, pirate)).as("here by now").isLessThan(400).isPositive();
        assertThat((hull(here, pirate) - 400) % 20).as("each hit counts once").isZero();
        assertThat(there.world().exists(pirate)).isFalse();
        assertThat(there.world().readGhost(pirate, Position.class)).isNotNull();
    }

    @Test
    void shouldFlyToAStationBeyondTheBorderAndDockThereOnceItIsHandedOver() {
        EntityId station = Props.station(there.world(), 2_000, 0, 0);
        EntityId ship = Props.ship(here.world(), Faction.GUILD, ShipType.FREIGHTER, -2_000, 0, 0);
        mesh.tick(20);
        here.world().write(ship, Orders.dock(station));
        for (int i = 0; i < 2_000 && x(ship) < 150; i++) {
            mesh.tick(1);
        }
        assertThat(x(ship)).as("flies over the border").isGreaterThan(150);
        mesh.move(ship, here, there);
        for (int i = 0; i < 2_000 && !isDocked(ship); i++) {
            mesh.tick(1);
        }
        assertThat(isDocked(ship)).isTrue();
        mesh.tick(40);
        assertThat(here.world().readGhost(ship, Position.class)).as("inside").isNull();
    }

    private double x(EntityId ship) {
        return Objects.requireNonNull(here.world().read(ship, Position.class)).x();
    }

    private boolean isDocked(EntityId ship) {
        return there.world().read(ship, Parent.class) != null;
    }
}
