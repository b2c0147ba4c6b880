package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;

/** What the economy does when players come and go, and what it tells them. */
final class Tellers {
    private static final int TELL_TICKS = 20;

    private Tellers() {}

    static void welcome(PlayerConnected event, EventContext context, EconomyConfig config) {
        World world = context.world();
        Player player = event.player();
        if (!event.resumed()) {
            declare(world, player, 1);
        }
        EntityId account = Bank.accountOf(world, player.id());
        if (account == null) {
            account = open(world, player, config);
        }
        tell(player, account, context);
    }

    private static EntityId open(World world, Player player, EconomyConfig config) {
        EntityId treasury = Bank.treasury(world);
        long given =
                treasury == null
                        ? 0
                        : Math.min(config.newcomerCredits(), Bank.credits(world, treasury));
        if (treasury != null && Bank.withdraw(world, treasury, given)) {
            Treasury before = world.read(treasury, Treasury.class);
            world.write(treasury, new Treasury(before == null ? 1 : before.newcomers() + 1));
        }
        return world.create(new AccountHolder(player.id()), new Account(given));
    }

    static void farewell(PlayerDisconnected event, EventContext context) {
        Customs.unpack(context);
        declare(context.world(), event.player(), -1);
    }

    /** What a player's ships carry leaves the world with them, and comes back with them. */
    private static void declare(World world, Player player, int sign) {
        long[] units = new long[Commodity.COUNT];
        world.forEach(
                Owner.class,
                player.id(),
                id -> {
                    Hold hold = world.read(id, Hold.class);
                    if (hold != null) {
                        for (int i = 0; i < Commodity.COUNT; i++) {
                            units[i] += hold.units()[i];
                        }
                    }
                });
        for (Commodity commodity : Commodity.values()) {
            if (units[commodity.ordinal()] != 0) {
                world.create(new GoodsFlow(commodity, (int) (sign * units[commodity.ordinal()])));
            }
        }
    }

    /** Tells players of changed balances, once a second. */
    static void tell(TickStarted event, EventContext context) {
        if (context.tick().number() % TELL_TICKS == 0) {
            context.world().forEach(Told.class, context, Tellers::tellAgain);
        }
    }

    private static void tellAgain(EntityId id, EventContext context) {
        World world = context.world();
        Told told = world.read(id, Told.class);
        if (told == null || Bank.credits(world, told.account()) == told.credits()) {
            return;
        }
        Player player = context.players().find(told.playerId());
        if (player != null) {
            tell(player, told.account(), context);
        }
    }

    private static void tell(Player player, EntityId account, EventContext context) {
        long credits = Bank.credits(context.world(), account);
        context.world().write(player.entity(), new Told(player.id(), account, credits));
        context.players().send(player, new EconomyEvents.Balance(credits));
    }
}
