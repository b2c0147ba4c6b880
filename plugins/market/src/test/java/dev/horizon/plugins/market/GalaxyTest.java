package dev.horizon.plugins.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.market.MarketEvents.Book;
import dev.horizon.plugins.market.MarketEvents.CancelOrder;
import dev.horizon.plugins.market.MarketEvents.Compare;
import dev.horizon.plugins.market.MarketEvents.Compared;
import dev.horizon.plugins.market.MarketEvents.Denied;
import dev.horizon.plugins.market.MarketEvents.Filled;
import dev.horizon.plugins.market.MarketEvents.Offer;
import dev.horizon.plugins.market.MarketEvents.Placed;
import dev.horizon.plugins.market.MarketEvents.Survey;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Players who trade at stations of other nodes. */
class GalaxyTest {
    /** Until a change of a book is known on all nodes. */
    private static final int TOLD_TICKS = 150;

    private final Galaxy galaxy =
            new Galaxy(
                    1,
                    each ->
                            each.config("market", "orders-max", 2)
                                    .config("market", "forget-ticks", 900));
    private final TestMesh mesh = galaxy.mesh;
    private final TestWorld sol = galaxy.worlds.get(0);
    private final TestWorld vega = galaxy.worlds.get(1);
    private final TestWorld mira = galaxy.worlds.get(2);
    private final EntityId port = galaxy.stations.getFirst();
    private final FakePlayer ada = sol.connect("Ada");
    private final FakePlayer eve = vega.connect("Eve");

    @AfterEach
    void close() {
        galaxy.close();
    }

    /** Ada offers metal at sol's station, and all nodes know. */
    private void offer(long price, int units) {
        galaxy.dock(ada, 0);
        mesh.tick(1);
        galaxy.order(ada, port, Side.SELL, price, units);
        mesh.tick(TOLD_TICKS);
        assertThat(ada.refusals()).isEmpty();
    }

    private Compared compared(FakePlayer player) {
        player.send("market", "compare", new Compare(Commodity.METAL));
        mesh.tick(1);
        return player.received(Compared.class).getLast();
    }

    private void cancel(FakePlayer player, EntityId order) {
        player.send("market", "cancel", new CancelOrder(order, port));
    }

    private static long credits(FakePlayer player) {
        return Galaxy.credits(player.world(), player);
    }

    private int[] hold(FakePlayer player) {
        Hold hold = player.world().world().read(galaxy.ship(player), Hold.class);
        assertThat(hold).isNotNull();
        return hold.units();
    }

    @Test
    void shouldShowOffersOfAllNodes() {
        offer(30, 10);
        galaxy.order(eve, galaxy.stations.get(1), Side.BUY, 20, 5);
        mesh.tick(TOLD_TICKS);
        FakePlayer bob = mira.connect("Bob");
        for (FakePlayer each : List.of(ada, eve, bob)) {
            Compared compared = compared(each);
            assertThat(compared.asks()).containsExactly(new Offer(port, "station", 30, 10, false));
            assertThat(compared.bids())
                    .containsExactly(new Offer(galaxy.stations.get(1), "station", 20, 5, false));
        }
    }

    @Test
    void shouldMarkWhatIsAwayThenForgetItAndTellItAnew() {
        offer(30, 10);
        assertThat(compared(eve).asks()).extracting(Offer::isAway).containsExactly(false);
        mesh.dismiss(sol);
        mesh.tick(1);
        assertThat(compared(eve).asks()).extracting(Offer::isAway).containsExactly(true);
        galaxy.order(eve, port, Side.BUY, 30, 1);
        eve.send("market", "look", new MarketEvents.Look(port));
        mesh.tick(1);
        assertThat(eve.refusals()).hasSize(2).allMatch(each -> each.startsWith("HZ-MKT-011"));
        assertThat(credits(eve)).isEqualTo(5_000);
        mesh.tick(1_000);
        assertThat(compared(eve).asks()).isEmpty();
        mesh.resume(sol);
        mesh.tick(TOLD_TICKS);
        assertThat(compared(eve).asks()).containsExactly(new Offer(port, "station", 30, 10, false));
    }

    @Test
    void shouldMarkWhoSaysNothingAndFillNoQueueWithWhatItMisses() {
        offer(30, 10);
        mesh.pause(mira);
        for (int i = 0; i < 20; i++) {
            ada.clear();
            galaxy.order(ada, port, Side.SELL, 40 + i, 1);
            mesh.tick(TOLD_TICKS);
            ada.received(Placed.class).forEach(each -> cancel(ada, each.order()));
            mesh.tick(1);
        }
        assertThat(mesh.waiting(mira)).isLessThan(20);
        mesh.resume(mira);
        mesh.tick(TOLD_TICKS);
        FakePlayer bob = mira.connect("Bob");
        assertThat(compared(bob).asks()).containsExactly(new Offer(port, "station", 30, 10, false));
        mesh.pause(sol);
        mesh.tick(700);
        assertThat(compared(bob).asks()).extracting(Offer::isAway).containsExactly(true);
    }

    @Test
    void shouldTellAnewWhoKnowsMoreThanABackupDoes() {
        offer(30, 10);
        sol.world().write(sol.world().singleton(new Edition(0)), new Edition(0));
        Listings.forget(1, sol.world());
        mesh.tick(TOLD_TICKS);
        assertThat(compared(eve).asks()).extracting(Offer::price).containsExactly(30L);
        assertThat(Listings.all(vega.world(), each -> each.node() == 1)).hasSize(Commodity.COUNT);
    }

    @Test
    void shouldGoOnAskingWhoSaidGoodbyeBehindAnAnswer() {
        offer(30, 10);
        mesh.pause(vega);
        galaxy.order(ada, port, Side.SELL, 20, 1);
        mesh.tick(TOLD_TICKS);
        mesh.dismiss(sol);
        mesh.resume(vega);
        assertThat(compared(eve).asks()).extracting(Offer::price).containsExactly(20L);
        mesh.resume(sol);
        EntityId order = ada.received(Placed.class).getLast().order();
        cancel(ada, order);
        mesh.tick(TOLD_TICKS);
        assertThat(compared(eve).asks()).extracting(Offer::price).containsExactly(30L);
    }

    @Test
    void shouldBuyAtAStationOfAnotherNode() {
        offer(30, 10);
        galaxy.order(eve, port, Side.BUY, 40, 4);
        mesh.tick(60);
        assertThat(eve.refusals()).isEmpty();
        assertThat(eve.received(Placed.class)).hasSize(1);
        assertThat(eve.received(Filled.class))
                .containsExactly(new Filled(port, Side.BUY, Commodity.METAL, 30, 4));
        assertThat(credits(eve)).as("the price of the older order").isEqualTo(5_000 - 120);
        assertThat(Galaxy.credits(sol, eve)).isZero();
        assertThat(credits(ada)).isEqualTo(5_120);
        eve.send("market", "look", new MarketEvents.Look(port));
        mesh.tick(3);
        Book book = eve.received(Book.class).getLast();
        assertThat(book.lines().get(Commodity.METAL.ordinal()))
                .isEqualTo(new MarketEvents.Line(Commodity.METAL, 0, 0, 30, 6, 4, Galaxy.METAL));
        galaxy.assertBalanced();

        mesh.move(galaxy.ship(eve), vega, sol);
        mesh.tick(30);
        galaxy.dock(eve, 1);
        mesh.tick(1);
        eve.send("market", "collect", new MarketEvents.Collect(Commodity.METAL));
        mesh.tick(1);
        assertThat(hold(eve)[Commodity.METAL.ordinal()]).isEqualTo(Galaxy.METAL + 4);
        galaxy.assertBalanced();
    }

    @Test
    void shouldGiveBackWhatTheHomeRefuses() {
        mesh.tick(TOLD_TICKS);
        for (int i = 0; i < 3; i++) {
            galaxy.order(eve, port, Side.BUY, 40, 4);
        }
        mesh.tick(60);
        assertThat(eve.received(Placed.class)).hasSize(2);
        assertThat(eve.received(Denied.class))
                .extracting(Denied::code)
                .containsExactly("HZ-MKT-006");
        assertThat(credits(eve)).isEqualTo(5_000 - 320);
        assertThat(Galaxy.credits(sol, eve)).isZero();
        galaxy.assertBalanced();
    }

    @Test
    void shouldSeeAndTakeBackOrdersFromAnyNode() {
        mesh.tick(TOLD_TICKS);
        galaxy.order(eve, port, Side.BUY, 40, 4);
        galaxy.order(eve, galaxy.stations.get(1), Side.BUY, 10, 1);
        mesh.tick(5);
        mesh.move(galaxy.ship(eve), vega, mira);
        mesh.tick(30);
        eve.send("market", "survey", new Survey());
        mesh.tick(5);
        List<Book> books = eve.received(Book.class);
        assertThat(books)
                .extracting(Book::station)
                .containsExactlyInAnyOrder(port, galaxy.stations.get(1));
        books.forEach(book ->
                book.orders()
                        .forEach(each ->
                                eve.send(
                                        "market",
                                        "cancel",
                                        new CancelOrder(each.order(), book.station()))));
        mesh.tick(60);
        assertThat(eve.received(Book.class).getLast().orders()).isEmpty();
        assertThat(credits(eve)).isEqualTo(5_000);
        Book first = books.getFirst();
        EntityId gone = first.orders().getFirst().order();
        eve.send("market", "cancel", new CancelOrder(gone, first.station()));
        mesh.tick(5);
        assertThat(eve.received(Denied.class))
                .extracting(Denied::code)
                .containsExactly("HZ-MKT-007");
        galaxy.assertBalanced();
    }

    @Test
    void shouldPayWhereTheSellerPlays() {
        offer(30, 10);
        galaxy.undock(ada);
        mesh.tick(1);
        mesh.move(galaxy.ship(ada), sol, mira);
        mesh.tick(30);
        assertThat(ada.world()).isSameAs(mira);
        galaxy.order(eve, port, Side.BUY, 30, 4);
        mesh.tick(80);
        assertThat(credits(ada)).as("paid where they play").isEqualTo(5_120);
        assertThat(Galaxy.credits(sol, ada)).isZero();
        ada.disconnect();
        galaxy.order(eve, port, Side.BUY, 30, 6);
        mesh.tick(80);
        assertThat(Galaxy.credits(sol, ada) + Galaxy.credits(mira, ada))
                .as("kept until they come back")
                .isEqualTo(5_300);
        ada.connect();
        mesh.tick(80);
        assertThat(credits(ada)).isEqualTo(5_300);
        galaxy.assertPaid(List.of(ada, eve));
        galaxy.assertBalanced();
    }

    @Test
    void shouldRefuseWhoAsksOtherNodesTooFast() {
        offer(30, 10);
        for (int i = 0; i < 8; i++) {
            eve.send("market", "look", new MarketEvents.Look(port));
        }
        mesh.tick(5);
        assertThat(eve.received(Book.class)).hasSize(5);
        assertThat(eve.refusals()).hasSize(3).allMatch(each -> each.startsWith("HZ-MKT-012"));
        mesh.tick(20);
        eve.send("market", "look", new MarketEvents.Look(EntityId.of(9, 9)));
        mesh.tick(1);
        assertThat(eve.refusals().getLast()).startsWith("HZ-MKT-010");
    }
}
