package dev.horizon.plugins.convoys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.economy.Industry;
import dev.horizon.plugins.economy.Trade;
import dev.horizon.plugins.market.Market;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import org.junit.jupiter.api.Test;

class ConvoysTest {
    private static final int NEVER = 1_000_000;

    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Market.class)
                .plugin(Convoys.class)
                .config("economy", "cycle-ticks", NEVER);
    }

    private static EntityId freighter(TestWorld world, EntityId from, EntityId to) {
        return Props.ship(
                world.world(),
                Faction.GUILD,
                ShipType.FREIGHTER,
                2_000,
                0,
                0,
                Orders.haul(from, to));
    }

    private static int units(TestWorld world, EntityId station, Commodity commodity) {
        Store store = world.world().read(station, Store.class);
        assertThat(store).isNotNull();
        return store.units()[commodity.ordinal()];
    }

    /** A refinery with metal to give, and works that need it. */
    private static EntityId[] pair(TestWorld world) {
        EntityId refinery = Props.station(world.world(), 0, 0, 0, 0, 2_000, 0, 0);
        EntityId works = Props.station(world.world(), 12_000, 0, 0);
        world.tick(25);
        world.world().write(works, new Industry(Trade.WORKS, 0, NEVER));
        return new EntityId[] {refinery, works};
    }

    @Test
    void shouldCarryGoodsFromWhereTheyAreCheapToWhereTheyAreDear() {
        try (TestWorld world = builder().build()) {
            EntityId[] stations = pair(world);
            freighter(world, stations[0], stations[1]);
            int before = units(world, stations[1], Commodity.METAL);
            for (int i = 0; i < 60 && units(world, stations[1], Commodity.METAL) < 200; i++) {
                world.tick(100);
            }
            assertThat(units(world, stations[1], Commodity.METAL)).isGreaterThan(before + 199);
            assertThat(world.command("economy:ledger")).contains("BALANCED", "METAL 2000 of 2000");
            assertThat(world.command("convoys:fleet")).startsWith("1 freighters");
        }
    }

    @Test
    void shouldGiveAwayWhatNobodyPaysForAndTradeOn() {
        try (TestWorld world = builder().build()) {
            // Of fuel both have more than they want.
            EntityId refinery = Props.station(world.world(), 0, 0, 0, 0, 2_000, 5_000, 0);
            EntityId works = Props.station(world.world(), 12_000, 0, 0, 0, 0, 5_000, 0);
            world.tick(25);
            world.world().write(works, new Industry(Trade.WORKS, 0, NEVER));
            world.world().create(new GoodsFlow(Commodity.FUEL, 400));
            Props.ship(
                    world.world(),
                    Faction.GUILD,
                    ShipType.FREIGHTER,
                    2_000,
                    0,
                    0,
                    new Hold(400, new int[] {0, 0, 400, 0}),
                    Orders.haul(refinery, works));
            for (int i = 0; i < 120 && units(world, works, Commodity.METAL) < 200; i++) {
                world.tick(100);
            }
            assertThat(units(world, works, Commodity.METAL)).isGreaterThan(199);
            assertThat(world.command("economy:ledger"))
                    .contains("BALANCED", "METAL 2000 of 2000", "FUEL 10400 of 10400");
        }
    }

    @Test
    void shouldSendEscortsOfALostFreighterToAnother() {
        try (TestWorld world = builder().build()) {
            EntityId[] stations = pair(world);
            EntityId first = freighter(world, stations[0], stations[1]);
            EntityId second = freighter(world, stations[0], stations[1]);
            EntityId escort =
                    Props.ship(
                            world.world(),
                            Faction.GUILD,
                            ShipType.FIGHTER,
                            2_500,
                            0,
                            0,
                            Orders.escort(first, stations[0], -200, 400, 0));
            world.tick(100);
            world.world().destroy(first);
            world.tick(201);
            Orders orders = world.world().read(escort, Orders.class);
            assertThat(orders).isNotNull();
            assertThat(orders.behaviour()).isEqualTo(Behaviour.ESCORT);
            assertThat(orders.subject()).isEqualTo(second);
            Hauler hauler = world.world().read(second, Hauler.class);
            assertThat(hauler).isNotNull();
            assertThat(hauler.escorts()).isEqualTo(1);
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                ConvoysTest::builder,
                                world -> {
                                    EntityId[] stations = pair(world);
                                    freighter(world, stations[0], stations[1]);
                                    world.tick(600);
                                }))
                .hasSize(625);
    }
}
