package dev.horizon.plugins.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.MiningLaser;
import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import org.junit.jupiter.api.Test;

class MiningTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Mining.class);
    }

    private static int ore(TestWorld world, EntityId ship) {
        Hold hold = world.world().read(ship, Hold.class);
        assertThat(hold).isNotNull();
        return hold.units()[0];
    }

    @Test
    void shouldYieldMoreOnAClaimAndKeepOthersOff() {
        try (TestWorld world = builder().build()) {
            EntityId rock = Props.rock(world.world(), 300, 0, 0, 10_000);
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            EntityId adas = Props.ship(world.world(), ada, 0, 0, 0);
            EntityId eves = Props.ship(world.world(), eve, 0, 100, 0);
            world.tick(1);
            eve.send("mining", "start", new MiningEvents.Start(rock));
            world.tick(21);
            assertThat(ore(world, eves)).isEqualTo(20);
            ada.send("mining", "claim", new MiningEvents.StakeClaim(rock));
            world.tick(20);
            int before = ore(world, eves);
            assertThat(eve.received(MiningEvents.Stopped.class))
                    .containsExactly(new MiningEvents.Stopped(rock, "CLAIMED"));
            ada.send("mining", "start", new MiningEvents.Start(rock));
            eve.send("mining", "start", new MiningEvents.Start(rock));
            world.tick(21);
            assertThat(eve.refusals()).singleElement().asString().startsWith("HZ-MIN-004");
            assertThat(ore(world, eves)).isEqualTo(before);
            assertThat(ore(world, adas)).isEqualTo(30);
            assertThat(world.command("economy:ledger")).contains("BALANCED", "ORE 10000 of 10000");
        }
    }

    @Test
    void shouldStopWhenTheHoldIsFullAndLetMinersWithoutPilotsGo() {
        try (TestWorld world = builder().config("mining", "claim-ticks", 100).build()) {
            EntityId rock = Props.rock(world.world(), 300, 0, 0, 10_000);
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            Props.ship(world.world(), ada, 0, 0, 0, Hold.empty(15));
            EntityId drone =
                    Props.ship(
                            world.world(),
                            Faction.GUILD,
                            ShipType.MINER,
                            0,
                            200,
                            0,
                            new MiningLaser(600, 10, 20, rock, 0));
            world.tick(1);
            ada.send("mining", "claim", new MiningEvents.StakeClaim(rock));
            ada.send("mining", "start", new MiningEvents.Start(rock));
            world.tick(60);
            assertThat(ada.received(MiningEvents.Stopped.class))
                    .containsExactly(new MiningEvents.Stopped(rock, "FULL"));
            MiningLaser laser = world.world().read(drone, MiningLaser.class);
            assertThat(laser).isNotNull();
            assertThat(laser.target()).isEqualTo(EntityId.NONE);
            world.tick(100);
            assertThat(world.world().read(rock, Claim.class)).isNull();
        }
    }

    @Test
    void shouldRefuseWhatIsNoRockOrTooFarOrTooMuch() {
        try (TestWorld world = builder().config("mining", "claims-max", 1).build()) {
            EntityId far = Props.rock(world.world(), 90_000, 0, 0, 100);
            EntityId one = Props.rock(world.world(), 300, 0, 0, 100);
            EntityId two = Props.rock(world.world(), 300, 200, 0, 100);
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            ada.send("mining", "start", new MiningEvents.Start(one));
            world.tick(1);
            EntityId ship = Props.ship(world.world(), ada, 0, 0, 0);
            world.tick(1);
            ada.send("mining", "start", new MiningEvents.Start(ship));
            ada.send("mining", "start", new MiningEvents.Start(far));
            ada.send("mining", "claim", new MiningEvents.StakeClaim(far));
            ada.send("mining", "claim", new MiningEvents.StakeClaim(one));
            ada.send("mining", "claim", new MiningEvents.StakeClaim(two));
            world.tick(1);
            assertThat(ada.refusals())
                    .extracting(refusal -> refusal.substring(0, 10))
                    .containsExactly(
                            "HZ-MIN-001", "HZ-MIN-002", "HZ-MIN-003", "HZ-MIN-003", "HZ-MIN-005");
        }
    }

    @Test
    void shouldDeclareWhatGrowsBack() {
        try (TestWorld world = builder().config("mining", "regrowth-ticks", 10).build()) {
            EntityId rock = Props.rock(world.world(), 300, 0, 0, 0);
            world.tick(25);
            assertThat(world.world().read(rock, Ore.class)).isEqualTo(new Ore(300));
            assertThat(world.command("economy:ledger")).contains("ORE 300 of 300");
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                MiningTest::builder,
                                world -> {
                                    EntityId rock = Props.rock(world.world(), 300, 0, 0, 90);
                                    FakePlayer ada = world.connect("Ada");
                                    Props.ship(world.world(), ada, 0, 0, 0);
                                    world.tick(1);
                                    ada.send("mining", "claim", new MiningEvents.StakeClaim(rock));
                                    ada.send("mining", "start", new MiningEvents.Start(rock));
                                    world.tick(100);
                                }))
                .hasSize(102);
    }
}
