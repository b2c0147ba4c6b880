package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Berth;
import java.util.List;

/** What players of this node are told and shown of their guilds. */
final class Board {
    /** Until a guild's home is told again where a member plays that it still has elsewhere. */
    private static final int TELL_AGAIN_TICKS = 600;

    private Board() {}

    /** Tells homes which of their members came to this node, and which are here no longer. */
    static void look(EventContext context) {
        World world = context.world();
        int self = context.services().node();
        for (EntityId entry : Members.all(world, Membership.class, member -> true)) {
            Membership member = world.read(entry, Membership.class);
            boolean here = member != null && context.players().find(member.playerId()) != null;
            if (member != null && here != (member.node() == self)) {
                tell(entry, member, here, context);
            }
        }
    }

    private static void tell(
            EntityId entry, Membership member, boolean here, EventContext context) {
        long now = context.tick().number();
        if (member.toldAt() != 0 && now - member.toldAt() < TELL_AGAIN_TICKS) {
            return;
        }
        int self = context.services().node();
        var seen = new Mail.Seen(member.guild(), member.playerId(), self, here);
        if (Herald.send(member.guild().block(), seen, context)) {
            context.world()
                    .write(
                            entry,
                            new Membership(
                                    member.guild(),
                                    member.playerId(),
                                    member.name(),
                                    member.rank(),
                                    member.node(),
                                    now));
        }
    }

    /** Tells those who were told another roster, and puts the tag on ships that lack it. */
    static void update(EventContext context) {
        for (Player player : context.players().all()) {
            update(player, context);
        }
    }

    private static void update(Player player, EventContext context) {
        World world = context.world();
        Seat seat = world.read(player.entity(), Seat.class);
        Membership member = Members.of(world, player.id());
        Guild guild = member == null ? null : Members.guild(world, member.guild());
        if (guild == null) {
            if (seat != null) {
                world.remove(player.entity(), Seat.class);
                var none = new GuildEvents.Roster(EntityId.NONE, "", "", 0, List.of());
                context.players().send(player, none);
            }
            return;
        }
        Berth berth = Berth.of(player, context);
        GuildTag tag = new GuildTag(guild.tag());
        if (berth != null && !tag.equals(world.read(berth.ship(), GuildTag.class))) {
            world.write(berth.ship(), tag);
        }
        Seat next = new Seat(guild.id(), context.services().node(), guild.revision());
        if (!next.equals(seat)) {
            world.write(player.entity(), next);
            context.players().send(player, roster(guild, world));
        }
    }

    private static GuildEvents.Roster roster(Guild guild, World world) {
        List<GuildEvents.Member> members =
                Members.of(world, guild.id()).stream()
                        .map(each ->
                                new GuildEvents.Member(each.name(), each.rank(), each.node() != 0))
                        .toList();
        return new GuildEvents.Roster(
                guild.id(), guild.name(), guild.tag(), guild.credits(), members);
    }

    static void invited(Mail.Invites invites, EventContext context) {
        Player guest = context.players().named(invites.guest());
        if (guest != null) {
            context.players()
                    .send(
                            guest,
                            new GuildEvents.Invited(
                                    invites.guild(), invites.name(), invites.from()));
        }
    }

    static void spoken(Mail.Spoken spoken, EventContext context) {
        var said = new GuildEvents.Said(spoken.from(), spoken.message());
        for (Membership member : Members.of(context.world(), spoken.guild())) {
            Player player = context.players().find(member.playerId());
            if (player != null) {
                context.players().send(player, said);
            }
        }
    }

    static void denied(Mail.Denied denied, EventContext context) {
        Player player = context.players().find(denied.playerId());
        if (player != null) {
            context.players().send(player, new GuildEvents.Denied(denied.code(), denied.reason()));
        }
    }
}
