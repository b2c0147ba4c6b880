package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Berth;
import org.jspecify.annotations.Nullable;

/**
 * Where players place, cancel, collect and look; refuses what can't be, and says why. What is of
 * another node's stations is asked of that node.
 */
final class Counter {
    /**
     * What one player may ask of other nodes, or about all of them, in a second: some 500 bytes
     * that may wait for a node, until it counts as away.
     */
    private static final int ASKED_MAX = 5;

    private final MarketConfig config;

    Counter(MarketConfig config) {
        this.config = config;
    }

    void place(MarketEvents.PlaceOrder order, Player player, EventContext context) {
        Denial denial =
                order.side() == Side.BUY
                        ? buy(order, player, context)
                        : sell(order, player, context);
        if (denial != null) {
            denial.refuse(context);
        }
    }

    private @Nullable Denial buy(
            MarketEvents.PlaceOrder order, Player player, EventContext context) {
        World world = context.world();
        boolean isHere = Books.isAt(order.station(), world);
        Denial denial =
                isHere
                        ? Denial.of(order, player.id(), config, world)
                        : Denial.ofTerms(order, config, world);
        if (denial != null) {
            return denial;
        }
        EntityId account = Bank.open(world, player.id());
        // Both factors are bounded by the configuration: this doesn't overflow.
        long cost = order.price() * order.units();
        if (Bank.credits(world, account) < cost) {
            return Denial.money(cost, Bank.credits(world, account));
        }
        if (isHere) {
            Bank.withdraw(world, account, cost);
            enter(order, player, account, cost, new int[Commodity.COUNT], context);
            return null;
        }
        var bid = new Mail.Bid(context.services().node(), player.id(), order);
        denial = askHome(order.station(), bid, player, context);
        if (denial == null) {
            Bank.send(world, account, cost);
        }
        return denial;
    }

    private @Nullable Denial sell(
            MarketEvents.PlaceOrder order, Player player, EventContext context) {
        World world = context.world();
        Berth berth = Berth.of(player, context);
        if (berth == null || berth.station().isNone()) {
            return Denial.UNDOCKED;
        }
        if (!berth.isAt(order.station())) {
            return Denial.elsewhere(berth.station(), order.station());
        }
        Denial denial = Denial.of(order, player.id(), config, world);
        if (denial != null) {
            return denial;
        }
        Hold hold = world.read(berth.ship(), Hold.class);
        int commodity = order.commodity().ordinal();
        int held = hold == null ? 0 : hold.units()[commodity];
        if (hold == null || held < order.units()) {
            return Denial.goods(order.commodity(), order.units(), held);
        }
        hold.units()[commodity] -= order.units();
        world.write(berth.ship(), hold);
        int[] escrow = new int[Commodity.COUNT];
        escrow[commodity] = order.units();
        enter(order, player, Bank.open(world, player.id()), 0, escrow, context);
        return null;
    }

    private static void enter(
            MarketEvents.PlaceOrder order,
            Player player,
            EntityId account,
            long money,
            int[] goods,
            EventContext context) {
        EntityId entered = Books.enter(order, player.id(), account, money, goods, context.world());
        context.players().send(player, new MarketEvents.Placed(entered));
    }

    void cancel(MarketEvents.CancelOrder event, Player player, EventContext context) {
        World world = context.world();
        int self = context.services().node();
        int home =
                Books.isAt(event.station(), world) ? 0 : Listings.homeOf(event.station(), context);
        if (home == 0) {
            home = event.order().block(); // Where a build that left books behind may have it.
        }
        Denial denial;
        if (home == self || Books.order(event.order(), world) != null) {
            denial = Books.withdraw(event.order(), player.id(), world);
        } else {
            var withdrawal = new Mail.Withdrawal(self, player.id(), event.order());
            denial = ask(home, withdrawal, player, context);
        }
        if (denial != null) {
            denial.refuse(context);
        }
    }

    void collect(MarketEvents.Collect event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = Berth.of(player, context);
        if (berth == null || berth.station().isNone()) {
            Denial.UNDOCKED.refuse(context);
        } else if (!Bank.isOpen(world)) {
            Denial.CLOSED.refuse(context);
        } else if (Depots.bring(player.id(), berth, event.commodity(), world) == 0) {
            Denial.nothing(event.commodity()).refuse(context);
        } else {
            Courier.show(player, berth.station(), context);
        }
    }

    void look(MarketEvents.Look event, Player player, EventContext context) {
        if (Books.isAt(event.station(), context.world())) {
            Courier.show(player, event.station(), context);
            return;
        }
        var look = new Mail.Look(context.services().node(), player.id(), event.station());
        Denial denial = askHome(event.station(), look, player, context);
        if (denial != null) {
            denial.refuse(context);
        }
    }

    void compare(MarketEvents.Compare event, Player player, EventContext context) {
        if (mayAsk(player, context)) {
            context.players().send(player, Listings.compare(event.commodity(), context));
        } else {
            Denial.HASTE.refuse(context);
        }
    }

    void survey(MarketEvents.Survey event, Player player, EventContext context) {
        if (!mayAsk(player, context)) {
            Denial.HASTE.refuse(context);
            return;
        }
        var survey = new Mail.Survey(context.services().node(), player.id());
        for (int node : context.services().nodes(Gazette.SERVICE)) {
            if (!Subscriptions.isAway(node, context)) {
                context.services().reaches(Gazette.SERVICE, node, survey);
            }
        }
    }

    /** Asks the home of a station on another node; why not, or null. */
    private static @Nullable Denial askHome(
            EntityId station, Record event, Player player, EventContext context) {
        int home = Listings.homeOf(station, context);
        return home == 0
                ? Denial.notHere(station, context.world())
                : ask(home, event, player, context);
    }

    private static @Nullable Denial ask(
            int node, Record event, Player player, EventContext context) {
        if (!mayAsk(player, context)) {
            return Denial.HASTE;
        }
        boolean isAsked =
                !Subscriptions.isAway(node, context)
                        && context.services().reaches(Gazette.SERVICE, node, event);
        return isAsked ? null : Denial.UNREACHABLE;
    }

    private static boolean mayAsk(Player player, EventContext context) {
        World world = context.world();
        long second = context.tick().number() / Market.LOOK_TICKS;
        Asked asked = world.read(player.entity(), Asked.class);
        int count = asked == null || asked.second() != second ? 1 : asked.count() + 1;
        if (count <= ASKED_MAX) {
            world.write(player.entity(), new Asked(second, count));
        }
        return count <= ASKED_MAX;
    }
}
