package dev.horizon.plugins.sol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.damage.Wreck;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.subsystems.ShipSystems;
import dev.horizon.ecs.subsystems.Subsystem;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static int ships(TestWorld world) {
        AtomicInteger coming = new AtomicInteger();
        world.world().forEach(Reinforcement.class, id -> coming.incrementAndGet());
        return Sol.all(world, Sol::isShip).size() + coming.get();
    }

    @Test
    void shouldLayOutWhatIsConfigured() {
        try (TestWorld world = Sol.of(300, 1_200, 4).build()) {
            world.tick(1);
            assertThat(Sol.all(world, Sol::isShip)).hasSize(300);
            assertThat(Sol.all(world, type -> !Sol.isShip(type))).hasSizeBetween(1_200, 1_205);
            for (ShipType type : ShipType.values()) {
                boolean absent =
                        type == ShipType.CONTAINER
                                || type == ShipType.WRECK
                                || type == ShipType.EXPLORER;
                assertThat(Sol.all(world, t -> t == type).isEmpty())
                        .as("%s", type)
                        .isEqualTo(absent);
            }
            AtomicInteger parts = new AtomicInteger();
            world.world()
                    .forEach(
                            Subsystem.class,
                            id -> {
                                parts.incrementAndGet();
                                EntityId ship = Sol.read(world, id, Parent.class).id();
                                assertThat(Sol.read(world, ship, ShipSystems.class).damaged())
                                        .isZero();
                            });
            assertThat(parts.get()).isGreaterThan(300 * 7);
        }
    }

    @Test
    void shouldBeTheSameSystemOnSeveralNodesAsOnOne() {
        List<String> whole = census(-1e9, 1e9);
        List<String> parts = new ArrayList<>();
        double[] cuts = {-1e9, -200_000, 150_000, 1e9};
        for (int i = 0; i + 1 < cuts.length; i++) {
            List<String> part = census(cuts[i], cuts[i + 1]);
            assertThat(part).as("between %s and %s", cuts[i], cuts[i + 1]).isNotEmpty();
            parts.addAll(part);
        }
        assertThat(parts).containsExactlyInAnyOrderElementsOf(whole);
    }

    /** Who is there, and where what doesn't fly by itself is. */
    private static List<String> census(double minX, double maxX) {
        List<String> all = new ArrayList<>();
        try (TestWorld world = Sol.of(300, 1_200, 4, minX, maxX).build()) {
            world.tick(1);
            world.world()
                    .forEach(
                            Identity.class,
                            id -> {
                                Identity who = Sol.read(world, id, Identity.class);
                                boolean isShip = Sol.isShip(who.shipType());
                                all.add(
                                        who
                                                + (isShip
                                                        ? ""
                                                        : " at "
                                                                + Sol.read(
                                                                        world,
                                                                        id,
                                                                        Position.class)));
                            });
        }
        return all;
    }

    @Test
    void shouldStayAliveAndBounded() {
        Set<EntityId> wrecks = new LinkedHashSet<>();
        Set<EntityId> docked = new LinkedHashSet<>();
        try (TestWorld world = Sol.of(120, 400, 9).build()) {
            world.tick(1);
            int entities = world.world().entities();
            for (int i = 0; i < 250; i++) {
                world.tick(20);
                assertThat(ships(world)).as("ships at tick %d", world.tick()).isEqualTo(120);
                assertThat(world.world().entities())
                        .as("entities at tick %d", world.tick())
                        .isBetween(entities * 8 / 10, entities * 14 / 10);
                world.world().forEach(Wreck.class, wrecks::add);
                world.world().forEach(Hold.class, id -> noteDocked(world, id, docked));
            }
            assertThat(wrecks).as("losses of the war").isNotEmpty();
            assertThat(docked).as("civil ships that docked").isNotEmpty();
            for (EntityId ship : Sol.all(world, Sol::isShip)) {
                Position at = Sol.read(world, ship, Position.class);
                assertThat(Math.abs(at.x()) + Math.abs(at.y()) + Math.abs(at.z()))
                        .as("%s", Sol.read(world, ship, Identity.class))
                        .isLessThan(1e7);
            }
        }
    }

    private static void noteDocked(TestWorld world, EntityId ship, Set<EntityId> docked) {
        if (world.world().read(ship, Parent.class) != null) {
            docked.add(ship);
        }
    }

    @Test
    void shouldGiveTheSameBitsOnOneThreadAndTwo() {
        List<Long> hashes =
                Determinism.check(() -> Sol.of(200, 800, 21), world -> world.tick(1_000));
        assertThat(new LinkedHashSet<>(hashes)).hasSize(1_000);
    }

    @Test
    void shouldKeepNeighboursConstantWhateverTheSize() {
        double small = neighbours(400, 1_600);
        double large = neighbours(4_000, 16_000);
        assertThat(large / small).isBetween(0.5, 2.0);
    }

    /** Mean number of contacts on ships' sensors. */
    private static double neighbours(int ships, int objects) {
        try (TestWorld world = Sol.of(ships, objects, 2).build()) {
            world.tick(25);
            double[] sum = new double[1];
            List<EntityId> all = Sol.all(world, Sol::isShip);
            for (EntityId ship : all) {
                sum[0] += Sol.read(world, ship, dev.horizon.ecs.sensors.Sensor.class).contacts();
            }
            return sum[0] / all.size();
        }
    }

    @Test
    void shouldCountAndSendShipsOnCommand() {
        try (TestWorld world = Sol.of(60, 200, 1).build()) {
            world.tick(1);
            assertThat(world.command("sol:census")).contains("STAR 1", "MINER 21");
            assertThat(world.command("sol:spawn-ships 40")).contains("40");
            world.tick(2);
            assertThat(Sol.all(world, Sol::isShip)).hasSize(100);
            for (String bad : List.of("0", "x", "1000000", "")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> world.command("sol:spawn-ships " + bad))
                        .as("argument '%s'", bad)
                        .isInstanceOf(dev.horizon.engine.plugin.HorizonException.class);
            }
        }
    }
}
