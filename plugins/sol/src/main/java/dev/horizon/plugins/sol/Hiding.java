package dev.horizon.plugins.sol;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Veil;
import dev.horizon.engine.world.World;
import java.util.List;

/** Ships that hide: their pilot alone sees them, by an audience of the pilot's own. */
final class Hiding {
    private Hiding() {}

    /** Hides a player's ship from all others, or shows it again. */
    static void set(boolean hidden, Player player, EntityId ship, EventContext context) {
        World world = context.world();
        if (hidden != isHidden(ship, world)) {
            int audience = hidden ? nextAudience(world) : 0;
            world.write(ship, new Veil(audience));
            context.players().audiences(player, hidden ? List.of(audience) : List.of());
        }
        context.players().send(player, new ShipEvents.Hidden(ship, hidden));
    }

    /** A ship came with its pilot: what number hid it is another's by now. */
    static void comeBack(Player player, EntityId ship, EventContext context) {
        boolean wasHidden = isHidden(ship, context.world());
        if (wasHidden) {
            context.world().write(ship, new Veil(0));
        }
        context.players().audiences(player, List.of());
        set(wasHidden, player, ship, context);
    }

    private static boolean isHidden(EntityId ship, World world) {
        Veil veil = world.read(ship, Veil.class);
        return veil != null && veil.audience() != 0;
    }

    /** Numbers are given in turn, so that none is given again while somebody may still have it. */
    private static int nextAudience(World world) {
        EntityId counter = world.singleton(new AudiencesGiven(0));
        AudiencesGiven given = world.read(counter, AudiencesGiven.class);
        int next = 1 + (given == null ? 0 : given.count()) % Veil.AUDIENCE_MAX;
        world.write(counter, new AudiencesGiven(next));
        return next;
    }
}
