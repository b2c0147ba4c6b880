package dev.horizon.plugins.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.docking.DockRequest;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.AccountHolder;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Three nodes, each with a station that trades nothing itself, and players with a ship each. */
final class Galaxy implements AutoCloseable {
    static final long MONEY = 100_000_000;
    static final int METAL = 50;
    private static final Plugin BRIDGE =
            registrar -> registrar.events().on(PlayerConnected.class, Galaxy::board);

    final List<TestWorld> worlds = new ArrayList<>();
    final List<EntityId> stations = new ArrayList<>();
    final TestMesh mesh;

    Galaxy(int threads, UnaryOperator<TestWorldBuilder> more) {
        for (int block = 1; block <= 3; block++) {
            TestWorldBuilder builder =
                    TestWorld.builder()
                            .plugin(Mechanisms.class)
                            .plugin(Economy.class)
                            .plugin(Market.class)
                            .plugin("bridge", BRIDGE)
                            .config("economy", "station-credits", 0)
                            .config("economy", "cycle-ticks", 1_000_000_000)
                            .threads(threads)
                            .idBlock(block);
            TestWorld world = more.apply(builder).build();
            stations.add(Props.station(world.world(), 0, 0, 0));
            world.tick(50);
            worlds.add(world);
        }
        mesh = TestMesh.of(worlds.toArray(TestWorld[]::new));
    }

    private static void board(PlayerConnected event, EventContext context) {
        Owner owner = new Owner(event.player().id());
        World world = context.world();
        EntityId ship = world.find(Owner.class, owner.playerId(), Hold.class);
        if (ship == null) {
            ship =
                    world.create(
                            new Position(50_000, 0, 0),
                            new Motion(0, 0, 0, 0, 0, 0),
                            Docking.FREE,
                            new Hold(10_000, new int[] {0, METAL, 0, 0}),
                            owner);
            world.create(new GoodsFlow(Commodity.METAL, METAL));
        }
        context.players().focus(event.player(), ship);
    }

    EntityId ship(FakePlayer player) {
        EntityId ship = player.world().world().find(Owner.class, player.player().id(), Hold.class);
        assertThat(ship).as("ship of " + player.name()).isNotNull();
        return ship;
    }

    /** The nodes that have a station: one, or none while it is on its way. */
    List<TestWorld> homesOf(EntityId station) {
        return worlds.stream().filter(each -> each.world().exists(station)).toList();
    }

    /** The stations of the node where a player plays. */
    List<EntityId> stationsAt(FakePlayer player) {
        return stations.stream().filter(each -> player.world().world().exists(each)).toList();
    }

    void dock(FakePlayer player, int bay) {
        dock(player, stationsAt(player).getFirst(), bay);
    }

    void dock(FakePlayer player, EntityId station, int bay) {
        World world = player.world().world();
        world.write(ship(player), new Docking(DockRequest.NONE, station, (byte) bay, 0));
        world.write(ship(player), new Parent(station, 0, 0, 0));
        world.write(ship(player), new Position(0, 0, 0));
    }

    void undock(FakePlayer player) {
        World world = player.world().world();
        world.write(ship(player), Docking.FREE);
        world.remove(ship(player), Parent.class);
        world.write(ship(player), new Position(50_000, 0, 0));
    }

    void order(FakePlayer player, EntityId at, Side side, long price, int units) {
        player.send(
                "market",
                "order",
                new MarketEvents.PlaceOrder(at, side, Commodity.METAL, price, units));
    }

    /** What a player has in their account on a node; -1 where they have none. */
    static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        return account == null ? -1 : Bank.credits(world.world(), account);
    }

    /** All credits of all nodes. */
    long money() {
        long sum = 0;
        for (TestWorld world : worlds) {
            List<EntityId> accounts = new ArrayList<>();
            world.world().forEach(Account.class, accounts::add);
            for (EntityId account : accounts) {
                sum += Bank.credits(world.world(), account);
            }
        }
        return sum;
    }

    void assertBalanced() {
        for (TestWorld world : worlds) {
            assertThat(world.command("economy:ledger")).startsWith("BALANCED");
        }
        assertThat(money()).as("money of all nodes").isEqualTo(worlds.size() * MONEY);
    }

    /** No money of players waits where they don't play. */
    void assertPaid(List<FakePlayer> players) {
        for (FakePlayer player : players) {
            for (TestWorld world : worlds) {
                if (world != player.world()) {
                    assertThat(credits(world, player)).as(player.name()).isLessThanOrEqualTo(0);
                }
            }
        }
        for (TestWorld world : worlds) {
            world.world()
                    .forEach(
                            AccountHolder.class,
                            id ->
                                    assertThat(Bank.credits(world.world(), id))
                                            .isGreaterThanOrEqualTo(0));
        }
    }

    @Override
    public void close() {
        worlds.forEach(TestWorld::close);
    }
}
