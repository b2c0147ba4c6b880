package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Berth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where players place, cancel and collect; refuses what can't be, and says why. */
final class Counter {
    private final MarketConfig config;

    Counter(MarketConfig config) {
        this.config = config;
    }

    void place(MarketEvents.PlaceOrder event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = docked(player, context);
        if (berth == null) {
            return;
        }
        EntityId account = Bank.accountOf(world, player.id());
        if (!berth.isAt(event.station()) || account == null) {
            context.refuse(
                    "HZ-MKT-001",
                    "you are docked at " + berth.station() + ", not at " + event.station());
        } else if (event.units() < 1 || event.units() > config.unitsMax()) {
            context.refuse(
                    "HZ-MKT-002",
                    event.units() + " units ordered; order 1 to " + config.unitsMax());
        } else if (event.price() < 1 || event.price() > config.priceMax()) {
            context.refuse(
                    "HZ-MKT-003",
                    event.price() + " credits a unit offered; offer 1 to " + config.priceMax());
        } else if (openOrders(world, player) >= config.ordersMax()) {
            context.refuse(
                    "HZ-MKT-006",
                    "you have " + config.ordersMax() + " open orders; cancel one first");
        } else if (event.side() == Side.BUY) {
            buy(event, player, account, context);
        } else {
            sell(event, player, account, berth, context);
        }
    }

    /** Where the player is docked, or null after a refusal. */
    private static @Nullable Berth docked(Player player, EventContext context) {
        Berth berth = Berth.of(player, context);
        if (berth == null || berth.station().isNone()) {
            context.refuse("HZ-MKT-001", "trade is for docked ships; dock at a station first");
            return null;
        }
        if (!Bank.isOpen(context.world())) {
            context.refuse(
                    "HZ-MKT-008",
                    "trade has stopped, for the books don't balance; ask an operator");
            return null;
        }
        return berth;
    }

    private static void buy(
            MarketEvents.PlaceOrder event, Player player, EntityId account, EventContext context) {
        World world = context.world();
        // Both factors are bounded by the configuration: this doesn't overflow.
        long cost = event.price() * event.units();
        if (!Bank.withdraw(world, account, cost)) {
            context.refuse(
                    "HZ-MKT-005",
                    "that costs " + cost + " credits, you have " + Bank.credits(world, account));
            return;
        }
        enter(event, player, account, cost, new int[Commodity.COUNT], context);
    }

    private static void sell(
            MarketEvents.PlaceOrder event,
            Player player,
            EntityId account,
            Berth berth,
            EventContext context) {
        World world = context.world();
        Hold hold = world.read(berth.ship(), Hold.class);
        int commodity = event.commodity().ordinal();
        if (hold == null || hold.units()[commodity] < event.units()) {
            context.refuse(
                    "HZ-MKT-004",
                    "you offer "
                            + event.units()
                            + " of "
                            + event.commodity()
                            + ", your hold has "
                            + (hold == null ? 0 : hold.units()[commodity]));
            return;
        }
        hold.units()[commodity] -= event.units();
        world.write(berth.ship(), hold);
        int[] escrow = new int[Commodity.COUNT];
        escrow[commodity] = event.units();
        enter(event, player, account, 0, escrow, context);
    }

    private static void enter(
            MarketEvents.PlaceOrder event,
            Player player,
            EntityId account,
            long money,
            int[] goods,
            EventContext context) {
        World world = context.world();
        EntityId clerk = world.singleton(new Clerk(0));
        Clerk before = world.read(clerk, Clerk.class);
        long sequence = before == null ? 0 : before.nextSequence();
        world.write(clerk, new Clerk(sequence + 1));
        EntityId order =
                world.create(
                        new Order(
                                event.station(),
                                event.commodity(),
                                event.side(),
                                event.price(),
                                event.units(),
                                account,
                                depot(world, player, event.station()),
                                player.id(),
                                sequence,
                                true),
                        new Account(money),
                        new Store(goods));
        context.players().send(player, new MarketEvents.Placed(order));
    }

    /** The player's depot at a station, made at its first use. */
    private static EntityId depot(World world, Player player, EntityId station) {
        EntityId found = findDepot(world, player, station);
        return found != null
                ? found
                : world.create(
                        new Depot(player.id(), station), new Store(new int[Commodity.COUNT]));
    }

    private static @Nullable EntityId findDepot(World world, Player player, EntityId station) {
        List<EntityId> found = new ArrayList<>(1);
        world.forEach(
                Depot.class,
                player.id(),
                id -> {
                    Depot depot = world.read(id, Depot.class);
                    if (depot != null && depot.station().equals(station)) {
                        found.add(id);
                    }
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static int openOrders(World world, Player player) {
        int[] count = new int[1];
        world.forEach(
                Order.class,
                id -> {
                    Order order = world.read(id, Order.class);
                    if (order != null && order.playerId() == player.id()) {
                        count[0]++;
                    }
                });
        return count[0];
    }

    void cancel(MarketEvents.CancelOrder event, Player player, EventContext context) {
        World world = context.world();
        Order order = world.exists(event.order()) ? world.read(event.order(), Order.class) : null;
        if (order == null || order.playerId() != player.id()) {
            context.refuse("HZ-MKT-007", event.order() + " is no open order of yours");
            return;
        }
        Store escrow = world.read(event.order(), Store.class);
        Store depot = world.read(order.goods(), Store.class);
        EntityId account = order.account();
        long money = Bank.credits(world, event.order());
        if (escrow == null
                || depot == null
                || !Bank.transfer(world, event.order(), account, money)) {
            context.refuse("HZ-MKT-007", event.order() + " can't be taken back; ask an operator");
            return;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            depot.units()[i] += escrow.units()[i];
        }
        world.write(order.goods(), depot);
        world.destroy(event.order());
    }

    void collect(MarketEvents.Collect event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = docked(player, context);
        if (berth == null) {
            return;
        }
        int moved = bring(world, player, berth, event.commodity());
        if (moved == 0) {
            context.refuse(
                    "HZ-MKT-009",
                    "nothing of "
                            + event.commodity()
                            + " is in your depot here, or your hold is full");
            return;
        }
        look(new MarketEvents.Look(berth.station()), player, context);
    }

    /** From the depot into the hold, as much as fits. */
    private static int bring(World world, Player player, Berth berth, Commodity commodity) {
        EntityId depot = findDepot(world, player, berth.station());
        Store store = depot == null ? null : world.read(depot, Store.class);
        Hold hold = world.read(berth.ship(), Hold.class);
        if (depot == null || store == null || hold == null) {
            return 0;
        }
        int used = 0;
        for (int units : hold.units()) {
            used += units;
        }
        int moved = Math.min(store.units()[commodity.ordinal()], hold.capacity() - used);
        if (moved > 0) {
            store.units()[commodity.ordinal()] -= moved;
            hold.units()[commodity.ordinal()] += moved;
            world.write(depot, store);
            world.write(berth.ship(), hold);
        }
        return Math.max(0, moved);
    }

    void look(MarketEvents.Look event, Player player, EventContext context) {
        World world = context.world();
        if (world.read(event.station(), Quotes.class) == null) {
            context.refuse("HZ-MKT-010", event.station() + " has no market");
            return;
        }
        context.players().send(player, book(player, event.station(), context));
    }

    private static MarketEvents.Book book(Player player, EntityId station, EventContext context) {
        World world = context.world();
        int n = Commodity.COUNT;
        long[] bid = new long[n];
        int[] bidUnits = new int[n];
        long[] ask = new long[n];
        int[] askUnits = new int[n];
        List<MarketEvents.OpenOrder> own = new ArrayList<>();
        world.forEach(
                Order.class,
                station.value(),
                id -> {
                    Order order = world.read(id, Order.class);
                    if (order == null || order.units() == 0) {
                        return;
                    }
                    int i = order.commodity().ordinal();
                    boolean buys = order.side() == Side.BUY;
                    add(order, i, buys ? bid : ask, buys ? bidUnits : askUnits);
                    if (order.playerId() == player.id()) {
                        own.add(
                                new MarketEvents.OpenOrder(
                                        id,
                                        order.side(),
                                        order.commodity(),
                                        order.price(),
                                        order.units()));
                    }
                });
        EntityId depot = findDepot(world, player, station);
        Store store = depot == null ? null : world.read(depot, Store.class);
        Berth berth = Berth.of(player, context);
        Hold hold = berth == null ? null : world.read(berth.ship(), Hold.class);
        List<MarketEvents.Line> lines = new ArrayList<>();
        for (Commodity commodity : Commodity.values()) {
            int i = commodity.ordinal();
            lines.add(
                    new MarketEvents.Line(
                            commodity,
                            bid[i],
                            bidUnits[i],
                            ask[i],
                            askUnits[i],
                            store == null ? 0 : store.units()[i],
                            hold == null ? 0 : hold.units()[i]));
        }
        return new MarketEvents.Book(station, lines, own);
    }

    private static void add(Order order, int i, long[] price, int[] units) {
        boolean better =
                order.side() == Side.BUY ? order.price() > price[i] : order.price() < price[i];
        if (price[i] == 0 || better) {
            price[i] = order.price();
            units[i] = order.units();
        } else if (order.price() == price[i]) {
            units[i] += order.units();
        }
    }

    /**
     * Tells a player of a fill, and brings what they bought into their hold while they are there.
     */
    static void tell(EntityId id, EventContext context) {
        World world = context.world();
        Fill fill = world.read(id, Fill.class);
        world.destroy(id);
        Player player = fill == null ? null : context.players().find(fill.playerId());
        if (fill == null || player == null) {
            return;
        }
        Berth berth = Berth.of(player, context);
        if (fill.side() == Side.BUY && berth != null && berth.isAt(fill.station())) {
            bring(world, player, berth, fill.commodity());
        }
        context.players()
                .send(
                        player,
                        new MarketEvents.Filled(
                                fill.station(),
                                fill.side(),
                                fill.commodity(),
                                fill.price(),
                                fill.units()));
        context.players().send(player, book(player, fill.station(), context));
    }
}
