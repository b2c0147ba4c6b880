package dev.horizon.plugins.economy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import org.junit.jupiter.api.Test;

class EconomyTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder().plugin(Mechanisms.class).plugin(Economy.class);
    }

    @Test
    void shouldGiveNewcomersMoneyOutOfTheTreasuryOnce() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            assertThat(ada.received(EconomyEvents.Balance.class))
                    .containsExactly(new EconomyEvents.Balance(5_000));
            ada.disconnect();
            ada.clear();
            ada.connect();
            assertThat(ada.received(EconomyEvents.Balance.class))
                    .containsExactly(new EconomyEvents.Balance(5_000));
            world.tick(5);
            assertThat(world.command("economy:ledger"))
                    .contains("BALANCED", "CREDITS 100000000 of 100000000");
            EntityId treasury = Bank.treasury(world.world());
            assertThat(treasury).isNotNull();
            assertThat(Bank.credits(world.world(), treasury)).isEqualTo(99_995_000);
        }
    }

    @Test
    void shouldKeepBalanceWhileStationsWorkAndShipsAreLost() {
        try (TestWorld world = builder().config("economy", "cycle-ticks", 5).build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0, 400, 10, 10, 10);
            EntityId ship =
                    Props.ship(
                            world.world(),
                            Faction.GUILD,
                            ShipType.FREIGHTER,
                            50_000,
                            0,
                            0,
                            new Hold(100, new int[] {0, 7, 0, 3}));
            world.tick(400);
            Store store = world.world().read(station, Store.class);
            assertThat(store).isNotNull();
            assertThat(store.units()[Commodity.ORE.ordinal()]).isLessThan(400);
            assertThat(store.units()[Commodity.METAL.ordinal()]).isGreaterThan(10);

            world.world().write(ship, new Hull(1, 400));
            world.world().write(ship, new Shield(0, 100));
            Props.ship(
                    world.world(),
                    Faction.PIRATES,
                    ShipType.FIGHTER,
                    50_000,
                    800,
                    0,
                    new Controls(0, 0, 0, 0, 0, 0, true, ship));
            world.tick(60);
            assertThat(world.world().exists(ship)).isFalse();
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldLetCargoLeaveAndComeBackWithItsPlayer() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            Props.ship(world.world(), ada, 9_000, 0, 0, new Hold(100, new int[] {5, 0, 0, 9}));
            world.world().create(new GoodsFlow(Commodity.ORE, 5));
            world.world().create(new GoodsFlow(Commodity.GOODS, 9));
            world.tick(2);
            assertThat(world.command("economy:ledger")).contains("GOODS 9 of 9");
            ada.disconnect();
            world.tick(2);
            assertThat(world.command("economy:ledger")).contains("GOODS 0 of 0", "BALANCED");
            ada.connect();
            world.tick(2);
            assertThat(world.command("economy:ledger"))
                    .contains("ORE 5 of 5", "GOODS 9 of 9", "BALANCED");
        }
    }

    @Test
    void shouldStopTradeAndReportWhenSomethingComesFromNowhere() {
        try (TestWorld world = builder().toleratingFaults().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0, 10, 10, 10, 10);
            world.tick(3);
            assertThat(Bank.isOpen(world.world())).isTrue();
            Store store = world.world().read(station, Store.class);
            assertThat(store).isNotNull();
            store.units()[0] += 1;
            world.world().write(station, store);
            world.tick(1);

            assertThat(Bank.isOpen(world.world())).isFalse();
            assertThat(world.faults())
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.name()).isEqualTo("economy/audit");
                        assertThat(report.stack())
                                .contains("there are 11 units of commodity 0, there should be 10");
                    });
        }
    }

    @Test
    void shouldNoticeMoneyFromNowhere() {
        try (TestWorld world = builder().toleratingFaults().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            EntityId account = Bank.accountOf(world.world(), ada.player().id());
            assertThat(account).isNotNull();
            world.world().write(account, new Account(5_001));
            world.tick(1);
            assertThat(world.faults())
                    .singleElement()
                    .satisfies(report -> assertThat(report.stack()).contains("100000001 credits"));
        }
    }

    @Test
    void shouldRefuseTransfersOfWhatIsNotThere() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            EntityId account = Bank.accountOf(world.world(), ada.player().id());
            EntityId treasury = Bank.treasury(world.world());
            assertThat(account).isNotNull();
            assertThat(treasury).isNotNull();
            assertThat(Bank.transfer(world.world(), account, treasury, 5_001)).isFalse();
            assertThat(Bank.transfer(world.world(), account, treasury, -1)).isFalse();
            assertThat(Bank.transfer(world.world(), account, EntityId.NONE, 1)).isFalse();
            assertThat(Bank.transfer(world.world(), account, account, 5_000)).isTrue();
            assertThat(Bank.transfer(world.world(), account, treasury, 5_000)).isTrue();
            assertThat(Bank.credits(world.world(), account)).isZero();
        }
    }

    @Test
    void shouldAskMoreForWhatIsScarce() {
        for (int commodity = 0; commodity < Commodity.COUNT; commodity++) {
            long before = Long.MAX_VALUE;
            for (int stock = 0; stock < 5_000; stock += 250) {
                long fair = Tariff.fair(commodity, stock, 500);
                assertThat(fair).isLessThanOrEqualTo(before).isPositive();
                assertThat(Tariff.ask(commodity, stock, 500))
                        .isGreaterThan(Tariff.bid(commodity, stock, 500));
                before = fair;
            }
            assertThat(Tariff.fair(commodity, 0, 500)).isEqualTo(2 * Tariff.base(commodity));
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                EconomyTest::builder,
                                world -> {
                                    Props.station(world.world(), 0, 0, 0, 400, 100, 100, 100);
                                    world.connect("Ada");
                                    world.tick(300);
                                }))
                .hasSize(301);
    }
}
