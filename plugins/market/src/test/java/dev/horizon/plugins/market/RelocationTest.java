package dev.horizon.plugins.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.market.MarketEvents.Book;
import dev.horizon.plugins.market.MarketEvents.CancelOrder;
import dev.horizon.plugins.market.MarketEvents.Denied;
import dev.horizon.plugins.market.MarketEvents.Filled;
import dev.horizon.plugins.market.MarketEvents.Look;
import dev.horizon.plugins.market.MarketEvents.Offer;
import dev.horizon.plugins.market.MarketEvents.OpenOrder;
import dev.horizon.plugins.market.MarketEvents.Placed;
import dev.horizon.plugins.market.MarketEvents.Survey;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stations that go to another node while players trade there. */
class RelocationTest {
    /** Until a change of a book is known on all nodes. */
    private static final int TOLD_TICKS = 150;

    private static boolean isKept;
    private static final Plugin BOLTS =
            registrar ->
                    registrar
                            .events()
                            .on(
                                    EntityLeaving.class,
                                    2_000,
                                    (event, context) -> {
                                        if (isKept) {
                                            context.refuse("TEST-1", "it is bolted down");
                                        }
                                    });

    private final Galaxy galaxy =
            new Galaxy(
                    1,
                    each ->
                            each.plugin("bolts", BOLTS)
                                    .config("economy", "newcomer-credits", 5_000)
                                    .config("market", "orders-max", 1_000));
    private final TestMesh mesh = galaxy.mesh;
    private final TestWorld sol = galaxy.worlds.get(0);
    private final TestWorld vega = galaxy.worlds.get(1);
    private final TestWorld mira = galaxy.worlds.get(2);
    private final EntityId port = galaxy.stations.getFirst();
    private final FakePlayer ada = sol.connect("Ada");
    private final FakePlayer eve = vega.connect("Eve");

    @AfterEach
    void close() {
        isKept = false;
        galaxy.assertBalanced();
        galaxy.close();
    }

    /** Ada offers metal at the port, and leaves its bay. */
    private EntityId offer(long price, int units) {
        galaxy.dock(ada, port, 0);
        mesh.tick(1);
        galaxy.order(ada, port, Side.SELL, price, units);
        mesh.tick(1);
        galaxy.undock(ada);
        mesh.tick(TOLD_TICKS);
        assertThat(ada.refusals()).isEmpty();
        return ada.received(Placed.class).getLast().order();
    }

    private void move(TestWorld from, TestWorld to) {
        mesh.move(port, from, to);
        mesh.tick(TOLD_TICKS);
        assertThat(galaxy.homesOf(port)).containsExactly(to);
    }

    private Book look(FakePlayer player) {
        player.send("market", "look", new Look(port));
        mesh.tick(5);
        return player.received(Book.class).getLast();
    }

    private List<Offer> asks(FakePlayer player) {
        player.send("market", "compare", new MarketEvents.Compare(Commodity.METAL));
        mesh.tick(1);
        return player.received(MarketEvents.Compared.class).getLast().asks();
    }

    private static int depot(Book book) {
        return book.lines().get(Commodity.METAL.ordinal()).depot();
    }

    private static long credits(FakePlayer player) {
        return Galaxy.credits(player.world(), player);
    }

    private static boolean isRiding(EntityId entity, TestWorld world) {
        return world.world().read(entity, Parent.class) != null;
    }

    @Test
    void shouldTakeTheBookAlong() {
        EntityId order = offer(30, 10);
        galaxy.order(eve, port, Side.BUY, 20, 4);
        mesh.tick(TOLD_TICKS);
        move(sol, mira);
        for (FakePlayer each : List.of(ada, eve, mira.connect("Bob"))) {
            assertThat(asks(each)).containsExactly(new Offer(port, "station", 30, 10, false));
        }
        assertThat(look(ada).orders())
                .containsExactly(new OpenOrder(order, Side.SELL, Commodity.METAL, 30, 10));
        assertThat(look(eve).orders()).extracting(OpenOrder::price).containsExactly(20L);
        assertThat(isRiding(order, mira)).isFalse();

        galaxy.order(eve, port, Side.BUY, 30, 6);
        mesh.tick(80);
        assertThat(eve.received(Filled.class)).extracting(Filled::units).containsExactly(6);
        assertThat(ada.received(Filled.class))
                .as("told where they play, though they never asked there")
                .extracting(Filled::units)
                .containsExactly(6);
        assertThat(credits(ada)).isEqualTo(5_000 + 180);
        assertThat(credits(eve)).isEqualTo(5_000 - 80 - 180);
        galaxy.assertPaid(List.of(ada, eve));
    }

    @Test
    void shouldTakeBackWhatHasGoneWithItsStation() {
        EntityId order = offer(30, 10);
        galaxy.order(eve, port, Side.BUY, 20, 4);
        mesh.tick(TOLD_TICKS);
        move(sol, mira);
        ada.send("market", "cancel", new CancelOrder(order, port));
        EntityId bid = eve.received(Placed.class).getLast().order();
        eve.send("market", "cancel", new CancelOrder(bid, port));
        mesh.tick(80);
        assertThat(credits(eve)).isEqualTo(5_000);
        assertThat(depot(look(ada))).isEqualTo(10);
        assertThat(look(ada).orders()).isEmpty();
        ada.send("market", "cancel", new CancelOrder(order, port));
        mesh.tick(10);
        assertThat(ada.received(Denied.class))
                .extracting(Denied::code)
                .containsExactly("HZ-MKT-007");
    }

    @Test
    void shouldTakeDepotsAlongAndShowThemInSurveys() {
        offer(30, 10);
        galaxy.order(eve, port, Side.BUY, 30, 6);
        mesh.tick(TOLD_TICKS);
        move(sol, mira);
        move(mira, vega);
        eve.send("market", "survey", new Survey());
        mesh.tick(5);
        assertThat(eve.received(Book.class))
                .singleElement()
                .extracting(RelocationTest::depot)
                .isEqualTo(6);
        galaxy.dock(eve, port, 1);
        mesh.tick(1);
        eve.send("market", "collect", new MarketEvents.Collect(Commodity.METAL));
        mesh.tick(1);
        Hold hold = vega.world().read(galaxy.ship(eve), Hold.class);
        assertThat(hold).isNotNull();
        assertThat(hold.units()[Commodity.METAL.ordinal()]).isEqualTo(Galaxy.METAL + 6);
    }

    @Test
    void shouldTakeWhoIsInABayAlong() {
        offer(30, 10);
        galaxy.dock(ada, port, 0);
        mesh.tick(1);
        mesh.move(port, sol, mira);
        mesh.tick(TOLD_TICKS);
        assertThat(ada.world()).isSameAs(mira);
        assertThat(credits(ada)).isEqualTo(5_000);
        EntityId order = ada.received(Placed.class).getLast().order();
        ada.send("market", "cancel", new CancelOrder(order, port));
        mesh.tick(1);
        ada.send("market", "collect", new MarketEvents.Collect(Commodity.METAL));
        mesh.tick(1);
        Hold hold = mira.world().read(galaxy.ship(ada), Hold.class);
        assertThat(hold).isNotNull();
        assertThat(hold.units()[Commodity.METAL.ordinal()]).isEqualTo(Galaxy.METAL);
    }

    @Test
    void shouldKeepTheBookOfWhatIsKept() {
        EntityId order = offer(30, 10);
        isKept = true;
        mesh.move(port, sol, mira);
        mesh.tick(3);
        assertThat(galaxy.homesOf(port)).containsExactly(sol);
        assertThat(isRiding(order, sol)).isFalse();
        assertThat(asks(eve)).containsExactly(new Offer(port, "station", 30, 10, false));
        isKept = false;
        move(sol, mira);
        assertThat(asks(eve)).containsExactly(new Offer(port, "station", 30, 10, false));
    }

    @Test
    void shouldRefuseWhatComesTooLateAndGiveTheMoneyBack() {
        offer(30, 10);
        mesh.move(port, sol, mira);
        mesh.tick(2);
        assertThat(galaxy.homesOf(port)).isNotEqualTo(List.of(sol));
        galaxy.order(eve, port, Side.BUY, 40, 4);
        eve.send("market", "look", new Look(port));
        mesh.tick(45);
        assertThat(eve.received(Denied.class))
                .extracting(Denied::code)
                .containsExactly("HZ-MKT-013", "HZ-MKT-013");
        assertThat(credits(eve)).isEqualTo(5_000);
        galaxy.assertPaid(List.of(ada, eve));
        galaxy.order(eve, port, Side.BUY, 40, 4);
        mesh.tick(80);
        assertThat(eve.received(Filled.class)).extracting(Filled::price).containsExactly(30L);
    }

    @Test
    void shouldKeepPriorityInTime() {
        // The node that it leaves has numbered more orders than the one that it comes to.
        for (int i = 0; i < 1_000; i++) {
            Books.nextSequence(sol.world());
        }
        EntityId first = offer(30, 10);
        EntityId second = offer(30, 10);
        move(sol, mira);
        FakePlayer bob = mira.connect("Bob");
        galaxy.dock(bob, port, 1);
        mesh.tick(1);
        galaxy.order(bob, port, Side.SELL, 30, 10);
        mesh.tick(1);
        EntityId third = bob.received(Placed.class).getLast().order();
        galaxy.order(eve, port, Side.BUY, 30, 15);
        mesh.tick(10);
        assertThat(mira.world().exists(first)).isFalse();
        assertThat(look(ada).orders())
                .containsExactly(new OpenOrder(second, Side.SELL, Commodity.METAL, 30, 5));
        assertThat(look(bob).orders())
                .containsExactly(new OpenOrder(third, Side.SELL, Commodity.METAL, 30, 10));
    }

    @Test
    void shouldJoinWhatABuildThatLeftBooksBehindHasKept() {
        EntityId order = offer(30, 10);
        World world = mira.world();
        EntityId depot = Depots.open(ada.player().id(), port, world);
        world.write(depot, new Store(new int[] {0, 3, 0, 0}));
        world.create(new GoodsFlow(Commodity.METAL, 3));
        mesh.tick(2);
        galaxy.order(eve, port, Side.BUY, 30, 4);
        mesh.tick(TOLD_TICKS);
        move(sol, mira);
        ada.send("market", "cancel", new CancelOrder(order, port));
        mesh.tick(10);
        assertThat(depot(look(ada))).isEqualTo(3 + 6);
        assertThat(Depots.at(port, world)).hasSize(2);
    }

    @Test
    void shouldMoveTheFullestBook() {
        World world = sol.world();
        List<EntityId> orders = new ArrayList<>();
        while (Books.entries(port, world) < 1_000) {
            long player = 1_000_000 + orders.size();
            var order =
                    new MarketEvents.PlaceOrder(
                            port, Side.SELL, Commodity.METAL, 50 + orders.size(), 1);
            orders.add(
                    Books.enter(
                            order,
                            player,
                            Bank.open(world, player),
                            0,
                            new int[] {0, 1, 0, 0},
                            world));
            world.create(new GoodsFlow(Commodity.METAL, 1));
            sol.tick(1);
        }
        mesh.tick(TOLD_TICKS);
        galaxy.order(eve, port, Side.BUY, 20, 4);
        mesh.tick(TOLD_TICKS);
        assertThat(eve.received(Denied.class))
                .extracting(Denied::code)
                .containsExactly("HZ-MKT-014");
        move(sol, mira);
        assertThat(orders).allMatch(each -> mira.world().exists(each));
        assertThat(Books.entries(port, mira.world())).isEqualTo(1_000);
    }
}
