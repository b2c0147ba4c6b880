package dev.horizon.plugins.chat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who doesn't hear whom. */
final class Mutes {
    private Mutes() {}

    /** Numbers of the players who don't want to hear one. */
    static List<Long> deafTo(World world, long speaker) {
        List<Long> found = new ArrayList<>(0);
        world.forEach(
                MuteList.class,
                id -> {
                    Owner owner = world.read(id, Owner.class);
                    MuteList list = world.read(id, MuteList.class);
                    if (owner != null && list != null && list.has(speaker)) {
                        found.add(owner.playerId());
                    }
                });
        return found;
    }

    static void mute(ChatEvents.Mute event, Player player, EventContext context) {
        World world = context.world();
        Player other = context.players().named(event.player());
        if (other == null || other.id() == player.id()) {
            context.refuse("HZ-CHT-005", "no other player here is named '" + event.player() + "'");
            return;
        }
        EntityId entry = entry(world, player);
        MuteList list = entry == null ? null : world.read(entry, MuteList.class);
        MuteList now = list == null ? new MuteList(new long[MuteList.MOST]) : list;
        if (now.has(other.id()) != event.muted()) {
            MuteList next =
                    event.muted() ? now.replacing(0, other.id()) : now.replacing(other.id(), 0);
            if (next == null) {
                context.refuse(
                        "HZ-CHT-007",
                        "you have muted " + MuteList.MOST + " players; hear one again");
                return;
            }
            if (entry == null) {
                world.create(new Owner(player.id()), next);
            } else {
                world.write(entry, next);
            }
        }
        context.players().send(player, new ChatEvents.Muted(other.name(), event.muted()));
    }

    private static @Nullable EntityId entry(World world, Player player) {
        return world.find(Owner.class, player.id(), MuteList.class);
    }
}
