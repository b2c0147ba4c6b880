package dev.horizon.plugins.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Ledger;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Players who buy, sell, withdraw and collect by chance while they and stations go from node to
 * node, they log out and in, and nodes stop: once all is calm, no credit and no unit must be lost
 * or made, all money must be where its player is, and all nodes must know the same quotes. More
 * with {@code -Dmarket.seeds=500}.
 */
class ManyNodesTest {
    private static final int SEEDS = Integer.getInteger("market.seeds", 12);
    private static final int STEPS = 200;
    private static final int CALM_TICKS = 300;
    private static final List<String> NAMES = List.of("Ada", "Bob", "Cem", "Dia", "Eve", "Fay");

    /** One run of a galaxy. */
    private static final class Play implements AutoCloseable {
        private final SplittableRandom random;
        private final Galaxy galaxy;
        private final TestMesh mesh;
        private final List<FakePlayer> players = new ArrayList<>();
        private final List<TestWorld> homes;
        private int relocations;

        Play(long seed, int threads) {
            random = new SplittableRandom(seed);
            galaxy = new Galaxy(threads, each -> each.config("market", "orders-max", 4));
            mesh = galaxy.mesh;
            homes = new ArrayList<>(galaxy.worlds);
            for (String name : NAMES) {
                players.add(galaxy.worlds.get(random.nextInt(3)).connect(name));
            }
        }

        /** True while the player is on a node, rather than on the way to one. */
        private static boolean isThere(FakePlayer player) {
            return player.isConnected() && player.world().world().exists(player.player().entity());
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                FakePlayer player = players.get(random.nextInt(players.size()));
                if (isThere(player)) {
                    act(player);
                } else if (!player.isConnected()) {
                    player.connect();
                }
                if (random.nextInt(20) == 0) {
                    disturb();
                }
                if (random.nextInt(10) == 0) {
                    relocate(galaxy.stations.get(random.nextInt(3)));
                }
                mesh.tick(random.nextInt(12));
                count();
            }
            galaxy.worlds.forEach(mesh::resume);
            mesh.tick(CALM_TICKS);
            players.stream().filter(each -> !each.isConnected()).forEach(FakePlayer::connect);
            mesh.tick(CALM_TICKS);
        }

        private void disturb() {
            TestWorld world = galaxy.worlds.get(random.nextInt(3));
            switch (random.nextInt(4)) {
                case 0 -> mesh.pause(world);
                case 1 -> mesh.dismiss(world);
                case 2 -> mesh.restart(world);
                default -> galaxy.worlds.forEach(mesh::resume);
            }
        }

        private void relocate(EntityId station) {
            List<TestWorld> homes = galaxy.homesOf(station);
            TestWorld to = galaxy.worlds.get(random.nextInt(3));
            if (!homes.isEmpty() && homes.getFirst() != to) {
                mesh.move(station, homes.getFirst(), to);
            }
        }

        /** Stations that have come to another node since the last look. */
        private void count() {
            for (int i = 0; i < 3; i++) {
                List<TestWorld> now = galaxy.homesOf(galaxy.stations.get(i));
                assertThat(now).as("homes of a station").hasSizeLessThan(2);
                if (!now.isEmpty() && now.getFirst() != homes.set(i, now.getFirst())) {
                    relocations++;
                }
            }
        }

        private void act(FakePlayer player) {
            EntityId station = galaxy.stations.get(random.nextInt(3));
            long price = 10 + random.nextInt(10);
            int units = 1 + random.nextInt(8);
            switch (random.nextInt(10)) {
                case 0, 1 -> galaxy.order(player, station, Side.BUY, price, units);
                case 2, 3 ->
                        galaxy.order(player, docking(player).station(), Side.SELL, price, units);
                case 4 -> {
                    List<MarketEvents.Placed> placed = player.received(MarketEvents.Placed.class);
                    if (!placed.isEmpty()) {
                        EntityId order = placed.get(random.nextInt(placed.size())).order();
                        var cancel = new MarketEvents.CancelOrder(order, station);
                        player.send("market", "cancel", cancel);
                    }
                }
                case 5 ->
                        player.send("market", "collect", new MarketEvents.Collect(Commodity.METAL));
                case 6 -> {
                    player.send("market", "survey", new MarketEvents.Survey());
                    player.send("market", "look", new MarketEvents.Look(station));
                }
                case 7 -> berth(player);
                case 8 -> cross(player, galaxy.worlds.get(random.nextInt(3)));
                default -> player.disconnect();
            }
        }

        private Docking docking(FakePlayer player) {
            Docking docking = player.world().world().read(galaxy.ship(player), Docking.class);
            return docking == null ? Docking.FREE : docking;
        }

        private boolean isDocked(FakePlayer player) {
            return docking(player).bay() >= 0;
        }

        private void berth(FakePlayer player) {
            List<EntityId> here = galaxy.stationsAt(player);
            if (isDocked(player)) {
                galaxy.undock(player);
            } else if (!here.isEmpty()) {
                EntityId station = here.get(random.nextInt(here.size()));
                galaxy.dock(player, station, players.indexOf(player));
            }
        }

        private void cross(FakePlayer player, TestWorld to) {
            if (to != player.world() && !isDocked(player)) {
                mesh.move(galaxy.ship(player), player.world(), to);
            }
        }

        void assertSound() {
            galaxy.assertBalanced();
            galaxy.assertPaid(players);
            long metal = 0;
            for (TestWorld each : galaxy.worlds) {
                World world = each.world();
                Ledger[] ledger = new Ledger[1];
                world.forEach(Ledger.class, id -> ledger[0] = world.read(id, Ledger.class));
                metal += ledger[0].counted()[Commodity.METAL.ordinal()];
                assertEscrows(world);
            }
            assertThat(metal).as("metal").isEqualTo((long) NAMES.size() * Galaxy.METAL);
            assertQuotes();
        }

        private static void assertEscrows(World world) {
            world.forEach(
                    Order.class,
                    id -> {
                        Order order = world.read(id, Order.class);
                        Store store = world.read(id, Store.class);
                        assertThat(order).isNotNull();
                        assertThat(store).isNotNull();
                        assertThat(world.exists(order.station())).as("station of %s", id).isTrue();
                        if (order.playerId() != 0) {
                            assertThat(order.account())
                                    .isEqualTo(Bank.accountOf(world, order.playerId()));
                            assertThat(order.goods())
                                    .isEqualTo(
                                            Depots.find(order.playerId(), order.station(), world));
                        }
                        boolean buys = order.side() == Side.BUY;
                        assertThat(Bank.credits(world, id))
                                .isEqualTo(buys ? order.price() * order.units() : 0);
                        assertThat(store.units()[order.commodity().ordinal()])
                                .isEqualTo(buys ? 0 : order.units());
                    });
        }

        /** All nodes know the same, and that is what the books say. */
        private void assertQuotes() {
            TreeMap<String, String> books = new TreeMap<>();
            for (EntityId station : galaxy.stations) {
                List<TestWorld> homes = galaxy.homesOf(station);
                assertThat(homes).as("homes of %s", station).hasSize(1);
                World world = homes.getFirst().world();
                Best best = Best.of(world, station);
                for (Commodity commodity : Commodity.values()) {
                    int c = commodity.ordinal();
                    books.put(
                            station + " " + commodity,
                            best.bid[c]
                                    + " x "
                                    + best.bidUnits[c]
                                    + ", "
                                    + best.ask[c]
                                    + " x "
                                    + best.askUnits[c]);
                }
            }
            for (TestWorld each : galaxy.worlds) {
                assertThat(known(each.world())).isEqualTo(books);
            }
        }

        private static TreeMap<String, String> known(World world) {
            TreeMap<String, String> known = new TreeMap<>();
            for (EntityId id : Listings.all(world, Listing::isOpen)) {
                Listing each = Listings.read(id, world);
                String before =
                        known.put(
                                each.station() + " " + each.commodity(),
                                each.bid()
                                        + " x "
                                        + each.bidUnits()
                                        + ", "
                                        + each.ask()
                                        + " x "
                                        + each.askUnits());
                assertThat(before).as("a second listing of " + each).isNull();
            }
            return known;
        }

        List<Long> hashes() {
            List<Long> hashes = new ArrayList<>();
            galaxy.worlds.forEach(world -> hashes.addAll(world.hashes()));
            return hashes;
        }

        @Override
        public void close() {
            galaxy.close();
        }
    }

    @Test
    void shouldBeDeterministic() {
        try (Play one = new Play(7, 1);
                Play two = new Play(7, 2)) {
            one.run();
            two.run();
            assertThat(two.hashes()).isEqualTo(one.hashes());
        }
    }

    @Test
    void shouldLoseNothingAndComeToTheSameEverywhere() {
        int fills = 0;
        int relocations = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (Play play = new Play(seed, 1)) {
                play.run();
                play.assertSound();
                relocations += play.relocations;
                for (FakePlayer player : play.players) {
                    fills += player.received(MarketEvents.Filled.class).size();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(fills).as("orders that met").isGreaterThan(SEEDS);
        assertThat(relocations).as("stations that came to another node").isGreaterThan(5 * SEEDS);
    }
}
