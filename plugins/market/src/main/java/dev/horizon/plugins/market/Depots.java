package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Berth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What players have at stations, out of their holds. */
final class Depots {
    private Depots() {}

    /** The player's depot at a station, made at its first use. */
    static EntityId open(long playerId, EntityId station, World world) {
        EntityId found = find(playerId, station, world);
        return found != null
                ? found
                : world.create(new Depot(playerId, station), new Store(new int[Commodity.COUNT]));
    }

    static @Nullable EntityId find(long playerId, EntityId station, World world) {
        List<EntityId> found = new ArrayList<>(1);
        world.forEach(
                Depot.class,
                playerId,
                id -> {
                    Depot depot = world.read(id, Depot.class);
                    if (depot != null && depot.station().equals(station)) {
                        found.add(id);
                    }
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All depots at a station. */
    static List<EntityId> at(EntityId station, World world) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                Depot.class,
                id -> {
                    Depot depot = world.read(id, Depot.class);
                    if (depot != null && depot.station().equals(station)) {
                        found.add(id);
                    }
                });
        return found;
    }

    /** Adds goods, units by ordinal, to a depot; false, and nothing added, where it is none. */
    static boolean put(int[] units, EntityId depot, World world) {
        Store store = world.read(depot, Store.class);
        if (store == null) {
            return false;
        }
        for (int i = 0; i < Commodity.COUNT; i++) {
            store.units()[i] += units[i];
        }
        world.write(depot, store);
        return true;
    }

    /** True for a depot that isn't empty. */
    static boolean isStocked(EntityId depot, World world) {
        Store store = world.read(depot, Store.class);
        return store != null && units(store) > 0;
    }

    /** Stations where the player's depot isn't empty. */
    static List<EntityId> stocked(long playerId, World world) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                Depot.class,
                playerId,
                id -> {
                    Depot depot = world.read(id, Depot.class);
                    if (depot != null && isStocked(id, world)) {
                        found.add(depot.station());
                    }
                });
        return found;
    }

    private static long units(Store store) {
        long sum = 0;
        for (int units : store.units()) {
            sum += units;
        }
        return sum;
    }

    /** From the depot into the hold of a docked ship, as much as fits; returns how much. */
    static int bring(long playerId, Berth berth, Commodity commodity, World world) {
        EntityId depot = find(playerId, berth.station(), world);
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
}
