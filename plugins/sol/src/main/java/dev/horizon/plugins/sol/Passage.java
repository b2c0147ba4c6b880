package dev.horizon.plugins.sol;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.gates.Gates;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.JumpRefused;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import java.util.List;

/** Players' ships and gates: who is near one and doesn't ride in anything may go through. */
final class Passage {
    /** How near a ship has to be. */
    static final double REACH_METRES = 10_000;

    private Passage() {}

    static void register(EventRegistrar events) {
        events.toClient(Bridge.NAMESPACE, "jump-refused", ShipEvents.JumpRefused.class);
        events.onClient(Bridge.NAMESPACE, "jump", ShipEvents.Jump.class, Passage::jump);
        events.on(JumpRefused.class, Passage::refused);
    }

    private static void jump(ShipEvents.Jump event, Player player, EventContext context) {
        EntityId ship = Bridge.need(player, context);
        if (ship == null) {
            return;
        }
        World world = context.world();
        EntityId gate = Gates.near(world, ship, REACH_METRES);
        Docking docking = world.read(ship, Docking.class);
        if (gate == null || (docking != null && docking.bay() >= 0)) {
            context.refuse(
                    "HZ-SHP-009",
                    "fly within 10 km of a gate to another star system, and don't ride in"
                            + " anything");
        } else if (world.read(ship, Jump.class) != null) {
            context.refuse("HZ-SHP-010", "your ship is about to jump: wait for what comes of it");
        } else {
            Gates.jump(world, gate, List.of(ship));
        }
    }

    private static void refused(JumpRefused event, EventContext context) {
        Owner owner = context.world().read(event.entity(), Owner.class);
        Player player = owner == null ? null : context.players().find(owner.playerId());
        if (player != null) {
            context.players()
                    .send(
                            player,
                            new ShipEvents.JumpRefused(
                                    event.entity(),
                                    event.starSystem(),
                                    event.code(),
                                    event.reason()));
        }
    }
}
