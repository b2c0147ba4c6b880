package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The books of this node's stations, for players of any node. */
final class Books {
    /** Open orders of one player in one page, which must fit a payload. */
    private static final int SHOWN_MAX = 256;

    private Books() {}

    /** True for a station of this node that has a market. */
    static boolean isAt(EntityId station, World world) {
        return world.read(station, Quotes.class) != null;
    }

    /**
     * Enters an order that nothing is against.
     *
     * @param account of this node's, which pays and is paid
     * @param money that the order holds, taken from somewhere in the same handler
     * @param goods likewise
     */
    static EntityId enter(
            MarketEvents.PlaceOrder order,
            long playerId,
            EntityId account,
            long money,
            int[] goods,
            World world) {
        return world.create(
                new Order(
                        order.station(),
                        order.commodity(),
                        order.side(),
                        order.price(),
                        order.units(),
                        account,
                        Depots.open(playerId, order.station(), world),
                        playerId,
                        nextSequence(world),
                        true),
                new Account(money),
                new Store(goods));
    }

    /** The place in time of the next order. */
    static long nextSequence(World world) {
        EntityId clerk = world.singleton(new Clerk(0));
        Clerk before = world.read(clerk, Clerk.class);
        long sequence = before == null ? 0 : before.nextSequence();
        world.write(clerk, new Clerk(sequence + 1));
        return sequence;
    }

    /** All orders of a station, its own and players'. */
    static List<EntityId> at(EntityId station, World world) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(Order.class, station.value(), found::add);
        return found;
    }

    /** Orders at a station and depots with goods: what goes along when it leaves the node. */
    static int entries(EntityId station, World world) {
        int[] count = new int[1];
        world.forEach(Order.class, station.value(), id -> count[0]++);
        for (EntityId depot : Depots.at(station, world)) {
            count[0] += Depots.isStocked(depot, world) ? 1 : 0;
        }
        return count[0];
    }

    /** An order that is open here, or null. */
    static @Nullable Order order(EntityId id, World world) {
        return world.read(id, Order.class);
    }

    /**
     * Takes a player's order out of the book: money goes to their account on this node, goods to
     * their depot.
     *
     * @return why not, or null
     */
    static @Nullable Denial withdraw(EntityId id, long playerId, World world) {
        Order order = order(id, world);
        if (order == null || order.playerId() != playerId) {
            return Denial.noOrder(id);
        }
        Store escrow = world.read(id, Store.class);
        if (escrow == null
                || world.read(order.goods(), Store.class) == null
                || !Bank.transfer(world, id, order.account(), Bank.credits(world, id))) {
            return new Denial("HZ-MKT-007", id + " can't be taken back; ask an operator");
        }
        Depots.put(escrow.units(), order.goods(), world);
        world.write(id, order.closed()); // What is shown in this handler leaves it out.
        world.destroy(id);
        return null;
    }

    /** The player's open orders on this node. */
    static int ordersOf(long playerId, World world) {
        int[] count = new int[1];
        world.forEach(
                Order.class,
                id -> {
                    Order order = order(id, world);
                    if (order != null && order.playerId() == playerId) {
                        count[0]++;
                    }
                });
        return count[0];
    }

    /** Stations of this node where the player has orders or goods, each once. */
    static List<EntityId> stationsOf(long playerId, World world) {
        List<EntityId> found = Depots.stocked(playerId, world);
        world.forEach(
                Order.class,
                id -> {
                    Order order = order(id, world);
                    if (order != null && order.playerId() == playerId) {
                        found.add(order.station());
                    }
                });
        return found.stream().distinct().toList();
    }

    /**
     * A station's book as a player sees it.
     *
     * @param hold units in their hold, by ordinal
     */
    static MarketEvents.Book page(long playerId, EntityId station, int[] hold, World world) {
        Best best = Best.of(world, station);
        EntityId depot = Depots.find(playerId, station, world);
        Store store = depot == null ? null : world.read(depot, Store.class);
        List<MarketEvents.Line> lines = new ArrayList<>();
        for (Commodity commodity : Commodity.values()) {
            int i = commodity.ordinal();
            lines.add(
                    new MarketEvents.Line(
                            commodity,
                            best.bid[i],
                            best.bidUnits[i],
                            best.ask[i],
                            best.askUnits[i],
                            store == null ? 0 : store.units()[i],
                            hold[i]));
        }
        return new MarketEvents.Book(station, lines, own(playerId, station, world));
    }

    private static List<MarketEvents.OpenOrder> own(long playerId, EntityId station, World world) {
        List<MarketEvents.OpenOrder> own = new ArrayList<>();
        world.forEach(
                Order.class,
                station.value(),
                id -> {
                    Order order = order(id, world);
                    if (order != null
                            && order.units() > 0
                            && order.playerId() == playerId
                            && own.size() < SHOWN_MAX) {
                        own.add(
                                new MarketEvents.OpenOrder(
                                        id,
                                        order.side(),
                                        order.commodity(),
                                        order.price(),
                                        order.units()));
                    }
                });
        return own;
    }
}
