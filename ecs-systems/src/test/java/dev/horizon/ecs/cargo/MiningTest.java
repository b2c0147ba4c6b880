package dev.horizon.ecs.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Helm;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiningTest {
    private final MechanismWorld world = MechanismWorld.standard(5);

    @AfterEach
    void close() {
        world.close();
    }

    private EntityId rock(double x, double y, double z, int ore) {
        return world.create(
                Ships.at(x, y, z),
                new Size(SizeClass.CRAFT, 40),
                new Identity(Faction.NONE, ShipType.ASTEROID, ""),
                new Ore(ore));
    }

    private EntityId station(double x) {
        return world.create(
                Ships.at(x, 0, 0),
                Ships.moving(0, 0, 0),
                new Size(SizeClass.STATION, 250),
                new Identity(Faction.GUILD, ShipType.STATION, "home"),
                Bays.of(4, 700),
                new Store(new int[] {0, 1_000, 0, 1_000}));
    }

    private EntityId miner(double x, double y, MiningLaser laser, Orders orders) {
        return world.create(
                Ships.at(x, y, 0),
                Ships.moving(0, 0, 0),
                Ships.AHEAD,
                new Size(SizeClass.CRAFT, 20),
                new Identity(Faction.GUILD, ShipType.MINER, ""),
                Ships.MODEL,
                Controls.NEUTRAL,
                Hold.empty(50),
                laser,
                Docking.FREE,
                orders,
                Helm.OFF);
    }

    @Test
    void shouldMoveOreFromTheRockToTheHoldUntilItIsFull() {
        EntityId rock = rock(300, 0, 0, 1_000);
        EntityId miner = miner(0, 0, new MiningLaser(500, 7, 10, rock, 0), Orders.MANUAL);
        world.step();
        assertThat(world.read(miner, Hold.class).units()[0]).isEqualTo(7);
        world.steps(200);
        assertThat(world.read(miner, Hold.class).units()[0]).isEqualTo(50);
        assertThat(world.read(rock, Ore.class).units()).isEqualTo(950);
    }

    @Test
    void shouldMineNothingOutOfRangeAndNoMoreThanThereIs() {
        EntityId far = rock(5_000, 0, 0, 1_000);
        EntityId small = rock(100, 300, 0, 3);
        EntityId one = miner(0, 0, new MiningLaser(500, 7, 10, far, 0), Orders.MANUAL);
        EntityId two = miner(0, 300, new MiningLaser(500, 7, 10, small, 0), Orders.MANUAL);
        world.steps(50);
        assertThat(world.read(one, Hold.class).units()[0]).isZero();
        assertThat(world.read(two, Hold.class).units()[0]).isEqualTo(3);
        assertThat(world.read(small, Ore.class).units()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldConserveOreWhileCrewsMineAndBringItHome(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EntityId home = station(8_000);
        for (int i = 0; i < 60; i++) {
            rock(
                    random.nextDouble(-4_000, 4_000),
                    random.nextDouble(-4_000, 4_000),
                    random.nextDouble(-4_000, 4_000),
                    random.nextInt(5, 200));
        }
        for (int i = 0; i < 8; i++) {
            miner(
                    random.nextDouble(-3_000, 3_000),
                    random.nextDouble(-3_000, 3_000),
                    MiningLaser.off(400, 5, 10),
                    Orders.mine(home, 0, 0, 0, 4_000));
        }
        long before = ore();
        for (int i = 0; i < 60; i++) {
            world.steps(100);
            assertThat(ore()).as("seed %d, tick %d", seed, world.tick()).isEqualTo(before);
        }
        assertThat(world.read(home, Store.class).units()[0])
                .as("brought home, seed %d", seed)
                .isGreaterThan(100);
    }

    private long ore() {
        AtomicLong sum = new AtomicLong();
        world.state.forEach(Ore.class, id -> sum.addAndGet(world.read(id, Ore.class).units()));
        world.state.forEach(Hold.class, id -> sum.addAndGet(world.read(id, Hold.class).units()[0]));
        world.state.forEach(
                Store.class, id -> sum.addAndGet(world.read(id, Store.class).units()[0]));
        return sum.get();
    }

    @Test
    void shouldCarryGoodsBetweenStations() {
        EntityId one = station(0);
        EntityId two = station(12_000);
        EntityId hauler =
                world.create(
                        Ships.at(3_000, 0, 0),
                        Ships.moving(0, 0, 0),
                        Ships.AHEAD,
                        new Size(SizeClass.CRAFT, 20),
                        new Identity(Faction.GUILD, ShipType.FREIGHTER, ""),
                        Ships.MODEL,
                        Controls.NEUTRAL,
                        Hold.empty(100),
                        Docking.FREE,
                        Orders.haul(one, two),
                        Helm.OFF);
        world.steps(6_000);
        // Metal goes out, goods come back; nothing is made or lost.
        assertThat(world.read(two, Store.class).units()[1]).isGreaterThan(1_000);
        assertThat(world.read(one, Store.class).units()[3]).isGreaterThan(1_000);
        int metal =
                world.read(one, Store.class).units()[1]
                        + world.read(two, Store.class).units()[1]
                        + world.read(hauler, Hold.class).units()[1];
        assertThat(metal).isEqualTo(2_000);
        assertThat(
                        world.state.read(hauler, Parent.class) == null
                                || world.read(hauler, Docking.class).bay() >= 0)
                .isTrue();
    }
}
