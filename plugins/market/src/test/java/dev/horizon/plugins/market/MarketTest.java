package dev.horizon.plugins.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.market.MarketEvents.Filled;
import dev.horizon.plugins.market.MarketEvents.PlaceOrder;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Market.class);
    }

    /** A station that trades nothing itself. */
    private static TestWorldBuilder playersOnly() {
        return builder()
                .config("economy", "station-credits", 0)
                .config("economy", "newcomer-credits", 100_000);
    }

    private static EntityId dockedAt(
            TestWorld world, FakePlayer player, EntityId station, int... cargo) {
        int[] units = Arrays.copyOf(cargo, Commodity.COUNT);
        for (Commodity commodity : Commodity.values()) {
            if (units[commodity.ordinal()] > 0) {
                world.world().create(new GoodsFlow(commodity, units[commodity.ordinal()]));
            }
        }
        EntityId ship = Props.docked(world.world(), player, station, new Hold(10_000, units));
        world.tick(1);
        return ship;
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        assertThat(account).isNotNull();
        return Bank.credits(world.world(), account);
    }

    private static int[] hold(TestWorld world, EntityId ship) {
        Hold hold = world.world().read(ship, Hold.class);
        assertThat(hold).isNotNull();
        return hold.units();
    }

    @Test
    void shouldTradeAtThePriceOfTheOlderOrder() {
        try (TestWorld world = playersOnly().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            EntityId adas = dockedAt(world, ada, station, 0, 10, 0, 0);
            EntityId eves = dockedAt(world, eve, station);
            ada.send(
                    "market", "order", new PlaceOrder(station, Side.SELL, Commodity.METAL, 30, 10));
            world.tick(1);
            eve.send("market", "order", new PlaceOrder(station, Side.BUY, Commodity.METAL, 50, 4));
            world.tick(2);

            assertThat(ada.refusals()).isEmpty();
            assertThat(eve.received(Filled.class))
                    .containsExactly(new Filled(station, Side.BUY, Commodity.METAL, 30, 4));
            assertThat(ada.received(Filled.class))
                    .containsExactly(new Filled(station, Side.SELL, Commodity.METAL, 30, 4));
            assertThat(credits(world, ada)).isEqualTo(100_120);
            assertThat(credits(world, eve)).isEqualTo(99_880);
            assertThat(hold(world, adas)).containsExactly(0, 0, 0, 0);
            assertThat(hold(world, eves)).containsExactly(0, 4, 0, 0);
        }
    }

    @Test
    void shouldLetNobodyTradeWithThemselves() {
        try (TestWorld world = playersOnly().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            dockedAt(world, ada, station, 0, 10, 0, 0);
            ada.send(
                    "market", "order", new PlaceOrder(station, Side.SELL, Commodity.METAL, 30, 10));
            ada.send("market", "order", new PlaceOrder(station, Side.BUY, Commodity.METAL, 50, 4));
            world.tick(2);

            assertThat(ada.refusals()).isEmpty();
            assertThat(ada.received(Filled.class)).isEmpty();
            assertThat(credits(world, ada)).isEqualTo(99_800);
        }
    }

    @Test
    void shouldNotBidForWhatAStationOffersItself() {
        try (TestWorld world = builder().config("economy", "cycle-ticks", 1_000_000).build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0, 0, 0, 200, 300);
            world.tick(500);
            long before = youngest(world);
            world.tick(2_000);

            Quotes quotes = world.world().read(station, Quotes.class);
            assertThat(quotes).isNotNull();
            for (int i = 0; i < Commodity.COUNT; i++) {
                if (quotes.bid()[i] > 0 && quotes.ask()[i] > 0) {
                    assertThat(quotes.bid()[i]).isLessThan(quotes.ask()[i]);
                }
            }
            assertThat(quotes.askUnits()).endsWith(200, 300);
            assertThat(youngest(world)).as("orders that changed").isEqualTo(before);
        }
    }

    private static long youngest(TestWorld world) {
        long[] sequence = {0};
        world.world()
                .forEach(
                        Order.class,
                        id -> {
                            Order order = world.world().read(id, Order.class);
                            assertThat(order).isNotNull();
                            sequence[0] = Math.max(sequence[0], order.sequence());
                        });
        return sequence[0];
    }

    @Test
    void shouldGiveBackWhatACancelledOrderHeld() {
        try (TestWorld world = playersOnly().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            EntityId ship = dockedAt(world, ada, station, 0, 10, 0, 0);
            ada.send(
                    "market", "order", new PlaceOrder(station, Side.SELL, Commodity.METAL, 30, 10));
            ada.send("market", "order", new PlaceOrder(station, Side.BUY, Commodity.FUEL, 10, 100));
            world.tick(1);
            assertThat(credits(world, ada)).isEqualTo(99_000);
            ada.received(MarketEvents.Placed.class)
                    .forEach(placed ->
                            ada.send(
                                    "market",
                                    "cancel",
                                    new MarketEvents.CancelOrder(placed.order(), station)));
            world.tick(1);
            assertThat(credits(world, ada)).isEqualTo(100_000);
            assertThat(hold(world, ship)).containsExactly(0, 0, 0, 0);
            ada.send("market", "collect", new MarketEvents.Collect(Commodity.METAL));
            world.tick(1);
            assertThat(hold(world, ship)).containsExactly(0, 10, 0, 0);
            ada.send(
                    "market",
                    "cancel",
                    new MarketEvents.CancelOrder(
                            ada.received(MarketEvents.Placed.class).getFirst().order(), station));
            world.tick(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-MKT-007");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SELL, METAL, 30, 0, HZ-MKT-002",
        "SELL, METAL, 30, -1, HZ-MKT-002",
        "BUY, METAL, 30, -2147483648, HZ-MKT-002",
        "BUY, METAL, 1, 2147483647, HZ-MKT-002",
        "BUY, METAL, 0, 1, HZ-MKT-003",
        "BUY, METAL, -5, 1, HZ-MKT-003",
        "BUY, METAL, 9223372036854775807, 2, HZ-MKT-003",
        "BUY, METAL, 1000000, 1000000, HZ-MKT-005",
        "BUY, METAL, 100001, 1, HZ-MKT-005",
        "SELL, METAL, 30, 11, HZ-MKT-004",
        "SELL, GOODS, 30, 1, HZ-MKT-004"
    })
    void shouldRefuseWhatNobodyCanHaveOrGive(
            Side side, Commodity commodity, long price, int units, String code) {
        try (TestWorld world = playersOnly().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            dockedAt(world, ada, station, 0, 10, 0, 0);
            ada.send("market", "order", new PlaceOrder(station, side, commodity, price, units));
            world.tick(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith(code);
            assertThat(credits(world, ada)).isEqualTo(100_000);
            world.tick(2);
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldRefuseToSellForThoseWhoAreElsewhere() {
        try (TestWorld world = playersOnly().build()) {
            EntityId here = Props.station(world.world(), 0, 0, 0);
            EntityId there = Props.station(world.world(), 90_000, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            FakePlayer bob = world.connect("Bob");
            dockedAt(world, ada, here, 0, 10, 0, 0);
            Props.ship(world.world(), eve, 1_000, 0, 0);
            world.tick(1);
            for (FakePlayer player : List.of(ada, eve, bob)) {
                player.send(
                        "market", "order", new PlaceOrder(there, Side.SELL, Commodity.METAL, 1, 1));
            }
            world.tick(1);
            for (FakePlayer player : List.of(ada, eve, bob)) {
                assertThat(player.refusals()).singleElement().asString().startsWith("HZ-MKT-001");
            }
        }
    }

    @Test
    void shouldRefuseMoreOrdersThanABookShouldHold() {
        try (TestWorld world = playersOnly().config("market", "orders-max", 2).build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            dockedAt(world, ada, station);
            for (int i = 0; i < 3; i++) {
                ada.send("market", "order", new PlaceOrder(station, Side.BUY, Commodity.ORE, 1, 1));
            }
            world.tick(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-MKT-006");
        }
    }

    @Test
    void shouldMovePricesWithSupply() {
        try (TestWorld world = builder().config("economy", "cycle-ticks", 1_000_000).build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0, 100, 0, 0, 0);
            world.tick(500);
            long scarce = quotes(world, station).bid()[Commodity.ORE.ordinal()];
            Store store = world.world().read(station, Store.class);
            assertThat(store).isNotNull();
            store.units()[Commodity.ORE.ordinal()] += 2_000;
            world.world().write(station, store);
            world.world().create(new GoodsFlow(Commodity.ORE, 2_000));
            world.tick(150);
            assertThat(quotes(world, station).bid()[Commodity.ORE.ordinal()])
                    .isPositive()
                    .isLessThan(scarce);
        }
    }

    private static Quotes quotes(TestWorld world, EntityId station) {
        Quotes quotes = world.world().read(station, Quotes.class);
        assertThat(quotes).isNotNull();
        return quotes;
    }

    /** One order of the model. */
    private static final class Wish {
        final int who;
        final boolean buys;
        final long price;
        final int sequence;
        int units;

        Wish(int who, boolean buys, long price, int units, int sequence) {
            this.who = who;
            this.buys = buys;
            this.price = price;
            this.units = units;
            this.sequence = sequence;
        }
    }

    /** Random orders of three players against a book as one would write it down by hand. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFillByPriceThenTimeAsTheModelDoes(long seed) {
        long[] money = {100_000, 100_000, 100_000};
        long[] goods = {3_000, 3_000, 3_000};
        List<Wish> model = new ArrayList<>();
        try (TestWorld world = playersOnly().config("market", "orders-max", 1_000).build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            List<FakePlayer> players =
                    List.of(world.connect("Ada"), world.connect("Bob"), world.connect("Eve"));
            List<EntityId> ships = new ArrayList<>();
            for (FakePlayer player : players) {
                ships.add(dockedAt(world, player, station, 0, 0, 0, 3_000));
            }
            for (int i = 0; i < 200; i++) {
                int who = pick(seed, i, 0, 3);
                boolean buys = pick(seed, i, 1, 2) == 0;
                long price = 40 + pick(seed, i, 2, 20);
                int units = 1 + pick(seed, i, 3, 15);
                players.get(who)
                        .send(
                                "market",
                                "order",
                                new PlaceOrder(
                                        station,
                                        buys ? Side.BUY : Side.SELL,
                                        Commodity.GOODS,
                                        price,
                                        units));
                place(model, new Wish(who, buys, price, units, i), money, goods);
                world.tick(pick(seed, i, 4, 2));
            }
            world.tick(3);
            for (int who = 0; who < 3; who++) {
                assertThat(players.get(who).refusals()).as("seed %d", seed).isEmpty();
                assertThat(credits(world, players.get(who)))
                        .as("seed %d", seed)
                        .isEqualTo(money[who]);
                assertThat((long) hold(world, ships.get(who))[Commodity.GOODS.ordinal()])
                        .as("seed %d", seed)
                        .isEqualTo(goods[who]);
            }
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    private static int pick(long seed, int i, int purpose, int bound) {
        return (int) Long.remainderUnsigned(Randomness.bits(seed, i, 0, purpose), bound);
    }

    private static void place(List<Wish> book, Wish wish, long[] money, long[] goods) {
        if (wish.buys) {
            money[wish.who] -= wish.price * wish.units;
        } else {
            goods[wish.who] -= wish.units;
        }
        Comparator<Wish> byPrice = Comparator.comparingLong(other -> other.price);
        while (wish.units > 0) {
            Wish other =
                    book.stream()
                            .filter(o -> o.buys != wish.buys && o.units > 0 && o.who != wish.who)
                            .filter(o -> wish.buys ? o.price <= wish.price : o.price >= wish.price)
                            .min(
                                    (wish.buys ? byPrice : byPrice.reversed())
                                            .thenComparingInt(o -> o.sequence))
                            .orElse(null);
            if (other == null) {
                break;
            }
            int units = Math.min(wish.units, other.units);
            Wish buyer = wish.buys ? wish : other;
            Wish seller = wish.buys ? other : wish;
            money[seller.who] += other.price * units;
            money[buyer.who] += (buyer.price - other.price) * units;
            goods[buyer.who] += units;
            wish.units -= units;
            other.units -= units;
        }
        book.add(wish);
    }

    @Test
    void shouldStopWhileTheBooksDontBalance() {
        try (TestWorld world = playersOnly().toleratingFaults().build()) {
            EntityId station = Props.station(world.world(), 0, 0, 0);
            world.tick(50);
            FakePlayer ada = world.connect("Ada");
            dockedAt(world, ada, station, 0, 10, 0, 0);
            EntityId account = Bank.accountOf(world.world(), ada.player().id());
            assertThat(account).isNotNull();
            world.world().write(account, new Account(1));
            world.tick(1);
            ada.send("market", "order", new PlaceOrder(station, Side.BUY, Commodity.ORE, 1, 1));
            world.tick(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-MKT-008");
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                MarketTest::builder,
                                world -> {
                                    EntityId station =
                                            Props.station(world.world(), 0, 0, 0, 900, 90, 90, 90);
                                    world.tick(50);
                                    FakePlayer ada = world.connect("Ada");
                                    dockedAt(world, ada, station, 50, 0, 0, 0);
                                    ada.send(
                                            "market",
                                            "order",
                                            new PlaceOrder(
                                                    station, Side.SELL, Commodity.ORE, 1, 50));
                                    world.tick(200);
                                }))
                .hasSize(252);
    }
}
