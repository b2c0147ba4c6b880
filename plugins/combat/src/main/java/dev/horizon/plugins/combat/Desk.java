package dev.horizon.plugins.combat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Berth;

/** What players ask for: bounties and loot; refuses what can't be, and says why. */
final class Desk {
    private static final double LOOT_METRES = 500;
    private static final int HELD_TELL_TICKS = 100;

    private final CombatConfig config;

    Desk(CombatConfig config) {
        this.config = config;
    }

    void bounty(CombatEvents.PlaceBounty event, Player player, EventContext context) {
        World world = context.world();
        Player head = context.players().named(event.player());
        EntityId account = Bank.accountOf(world, player.id());
        if (head == null) {
            context.refuse("HZ-CBT-001", "nobody here is named '" + event.player() + "'");
        } else if (event.credits() < config.bountyMin()) {
            context.refuse(
                    "HZ-CBT-002",
                    event.credits()
                            + " credits offered; a bounty has at least "
                            + config.bountyMin());
        } else if (account == null || !Bank.withdraw(world, account, event.credits())) {
            context.refuse("HZ-CBT-003", "you haven't got " + event.credits() + " credits");
        } else {
            Court.putOnHead(head, event.credits(), context);
        }
    }

    void loot(CombatEvents.Loot event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = Berth.of(player, context);
        Hold from =
                world.read(event.container(), Salvage.class) == null
                        ? null
                        : world.read(event.container(), Hold.class);
        Hold to = berth == null ? null : world.read(berth.ship(), Hold.class);
        if (from == null) {
            context.refuse("HZ-CBT-004", event.container() + " holds no salvage");
        } else if (berth == null || to == null || !isNear(world, berth.ship(), event.container())) {
            context.refuse("HZ-CBT-005", "fly a ship with a hold within 500 m of the container");
        } else {
            int free = to.capacity() - sum(to);
            int moved = 0;
            for (int i = 0; i < Commodity.COUNT; i++) {
                int units = Math.min(free - moved, from.units()[i]);
                from.units()[i] -= units;
                to.units()[i] += units;
                moved += units;
            }
            if (moved == 0) {
                context.refuse("HZ-CBT-006", "nothing fits into your hold, or nothing is left");
                return;
            }
            world.write(event.container(), from);
            world.write(berth.ship(), to);
            context.players().send(player, new CombatEvents.Looted(moved, sum(from)));
        }
    }

    private static int sum(Hold hold) {
        int sum = 0;
        for (int units : hold.units()) {
            sum += units;
        }
        return sum;
    }

    private static boolean isNear(World world, EntityId ship, EntityId container) {
        Position a = world.read(ship, Position.class);
        Position b = world.read(container, Position.class);
        if (a == null || b == null) {
            return false;
        }
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        double dz = a.z() - b.z();
        return dx * dx + dy * dy + dz * dz <= LOOT_METRES * LOOT_METRES;
    }

    /** Tells a pilot that their trigger is blocked, at most once in five seconds. */
    static void tellHeld(EntityId ship, EventContext context) {
        World world = context.world();
        Safety safety = world.read(ship, Safety.class);
        long now = context.tick().number();
        if (safety == null || safety.heldAt() == 0 || now % HELD_TELL_TICKS != 0) {
            return;
        }
        if ((int) now - safety.heldAt() < HELD_TELL_TICKS) {
            Owner owner = world.read(ship, Owner.class);
            Player player = owner == null ? null : context.players().find(owner.playerId());
            if (player != null) {
                context.players().send(player, new CombatEvents.Held());
            }
        }
    }
}
