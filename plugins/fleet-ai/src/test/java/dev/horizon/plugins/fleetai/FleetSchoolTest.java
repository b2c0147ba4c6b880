package dev.horizon.plugins.fleetai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Battles of five against five with real guns and flight. The squadron fights players of one fixed
 * tactic, then of another, then of the first again; one that draws its tactics evenly fights the
 * same ones. With {@code -Dschool.battles=N} N battles of each instead of a few.
 */
class FleetSchoolTest {
    private static final int BATTLES = Integer.getInteger("school.battles", 30);
    private static final int SHIPS = 5;
    private static final int TICKS_MAX = 1_000;

    /** What the players do. */
    private enum Players {
        /** Come near, and each shoots at whoever is nearest. */
        SWARM,
        /** The weakest runs, for the enemy to follow it; the others shoot. */
        BAIT
    }

    private static TestWorldBuilder builder(boolean learning) {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(FleetAi.class)
                .config("fleet-ai", "learning", learning);
    }

    /** One battle; the share of all points left that is the squadron's, 1 for a clean victory. */
    private static double battle(TestWorld world, Players players) {
        EntityId squadron = world.world().create(Squadron.fresh(Faction.PIRATES));
        List<EntityId> ours = new ArrayList<>();
        List<EntityId> theirs = new ArrayList<>();
        for (int i = 0; i < SHIPS; i++) {
            ours.add(
                    Props.ship(
                            world.world(),
                            Faction.PIRATES,
                            ShipType.FIGHTER,
                            0,
                            150 * i,
                            0,
                            new Squadmate(squadron),
                            Orders.attack(4_000, 0, 0, 20_000)));
            boolean bait = players == Players.BAIT && i == 0;
            Orders orders = bait ? Orders.goTo(200_000, 0, 0) : Orders.attack(0, 0, 0, 20_000);
            Hull hull = new Hull(bait ? 200 : 400, 400);
            theirs.add(
                    Props.ship(
                            world.world(),
                            Faction.FREELANCE,
                            ShipType.EXPLORER,
                            4_000,
                            150 * i,
                            0,
                            hull,
                            orders));
        }
        for (int i = 0; i < TICKS_MAX / 20; i++) {
            world.tick(20);
            if (points(world, ours) == 0 || points(world, theirs) == 0) {
                break;
            }
        }
        double own = points(world, ours);
        double other = points(world, theirs);
        ours.forEach(world.world()::destroy);
        theirs.forEach(world.world()::destroy);
        world.tick(120);
        return own + other == 0 ? 0.5 : own / (own + other);
    }

    private static double points(TestWorld world, List<EntityId> ships) {
        double sum = 0;
        for (EntityId ship : ships) {
            Hull hull = world.world().exists(ship) ? world.world().read(ship, Hull.class) : null;
            Shield shield = hull == null ? null : world.world().read(ship, Shield.class);
            sum += hull == null ? 0 : hull.points() + (shield == null ? 0 : shield.points());
        }
        return sum;
    }

    /** Battles won of the last half, with more points left than the enemy. */
    private static double[] fight(TestWorld world, Players players) {
        double won = 0;
        double score = 0;
        int counted = 0;
        for (int i = 0; i < BATTLES; i++) {
            double result = battle(world, players);
            if (i >= BATTLES / 2) {
                won += result > 0.5 ? 1 : 0;
                score += result;
                counted++;
            }
        }
        return new double[] {won / counted, score / counted};
    }

    @Test
    void shouldDoBetterAgainstAFixedTacticAndFollowWhenItChanges() {
        double[] learnt = new double[3];
        double[] even = new double[3];
        Players[] terms = {Players.SWARM, Players.BAIT, Players.SWARM};
        for (boolean learning : new boolean[] {true, false}) {
            try (TestWorld world = builder(learning).build()) {
                world.tick(1);
                for (int term = 0; term < terms.length; term++) {
                    double[] result = fight(world, terms[term]);
                    (learning ? learnt : even)[term] = result[1];
                    System.out.printf(
                            "fleet-ai %s against %s: last %d of %d battles: won %.2f, points %.2f%n",
                            learning ? "learning" : "even",
                            terms[term],
                            BATTLES - BATTLES / 2,
                            BATTLES,
                            result[0],
                            result[1]);
                    if (learning) {
                        System.out.println(world.command("fleet-ai:lore"));
                    }
                }
            }
        }
        for (int term = 0; term < terms.length; term++) {
            assertThat(learnt[term])
                    .as("term %d, against %s", term, terms[term])
                    .isGreaterThan(even[term]);
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                () -> builder(true),
                                world -> {
                                    world.tick(1);
                                    battle(world, Players.SWARM);
                                }))
                .hasSizeGreaterThan(100);
    }
}
