package dev.horizon.ecs.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.ecs.subsystems.CrewMember;
import dev.horizon.ecs.subsystems.ShipSystems;
import dev.horizon.ecs.subsystems.Subsystem;
import dev.horizon.ecs.subsystems.SubsystemKind;
import dev.horizon.ecs.weapons.HitColumn;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DamageTest {
    /** Hits to come in the next tick. */
    private record Blow(EntityId target, float damage) {}

    private final List<Blow> blows = new ArrayList<>();
    private final MechanismWorld world =
            MechanismWorld.with(
                    3,
                    1,
                    registrar -> {
                        dev.horizon.ecs.StandardMechanisms.register(registrar);
                        fists(registrar);
                    });
    private final EntityId ship =
            Ships.warship(world, Faction.CONCORD, Orders.MANUAL, Ships.at(0, 0, 0));

    private void fists(Registrar registrar) {
        registrar.system(
                SystemSpec.exclusive(
                        "fists",
                        Stage.ACT,
                        Access.none().emitting(HitColumn.TYPE),
                        (sweep, tick) -> {
                            for (Blow blow : blows) {
                                Effects<HitColumn> hits = sweep.effects(HitColumn.TYPE);
                                int row = hits.add();
                                hits.column().target[row] = blow.target().value();
                                hits.column().source[row] = 99;
                                hits.column().damage[row] = blow.damage();
                            }
                        }));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void strike(EntityId target, float... damage) {
        for (float points : damage) {
            blows.add(new Blow(target, points));
        }
        world.step();
        blows.clear();
    }

    private int count(Class<? extends Record> component) {
        AtomicInteger found = new AtomicInteger();
        world.state.forEach(component, id -> found.incrementAndGet());
        return found.get();
    }

    @Test
    void shouldTakeDamageFromTheShieldFirstThenFromTheHull() {
        strike(ship, 30);
        assertThat(world.read(ship, Shield.class).points()).isEqualTo(20);
        assertThat(world.read(ship, Hull.class).points()).isEqualTo(100);
        strike(ship, 30);
        assertThat(world.read(ship, Shield.class).points()).isZero();
        assertThat(world.read(ship, Hull.class).points()).isEqualTo(90);
        assertThat(world.read(ship, DamageState.class).lastHitBy()).isEqualTo(new EntityId(99));
    }

    @Test
    void shouldRechargeTheShieldAfterCalmAlone() {
        strike(ship, 50);
        world.steps(70);
        assertThat(world.read(ship, Shield.class).points()).isZero();
        world.steps(400);
        assertThat(world.read(ship, Shield.class).points()).isEqualTo(50);
    }

    @Test
    void shouldHarmPartsAndCrewAndKeepTheirSumOnTheShip() {
        strike(ship, 50);
        for (int i = 0; i < 60; i++) {
            strike(ship, 1.5f);
            ShipSystems sum = world.read(ship, ShipSystems.class);
            assertThat(sum.damaged()).isEqualTo((byte) damagedParts(sum));
        }
        ShipSystems sum = world.read(ship, ShipSystems.class);
        assertThat(sum.damaged()).isPositive();
        assertThat(
                        sum.thrust()
                                + sum.turn()
                                + sum.power()
                                + sum.shields()
                                + sum.weapons()
                                + sum.sensors())
                .isLessThan(6);
        List<Float> crew = new ArrayList<>();
        world.state.forEach(
                CrewMember.class, id -> crew.add(world.read(id, CrewMember.class).health()));
        assertThat(crew).anyMatch(health -> health < 100);
    }

    /** Counts damaged parts among the children and checks the ship's percentages against them. */
    private int damagedParts(ShipSystems sum) {
        AtomicInteger damaged = new AtomicInteger();
        world.state.forEach(
                Subsystem.class,
                id -> {
                    Subsystem part = world.read(id, Subsystem.class);
                    byte percent = sum.health()[part.slot()];
                    if (part.health() < part.healthMax()) {
                        damaged.incrementAndGet();
                        assertThat(percent).isLessThan((byte) 100);
                    } else {
                        assertThat(percent).isEqualTo((byte) 100);
                    }
                });
        return damaged.get();
    }

    @Test
    void shouldRepairWithEngineersAlone() {
        strike(ship, 50);
        for (int i = 0; i < 50 && world.read(ship, ShipSystems.class).damaged() == 0; i++) {
            strike(ship, 4);
        }
        ShipSystems sum = world.read(ship, ShipSystems.class);
        assertThat(sum.damaged()).isPositive();
        assertThat(sum.engineers()).isPositive();
        world.steps(400);
        assertThat(world.read(ship, ShipSystems.class).damaged()).isZero();
        while (world.read(ship, ShipSystems.class).engineers() > 0
                || world.read(ship, ShipSystems.class).damaged() == 0) {
            world.state.write(ship, Hull.of(100));
            world.state.write(ship, new Shield(0, 50));
            strike(ship, 40);
            assertThat(world.tick()).as("bound").isLessThan(2_000);
        }
        byte damaged = world.read(ship, ShipSystems.class).damaged();
        world.steps(400);
        assertThat(world.read(ship, ShipSystems.class).damaged()).isEqualTo(damaged);
    }

    @Test
    void shouldSlowAShipWhoseEnginesAreGone() {
        world.state.forEach(
                Subsystem.class,
                id -> {
                    if (world.read(id, Subsystem.class).kind() == SubsystemKind.ENGINE) {
                        assertThat(world.read(id, Subsystem.class).slot()).isZero();
                    }
                });
        strike(ship, 50);
        float before = world.read(ship, ShipSystems.class).thrust();
        for (int i = 0; i < 300 && world.read(ship, ShipSystems.class).thrust() == before; i++) {
            world.state.write(ship, Hull.of(100));
            strike(ship, 5);
        }
        assertThat(world.read(ship, ShipSystems.class).thrust()).isLessThan(before);
    }

    @Test
    void shouldDieOnceLeaveAWreckAndTakeItsPartsAlong() {
        strike(ship, 100, 100, 100, 100);
        assertThat(world.state.exists(ship)).isFalse();
        assertThat(count(Subsystem.class)).isZero();
        assertThat(count(CrewMember.class)).isZero();
        List<EntityId> wrecks = new ArrayList<>();
        world.state.forEach(Wreck.class, wrecks::add);
        assertThat(wrecks).hasSize(1);
        Wreck wreck = world.read(wrecks.getFirst(), Wreck.class);
        assertThat(wreck)
                .isEqualTo(
                        new Wreck(
                                ship,
                                new EntityId(99),
                                ShipType.FIGHTER,
                                Faction.CONCORD,
                                (int) world.tick()));
        assertThat(world.read(wrecks.getFirst(), Identity.class).shipType())
                .isEqualTo(ShipType.WRECK);
        world.steps(1_200);
        assertThat(world.state.entities()).isZero();
    }

    @Test
    void shouldIgnoreHitsThatAreNoneAndTargetsThatAreGone() {
        strike(ship, Float.NaN, -5, 0);
        strike(new EntityId(123_456), 10);
        assertThat(world.read(ship, Shield.class).points()).isEqualTo(50);
        assertThat(world.read(ship, Hull.class).points()).isEqualTo(100);
    }
}
