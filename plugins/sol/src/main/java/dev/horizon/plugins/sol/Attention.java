package dev.horizon.plugins.sol;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/** What a pilot watches beside their own ship: what they aim at, and where they dock. */
final class Attention {
    private Attention() {}

    /** Sets the player's focus list to what their ship is about. */
    static void pay(Player player, EntityId ship, EventContext context) {
        World world = context.world();
        List<EntityId> watched = new ArrayList<>(2);
        Controls controls = world.read(ship, Controls.class);
        if (controls != null && !controls.target().isNone()) {
            watched.add(controls.target());
        }
        EntityId station = station(ship, world);
        if (!station.isNone() && !watched.contains(station)) {
            watched.add(station);
        }
        context.players().focusList(player, watched);
    }

    /** Where the ship is docked, or is to dock. */
    private static EntityId station(EntityId ship, World world) {
        Orders orders = world.read(ship, Orders.class);
        if (orders != null && orders.behaviour() == Behaviour.DOCK) {
            return orders.subject();
        }
        Docking docking = world.read(ship, Docking.class);
        return docking == null ? EntityId.NONE : docking.station();
    }
}
