package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Remittance;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes a station's book along when the station goes to another node: its orders with what they
 * hold and its players' depots ride in it on the way, and so are in one world at each instant. What
 * an order names of the node that it leaves, it is given anew where it comes to.
 */
final class Relocation {
    /** Behind who may refuse, and before the customs count what is aboard. */
    private static final int PACKS = 1_000;

    /** To this node itself, in the tick after: what is still here was kept after all. */
    record Packed(EntityId station) {}

    private Relocation() {}

    static void register(Registrar registrar) {
        registrar.components(PatronColumn.TYPE);
        registrar.events().on(EntityLeaving.class, PACKS, Relocation::leaving);
        registrar.events().on(EntityArrived.class, Relocation::arrived);
        registrar.events().onPlugin(Packed.class, Relocation::packed);
    }

    private static void leaving(EntityLeaving event, EventContext context) {
        World world = context.world();
        EntityId station = event.entity();
        if (!Books.isAt(station, world)) {
            return;
        }
        Parent aboard = new Parent(station, 0, 0, 0);
        Set<Long> players = new TreeSet<>();
        for (EntityId id : Books.at(station, world)) {
            Order order = Books.order(id, world);
            if (order != null) {
                players.add(order.playerId());
                world.write(id, aboard);
            }
        }
        for (EntityId id : Depots.at(station, world)) {
            Depot depot = world.read(id, Depot.class);
            if (depot == null) {
                continue;
            }
            if (players.contains(depot.playerId()) || Depots.isStocked(id, world)) {
                world.write(id, aboard);
                world.write(id, new Patron(whereabouts(depot.playerId(), context)));
            } else {
                world.destroy(id);
            }
        }
        context.after(1, new Packed(station));
    }

    private static int whereabouts(long playerId, EventContext context) {
        return context.players().find(playerId) == null
                ? Remittance.lastSeen(playerId, context)
                : context.services().node();
    }

    private static void packed(Packed packed, EventContext context) {
        World world = context.world();
        EntityId station = packed.station();
        for (EntityId id : Books.at(station, world)) {
            world.remove(id, Parent.class);
        }
        for (EntityId id : Depots.at(station, world)) {
            world.remove(id, Parent.class);
            world.remove(id, Patron.class);
        }
    }

    private static void arrived(EntityArrived event, EventContext context) {
        World world = context.world();
        EntityId station = event.entity();
        if (!Books.isAt(station, world)) {
            return;
        }
        Map<Long, EntityId> depots = unload(station, context);
        Map<Long, EntityId> accounts = new TreeMap<>();
        List<EntityId> orders =
                Books.at(station, world).stream()
                        .sorted(Comparator.comparingLong(id -> sequence(id, world)))
                        .toList();
        // What a build that left books behind has kept here was compared with nothing that comes.
        boolean isAlone = orders.stream().allMatch(id -> isAboard(id, world));
        for (EntityId id : orders) {
            Order order = Books.order(id, world);
            if (order == null || !isAboard(id, world)) {
                continue;
            }
            world.remove(id, Parent.class);
            Order next = order.numbered(Books.nextSequence(world), order.fresh() || !isAlone);
            if (order.playerId() != 0) {
                EntityId account =
                        accounts.computeIfAbsent(
                                order.playerId(), player -> Bank.open(world, player));
                EntityId goods =
                        depots.computeIfAbsent(
                                order.playerId(), player -> Depots.open(player, station, world));
                next = next.at(account, goods);
            }
            world.write(id, next);
        }
        Gazette.publish(station, context);
    }

    private static long sequence(EntityId id, World world) {
        Order order = Books.order(id, world);
        return order == null ? 0 : order.sequence();
    }

    private static boolean isAboard(EntityId id, World world) {
        return world.read(id, Parent.class) != null;
    }

    /** Puts the station's depots to the others of this node; returns them by player. */
    private static Map<Long, EntityId> unload(EntityId station, EventContext context) {
        World world = context.world();
        Map<Long, EntityId> depots = new TreeMap<>();
        for (EntityId id : Depots.at(station, world)) {
            Depot depot = world.read(id, Depot.class);
            Patron patron = world.read(id, Patron.class);
            if (depot == null) {
                continue;
            }
            if (patron != null && patron.node() != 0) {
                Remittance.seen(depot.playerId(), patron.node(), context);
            }
            world.remove(id, Parent.class);
            world.remove(id, Patron.class);
            EntityId other = depots.putIfAbsent(depot.playerId(), id);
            if (other != null) {
                merge(id, other, world);
            }
        }
        return depots;
    }

    private static void merge(EntityId from, EntityId into, World world) {
        Store store = world.read(from, Store.class);
        if (store != null && Depots.put(store.units(), into, world)) {
            world.destroy(from);
        }
    }
}
