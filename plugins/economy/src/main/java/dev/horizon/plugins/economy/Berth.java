package dev.horizon.plugins.economy;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A player's ship and where it is docked.
 *
 * @param ship theirs
 * @param station that carries it, or {@link EntityId#NONE} in free flight
 */
public record Berth(EntityId ship, EntityId station) {
    /** The first ship that the player owns, or null where they have none. */
    public static @Nullable Berth of(Player player, World world) {
        List<Berth> found = new ArrayList<>(1);
        world.forEach(
                Owner.class,
                id -> {
                    Owner owner = world.read(id, Owner.class);
                    Docking docking = world.read(id, Docking.class);
                    if (owner != null && owner.playerId() == player.id() && docking != null) {
                        boolean docked = docking.bay() >= 0;
                        found.add(new Berth(id, docked ? docking.station() : EntityId.NONE));
                    }
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** True while the ship is in a bay of this station. */
    public boolean isAt(EntityId at) {
        return !station.isNone() && station.equals(at);
    }
}
