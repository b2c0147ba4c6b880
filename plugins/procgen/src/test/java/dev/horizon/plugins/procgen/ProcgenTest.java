package dev.horizon.plugins.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.plugins.combat.Combat;
import dev.horizon.plugins.combat.Kill;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.fleetai.FleetAi;
import dev.horizon.plugins.fleetai.Squadmate;
import dev.horizon.plugins.procgen.ProcgenEvents.Done;
import dev.horizon.plugins.procgen.ProcgenEvents.Offer;
import dev.horizon.plugins.procgen.ProcgenEvents.Offers;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcgenTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Combat.class)
                .plugin(FleetAi.class)
                .plugin(Procgen.class)
                .config("procgen", "offer-ticks", 40);
    }

    private static void mine(TestWorld world, EntityId ship) {
        Hold hold = world.world().read(ship, Hold.class);
        assertThat(hold).isNotNull();
        int room = 100 - hold.units()[0];
        int change = room >= 50 ? 50 : -hold.units()[0];
        hold.units()[0] += change;
        world.world().write(ship, hold);
        world.world().create(new GoodsFlow(Commodity.ORE, change));
    }

    private static void explore(TestWorld world, EntityId ship, int step) {
        world.world().write(ship, new Position(60_000.0 * step, 0, 0));
    }

    private static void fight(TestWorld world, FakePlayer player) {
        world.world()
                .create(new Kill(player.player().id(), 0, ShipType.FIGHTER, Faction.PIRATES, 0));
    }

    /** How often each pursuit was offered in the later half of some rounds of play. */
    private static double[] shares(FakePlayer player, int from) {
        double[] shares = new double[Pursuit.COUNT];
        List<Offers> all = player.received(Offers.class);
        int count = 0;
        for (Offers offers : all.subList(from, all.size())) {
            for (Offer offer : offers.offers()) {
                shares[offer.pursuit().ordinal()]++;
                count++;
            }
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= count;
        }
        return shares;
    }

    @Test
    void shouldOfferEachPlayerWhatTheyPlay() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer miner = world.connect("Ada");
            FakePlayer fighter = world.connect("Bob");
            FakePlayer explorer = world.connect("Eve");
            EntityId drill = Props.ship(world.world(), miner, 0, 0, 0);
            Props.ship(world.world(), fighter, 0, 5_000, 0);
            EntityId scout = Props.ship(world.world(), explorer, 0, 9_000, 0);
            for (int step = 0; step < 200; step++) {
                mine(world, drill);
                explore(world, scout, step);
                if (step % 2 == 0) {
                    fight(world, fighter);
                }
                world.tick(10);
            }
            int half = miner.received(Offers.class).size() / 2;
            assertThat(half).isGreaterThan(20);
            FakePlayer[] players = {miner, fighter, explorer};
            Pursuit[] loved = {Pursuit.MINE, Pursuit.FIGHT, Pursuit.EXPLORE};
            for (int i = 0; i < players.length; i++) {
                double[] shares = shares(players[i], half);
                System.out.printf(
                        "offered to who plays %s: mine %.2f, haul %.2f, fight %.2f, explore %.2f%n",
                        loved[i], shares[0], shares[1], shares[2], shares[3]);
                for (Pursuit pursuit : Pursuit.values()) {
                    double share = shares[pursuit.ordinal()];
                    if (pursuit == loved[i]) {
                        assertThat(share).as("%s to %s", pursuit, loved[i]).isGreaterThan(0.5);
                    } else {
                        assertThat(share).as("%s to %s", pursuit, loved[i]).isLessThan(0.25);
                    }
                }
            }
        }
    }

    private static EntityId accept(TestWorld world, FakePlayer player, Pursuit pursuit) {
        for (int i = 0; i < 60; i++) {
            List<Offers> told = player.received(Offers.class);
            for (Offer offer : told.isEmpty() ? List.<Offer>of() : told.getLast().offers()) {
                if (offer.pursuit() == pursuit) {
                    player.send("procgen", "accept", new ProcgenEvents.Accept(offer.mission()));
                    world.tick(1);
                    return offer.mission();
                }
            }
            world.tick(41);
        }
        throw new AssertionError(pursuit + " was never offered");
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        assertThat(account).isNotNull();
        return Bank.credits(world.world(), account);
    }

    @Test
    void shouldPayForAPlaceThatWasReached() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            EntityId ship = Props.ship(world.world(), ada, 0, 0, 0);
            EntityId id = accept(world, ada, Pursuit.EXPLORE);
            Mission mission = world.world().read(id, Mission.class);
            assertThat(mission).isNotNull();
            world.world().write(ship, new Position(mission.x(), mission.y() + 100, mission.z()));
            world.tick(22);
            assertThat(ada.received(Done.class))
                    .containsExactly(new Done(Pursuit.EXPLORE, mission.reward()));
            assertThat(credits(world, ada)).isEqualTo(5_000 + mission.reward());
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldSendPiratesAndTakeThemBackWhenTheMissionIsDropped() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            Props.ship(world.world(), ada, 0, 0, 0);
            EntityId id = accept(world, ada, Pursuit.FIGHT);
            Mission mission = world.world().read(id, Mission.class);
            assertThat(mission).isNotNull();
            List<EntityId> pirates = new ArrayList<>();
            world.world().forEach(Squadmate.class, pirates::add);
            assertThat(pirates).hasSize(mission.goal());
            assertThat(world.world().read(pirates.getFirst(), Identity.class))
                    .isEqualTo(new Identity(Faction.PIRATES, ShipType.FIGHTER, "Raider"));
            ada.send("procgen", "accept", new ProcgenEvents.Accept(id));
            ada.send("procgen", "drop", new ProcgenEvents.Drop());
            ada.send("procgen", "drop", new ProcgenEvents.Drop());
            world.tick(2);
            assertThat(ada.refusals())
                    .extracting(refusal -> refusal.substring(0, 10))
                    .containsExactly("HZ-PGN-001", "HZ-PGN-004");
            assertThat(pirates).noneMatch(world.world()::exists);
            assertThat(credits(world, ada)).isEqualTo(5_000);
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldOfferTheSameForTheSameSeedAndPlayAndOtherForAnother() {
        List<List<Offers>> told = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            try (TestWorld world = builder().seed(seed).build()) {
                world.tick(3);
                FakePlayer ada = world.connect("Ada");
                EntityId ship = Props.ship(world.world(), ada, 0, 0, 0);
                for (int step = 0; step < 20; step++) {
                    explore(world, ship, step);
                    world.tick(10);
                }
                told.add(ada.received(Offers.class));
            }
        }
        assertThat(told.get(0)).isNotEmpty().isEqualTo(told.get(1)).isNotEqualTo(told.get(2));
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                ProcgenTest::builder,
                                world -> {
                                    world.tick(3);
                                    FakePlayer ada = world.connect("Ada");
                                    Props.ship(world.world(), ada, 0, 0, 0);
                                    accept(world, ada, Pursuit.FIGHT);
                                    world.tick(100);
                                }))
                .hasSizeGreaterThan(100);
    }
}
