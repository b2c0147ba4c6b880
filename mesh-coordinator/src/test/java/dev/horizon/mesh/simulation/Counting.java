package dev.horizon.mesh.simulation;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.RawClientMessage;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Players who see from a ship and say numbers: notes, with the player, whether each came once. */
final class Counting implements Plugin {
    static final String HEARD = "heard";
    static final String BROKEN = "broken";

    @Override
    public void setup(Registrar registrar) {
        registrar.events().on(PlayerConnected.class, Counting::board);
        registrar.events().on(RawClientMessage.class, Counting::number);
    }

    private static void board(PlayerConnected event, EventContext context) {
        List<EntityId> ships = new ArrayList<>();
        context.world().forEach(Motion.class, ships::add);
        if (!ships.isEmpty()) {
            context.players().focus(event.player(), ships.getFirst());
        }
    }

    private static void number(RawClientMessage message, EventContext context) {
        Player player = message.player();
        @Nullable String last = context.players().metadata(player, HEARD);
        int heard = last == null ? 0 : Integer.parseInt(last);
        int number = Integer.parseInt(message.data());
        if (number == heard + 1) {
            context.players().metadata(player, HEARD, message.data());
        } else {
            context.players().metadata(player, BROKEN, number + " after " + heard);
        }
    }
}
