package dev.horizon.plugins.economy;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A player's ship and where it is docked.
 *
 * @param ship theirs
 * @param station that carries it, or {@link EntityId#NONE} in free flight
 */
public record Berth(EntityId ship, EntityId station) {
    /**
     * The ship of the player's focus where they own it, else the first that they own, or null where
     * they have none.
     */
    public static @Nullable Berth of(Player player, EventContext context) {
        World world = context.world();
        Berth flown = of(context.players().focus(player), player, world);
        if (flown != null) {
            return flown;
        }
        EntityId ship = world.find(Owner.class, player.id(), Docking.class);
        return ship == null ? null : of(ship, player, world);
    }

    private static @Nullable Berth of(EntityId ship, Player player, World world) {
        Owner owner = ship.isNone() ? null : world.read(ship, Owner.class);
        Docking docking = ship.isNone() ? null : world.read(ship, Docking.class);
        if (owner == null || docking == null || owner.playerId() != player.id()) {
            return null;
        }
        return new Berth(ship, docking.bay() >= 0 ? docking.station() : EntityId.NONE);
    }

    /** True while the ship is in a bay of this station. */
    public boolean isAt(EntityId at) {
        return !station.isNone() && station.equals(at);
    }
}
