package dev.horizon.ecs.weapons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeaponsTest {
    private final MechanismWorld world = MechanismWorld.standard(7);

    @AfterEach
    void close() {
        world.close();
    }

    private EntityId ship(Faction faction, double x, double y, Record... more) {
        return Ships.warship(world, faction, Orders.MANUAL, Ships.at(x, y, 0), more);
    }

    private void fire(EntityId shooter, EntityId target) {
        world.state.write(shooter, new Controls(0, 0, 0, 0, 0, 0, true, target));
    }

    private int projectiles() {
        AtomicInteger count = new AtomicInteger();
        world.state.forEach(Projectile.class, id -> count.incrementAndGet());
        return count.get();
    }

    private float health(EntityId ship) {
        return world.read(ship, Hull.class).points() + world.read(ship, Shield.class).points();
    }

    @Test
    void shouldLaunchOneProjectilePerCooldownAndCountAmmunition() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        fire(shooter, EntityId.NONE);
        world.steps(21);
        // Shots at ticks 1, 11 and 21.
        assertThat(projectiles()).isEqualTo(3);
        assertThat(world.read(shooter, Armament.class).ammunition()[0]).isEqualTo(37);
        world.steps(800);
        assertThat(world.read(shooter, Armament.class).ammunition()[0]).isZero();
        assertThat(projectiles()).isZero();
    }

    @Test
    void shouldHitAMovingTargetByLeadingIt() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        EntityId target = ship(Faction.SYNDICATE, 600, 0);
        world.state.write(target, Ships.moving(0, 120, 0));
        world.state.write(shooter, Armament.of(Ships.CANNON));
        fire(shooter, target);
        world.steps(11);
        assertThat(health(target)).isEqualTo(140);
    }

    @Test
    void shouldHitWithBeamsAtOnceAndOnlyWithinTheirRange() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        EntityId near = ship(Faction.SYNDICATE, 500, 0);
        EntityId far = ship(Faction.SYNDICATE, 0, 2_500);
        world.state.write(shooter, Armament.of(Ships.BEAM));
        fire(shooter, far);
        world.steps(3);
        assertThat(health(far)).isEqualTo(150);
        assertThat(world.read(shooter, WeaponState.class).shots()).isZero();
        fire(shooter, near);
        world.step();
        assertThat(health(near)).isEqualTo(145);
        assertThat(world.read(shooter, WeaponState.class).beams()).isEqualTo((byte) 1);
    }

    @Test
    void shouldNotFireOutsideOfTheArc() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        EntityId behind = ship(Faction.SYNDICATE, -500, 0);
        world.state.write(
                shooter,
                Armament.of(
                        new Mount(MountKind.LAUNCHER, 10, 3_000, 1_500, 10, 1, 0.5f, 40),
                        new Mount(MountKind.BEAM, 5, 2_000, 0, 20, 1, 0.5f, -1)));
        fire(shooter, behind);
        world.steps(30);
        assertThat(projectiles()).isZero();
        assertThat(health(behind)).isEqualTo(150);
    }

    @Test
    void shouldPassThroughItsOwnSide() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        EntityId friend = ship(Faction.CONCORD, 300, 0);
        EntityId enemy = ship(Faction.SYNDICATE, 600, 0);
        fire(shooter, enemy);
        world.steps(12);
        assertThat(health(friend)).isEqualTo(150);
        assertThat(health(enemy)).isLessThan(150);
    }

    @Test
    void shouldStopFiringWithoutEnergy() {
        EntityId shooter = ship(Faction.CONCORD, 0, 0);
        world.state.write(shooter, WeaponState.charged(2, 0));
        world.state.write(
                shooter,
                Armament.of(new Mount(MountKind.LAUNCHER, 10, 3_000, 1_500, 1, 1, -1, -1)));
        fire(shooter, EntityId.NONE);
        world.steps(10);
        assertThat(projectiles()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldSolveInterceptsExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            double[] d = new double[3];
            double[] v = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                d[axis] = random.nextDouble(-3_000, 3_000);
                v[axis] = random.nextDouble(-400, 400);
            }
            double speed = random.nextDouble(800, 2_000);
            double t = Aim.interceptSeconds(d[0], d[1], d[2], v[0], v[1], v[2], speed);
            double x = d[0] + v[0] * t;
            double y = d[1] + v[1] * t;
            double z = d[2] + v[2] * t;
            assertThat(t).as("seed %d", seed).isNotNegative();
            assertThat(Math.sqrt(x * x + y * y + z * z))
                    .as("seed %d", seed)
                    .isCloseTo(speed * t, within(1e-6 * (1 + speed * t)));
        }
    }
}
