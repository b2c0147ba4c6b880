package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Goods and money that go to other nodes with ships and their players, and come from there. The
 * books of the one expect less and those of the other more, by the same: a manifest goes along.
 */
final class Customs {
    /** Behind all others: what they put aboard, or refuse, is known. */
    private static final int LAST = 1_000_000;

    /** To this node itself, in the tick after: what left, if it did. */
    record Left(EntityId carrier, List<GoodsFlow> goods, long credits) {}

    private Customs() {}

    static void register(Registrar registrar) {
        registrar.components(ManifestColumn.TYPE, PurseColumn.TYPE);
        registrar.events().on(EntityLeaving.class, LAST, Customs::leaving);
        registrar.events().on(EntityArrived.class, Customs::arrived);
        registrar.events().onPlugin(Left.class, Customs::left);
    }

    /** Counts what may leave; whether it does is known in the next tick. */
    private static void leaving(EntityLeaving event, EventContext context) {
        World world = context.world();
        int[] units = new int[Commodity.COUNT];
        long credits = 0;
        List<EntityId> riders = riders(world, event.entity());
        for (EntityId each : riders) {
            credits += count(world, each, units);
        }
        for (EntityId each : riders) {
            for (Player player : context.players().seeingFrom(each)) {
                credits += belongings(world, player, units) + pack(world, player);
            }
        }
        List<GoodsFlow> goods = new ArrayList<>();
        for (Commodity commodity : Commodity.values()) {
            if (units[commodity.ordinal()] != 0) {
                goods.add(new GoodsFlow(commodity, -units[commodity.ordinal()]));
            }
        }
        if (credits != 0 || !goods.isEmpty()) {
            world.write(event.entity(), new Manifest(units, credits));
            context.after(1, new Left(event.entity(), goods, credits));
        }
    }

    private static void left(Left left, EventContext context) {
        World world = context.world();
        // One that is back within a tick has been through here again, which took its manifest.
        if (world.read(left.carrier(), Manifest.class) != null) {
            world.remove(left.carrier(), Manifest.class); // It was kept here after all.
            return;
        }
        left.goods().forEach(world::create);
        flow(world, -left.credits());
    }

    private static void arrived(EntityArrived event, EventContext context) {
        World world = context.world();
        Manifest manifest = world.read(event.entity(), Manifest.class);
        if (manifest == null) {
            return;
        }
        world.remove(event.entity(), Manifest.class);
        for (Commodity commodity : Commodity.values()) {
            int units = manifest.units()[commodity.ordinal()];
            if (units != 0) {
                world.create(new GoodsFlow(commodity, units));
            }
        }
        flow(world, manifest.credits());
    }

    private static void flow(World world, long credits) {
        if (credits != 0) {
            world.create(new MoneyFlow(credits));
        }
    }

    /** An entity and all that rides in it. */
    private static List<EntityId> riders(World world, EntityId carrier) {
        List<EntityId> found = new ArrayList<>(List.of(carrier));
        Lookup lookup = world.lookup();
        for (int i = 0; i < found.size(); i++) {
            long child = lookup.firstChild(found.get(i).value());
            for (; child != 0; child = lookup.nextSibling(child)) {
                found.add(new EntityId(child));
            }
        }
        return found;
    }

    /** Adds the goods of an entity; returns its money. */
    private static long count(World world, EntityId entity, int[] units) {
        Hold hold = world.read(entity, Hold.class);
        Store store = world.read(entity, Store.class);
        Ore ore = world.read(entity, Ore.class);
        for (int i = 0; i < Commodity.COUNT; i++) {
            units[i] += hold == null ? 0 : hold.units()[i];
            units[i] += store == null ? 0 : store.units()[i];
        }
        units[Commodity.ORE.ordinal()] += ore == null ? 0 : ore.units();
        return Bank.credits(world, entity);
    }

    /** The same of what a player owns that has no place: it goes along. */
    private static long belongings(World world, Player player, int[] units) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(Owner.class, player.id(), found::add);
        long credits = 0;
        for (EntityId each : found) {
            if (world.read(each, Position.class) == null) {
                credits += count(world, each, units);
            }
        }
        return credits;
    }

    /** Puts a player's money into a purse that goes along; returns how much. */
    private static long pack(World world, Player player) {
        EntityId account = Bank.accountOf(world, player.id());
        long credits = account == null ? 0 : Bank.credits(world, account);
        if (account != null && Bank.withdraw(world, account, credits)) {
            world.create(new Owner(player.id()), new Purse(player.id()), new Account(credits));
            // What still comes into it in this tick follows them, if they leave.
            world.write(account, new Due(player.id(), 0));
        }
        return credits;
    }

    /** Puts purses into accounts: of those who came, and of those who didn't leave after all. */
    static void unpack(EventContext context) {
        World world = context.world();
        world.forEach(
                Purse.class,
                id -> {
                    Purse purse = world.read(id, Purse.class);
                    if (purse == null) {
                        return;
                    }
                    long credits = Bank.credits(world, id);
                    EntityId account = Bank.open(world, purse.playerId());
                    if (!Bank.transfer(world, id, account, credits)) {
                        return;
                    }
                    world.destroy(id);
                    Player player = context.players().find(purse.playerId());
                    if (player != null) {
                        // With no balance told yet: the next look tells it.
                        context.world().write(player.entity(), new Told(player.id(), account, -1));
                    }
                });
    }
}
