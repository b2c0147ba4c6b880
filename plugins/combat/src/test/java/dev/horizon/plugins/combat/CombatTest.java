package dev.horizon.plugins.combat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.plugins.combat.CombatEvents.KillReport;
import dev.horizon.plugins.combat.CombatEvents.WantedNotice;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombatTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Combat.class);
    }

    private static EntityId victim(TestWorld world, Faction faction, int... cargo) {
        return Props.ship(
                world.world(),
                faction,
                ShipType.FREIGHTER,
                20_600,
                0,
                0,
                new Hull(1, 100),
                new Shield(0, 1),
                new Hold(100, Arrays.copyOf(cargo, 4)));
    }

    private static void shoot(TestWorld world, EntityId shooter, EntityId target) {
        for (int i = 0; i < 40 && world.world().exists(target); i++) {
            world.world().write(shooter, new Controls(0, 0, 0, 0, 0, 0, true, target));
            world.tick(1);
        }
        world.world().write(shooter, Controls.NEUTRAL);
        world.tick(2);
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        assertThat(account).isNotNull();
        return Bank.credits(world.world(), account);
    }

    @Test
    void shouldPutAPriceOnTheHeadOfWhoShootsTheInnocent() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            EntityId adas = Props.ship(world.world(), ada, 20_000, 0, 0);
            EntityId eves = Props.ship(world.world(), eve, 20_000, 600, 0);
            EntityId trader = victim(world, Faction.GUILD);
            world.tick(21);
            shoot(world, adas, trader);
            assertThat(ada.received(KillReport.class))
                    .containsExactly(new KillReport("FREIGHTER", "GUILD", false, -1_000));
            assertThat(eve.received(WantedNotice.class))
                    .containsExactly(new WantedNotice("Ada", 1_000));
            assertThat(world.world().read(adas, Wanted.class)).isEqualTo(new Wanted(1_000));
            assertThat(ada.received(CombatEvents.StandingReport.class).getLast())
                    .isEqualTo(new CombatEvents.StandingReport(-10, 0, 0, 2, 0, 1));

            world.world().write(adas, new Hull(1, 100));
            world.world().write(adas, new Shield(0, 1));
            shoot(world, eves, adas);
            assertThat(eve.received(KillReport.class))
                    .containsExactly(new KillReport("EXPLORER", "PIRATES", true, 1_000));
            assertThat(credits(world, eve)).isEqualTo(6_000);
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldPayForPiratesAndLeaveHalfTheirCargo() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            EntityId adas = Props.ship(world.world(), ada, 20_000, 0, 0);
            EntityId pirate = victim(world, Faction.PIRATES, 0, 10, 0, 7);
            world.world().create(new GoodsFlow(Commodity.METAL, 10));
            world.world().create(new GoodsFlow(Commodity.GOODS, 7));
            world.tick(21);
            shoot(world, adas, pirate);
            assertThat(credits(world, ada)).isEqualTo(5_500);
            assertThat(world.command("economy:ledger"))
                    .contains("BALANCED", "METAL 5 of 5", "GOODS 3 of 3");

            List<EntityId> salvage = new ArrayList<>();
            world.world().forEach(Salvage.class, salvage::add);
            assertThat(salvage).hasSize(1);
            Position there = world.world().read(salvage.getFirst(), Position.class);
            assertThat(there).isNotNull();
            ada.send("combat", "loot", new CombatEvents.Loot(salvage.getFirst()));
            world.tick(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-CBT-005");
            world.world().write(adas, there);
            ada.send("combat", "loot", new CombatEvents.Loot(salvage.getFirst()));
            world.tick(1);
            assertThat(ada.received(CombatEvents.Looted.class))
                    .containsExactly(new CombatEvents.Looted(8, 0));
            world.tick(21);
            assertThat(world.world().exists(salvage.getFirst())).isFalse();
            assertThat(world.command("economy:ledger")).contains("BALANCED", "METAL 5 of 5");
        }
    }

    @Test
    void shouldBlockTriggersNearStations() {
        try (TestWorld world = builder().build()) {
            Props.station(world.world(), 20_000, 3_000, 0);
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            EntityId adas = Props.ship(world.world(), ada, 20_000, 0, 0);
            EntityId trader = victim(world, Faction.GUILD);
            world.tick(21);
            shoot(world, adas, trader);
            assertThat(world.world().exists(trader)).isTrue();
            WeaponState guns = world.world().read(adas, WeaponState.class);
            assertThat(guns).isNotNull();
            assertThat(guns.shots()).isZero();
            world.tick(100);
            assertThat(ada.received(CombatEvents.Held.class)).isNotEmpty();
            EntityId pirate = victim(world, Faction.PIRATES);
            world.world().destroy(trader);
            world.tick(1);
            shoot(world, adas, pirate);
            assertThat(world.world().exists(pirate)).isFalse();
        }
    }

    @Test
    void shouldRefuseBountiesOfNothingOnNobodyWithoutMoney() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            world.connect("Eve");
            ada.send("combat", "bounty", new CombatEvents.PlaceBounty("Nobody", 500));
            ada.send("combat", "bounty", new CombatEvents.PlaceBounty("Eve", -1));
            ada.send("combat", "bounty", new CombatEvents.PlaceBounty("Eve", 5_001));
            ada.send("combat", "bounty", new CombatEvents.PlaceBounty("Eve", 5_000));
            ada.send("combat", "loot", new CombatEvents.Loot(EntityId.NONE));
            world.tick(1);
            assertThat(ada.refusals())
                    .extracting(refusal -> refusal.substring(0, 10))
                    .containsExactly("HZ-CBT-001", "HZ-CBT-002", "HZ-CBT-003", "HZ-CBT-004");
            assertThat(credits(world, ada)).isZero();
            world.tick(2);
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                CombatTest::builder,
                                world -> {
                                    FakePlayer ada = world.connect("Ada");
                                    EntityId adas = Props.ship(world.world(), ada, 20_000, 0, 0);
                                    EntityId trader = victim(world, Faction.GUILD, 9, 9, 9, 9);
                                    world.tick(21);
                                    shoot(world, adas, trader);
                                }))
                .hasSizeGreaterThan(23);
    }
}
