package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Berth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who belongs to which guild, and what members and others are told and shown of it. */
final class Members {
    private Members() {}

    static void enter(Player player, EntityId guild, Rank rank, World world) {
        world.create(new Membership(guild, player.id(), player.name(), rank));
        world.write(player.entity(), new Seat(player.id(), guild, -1));
        touch(world, guild);
    }

    static @Nullable Membership of(World world, long playerId) {
        EntityId entry = entry(world, playerId);
        return entry == null ? null : world.read(entry, Membership.class);
    }

    static @Nullable EntityId entry(World world, long playerId) {
        EntityId entry = world.find(Membership.class, playerId);
        return entry != null && world.exists(entry) ? entry : null;
    }

    static @Nullable EntityId named(World world, EntityId guild, String name) {
        return first(world, member -> member.guild().equals(guild) && member.name().equals(name));
    }

    static int count(World world, EntityId guild) {
        return all(world, member -> member.guild().equals(guild)).size();
    }

    private static @Nullable EntityId first(World world, Predicate<Membership> wanted) {
        List<EntityId> found = all(world, wanted);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<EntityId> all(World world, Predicate<Membership> wanted) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                Membership.class,
                id -> {
                    Membership member = world.read(id, Membership.class);
                    if (member != null && world.exists(id) && wanted.test(member)) {
                        found.add(id);
                    }
                });
        return found;
    }

    static boolean isTaken(World world, String name, String tag) {
        boolean[] taken = new boolean[1];
        world.forEach(
                Guild.class,
                id -> {
                    Guild guild = world.read(id, Guild.class);
                    taken[0] |=
                            guild != null
                                    && (guild.name().equalsIgnoreCase(name)
                                            || guild.tag().equals(tag));
                });
        return taken[0];
    }

    static void setRank(World world, EntityId entry, Rank rank) {
        Membership member = world.read(entry, Membership.class);
        if (member != null) {
            world.write(
                    entry, new Membership(member.guild(), member.playerId(), member.name(), rank));
        }
    }

    /** Makes the highest of the others the leader; false where nobody is left. */
    static boolean succeed(World world, Membership leaver) {
        List<EntityId> others =
                all(
                        world,
                        member ->
                                member.guild().equals(leaver.guild())
                                        && member.playerId() != leaver.playerId());
        EntityId best = null;
        Rank highest = Rank.MEMBER;
        for (EntityId other : others) {
            Membership member = world.read(other, Membership.class);
            if (member != null && (best == null || member.rank().compareTo(highest) > 0)) {
                best = other;
                highest = member.rank();
            }
        }
        if (best != null) {
            setRank(world, best, Rank.LEADER);
        }
        return best != null;
    }

    /** Uses up an invitation, and clears away those that are void. */
    static boolean takeInvitation(World world, EntityId guild, long playerId, long now) {
        boolean[] invited = new boolean[1];
        world.forEach(
                Invitation.class,
                id -> {
                    Invitation invitation = world.read(id, Invitation.class);
                    if (invitation == null) {
                        return;
                    }
                    boolean mine =
                            invitation.playerId() == playerId && invitation.guild().equals(guild);
                    boolean isVoid = now > invitation.expiresAt();
                    invited[0] |= mine && !isVoid;
                    if (mine || isVoid) {
                        world.destroy(id);
                    }
                });
        return invited[0];
    }

    /** Says that a guild's roster changed. */
    static void touch(World world, EntityId id) {
        Guild guild = world.read(id, Guild.class);
        if (guild != null) {
            world.write(id, new Guild(guild.name(), guild.tag(), guild.revision() + 1));
        }
    }

    /** Takes a player who is no longer a member off the roster's mailing list. */
    static void forget(Player player, EventContext context) {
        World world = context.world();
        world.remove(player.entity(), Seat.class);
        world.forEach(Owner.class, player.id(), id -> world.remove(id, GuildTag.class));
        context.players().send(player, new GuildEvents.Roster(EntityId.NONE, "", "", 0, List.of()));
    }

    static void welcome(PlayerConnected event, EventContext context) {
        Membership member = of(context.world(), event.player().id());
        if (member != null) {
            context.world()
                    .write(
                            event.player().entity(),
                            new Seat(event.player().id(), member.guild(), -1));
            touch(context.world(), member.guild());
        }
    }

    static void farewell(PlayerDisconnected event, EventContext context) {
        Membership member = of(context.world(), event.player().id());
        if (member != null) {
            touch(context.world(), member.guild());
        }
    }

    /** Tells those who were told an older roster, and puts the tag on ships that lack it. */
    static void update(EntityId entity, EventContext context) {
        World world = context.world();
        Seat seat = world.read(entity, Seat.class);
        Guild guild = seat == null ? null : world.read(seat.guild(), Guild.class);
        if (seat == null || guild == null) {
            return;
        }
        Player player = context.players().find(seat.playerId());
        if (player == null) {
            return;
        }
        Berth berth = Berth.of(player, context);
        if (berth != null && world.read(berth.ship(), GuildTag.class) == null) {
            world.write(berth.ship(), new GuildTag(guild.tag()));
        }
        if (guild.revision() != seat.revision()) {
            world.write(entity, new Seat(seat.playerId(), seat.guild(), guild.revision()));
            context.players().send(player, roster(seat.guild(), guild, context));
        }
    }

    private static GuildEvents.Roster roster(EntityId id, Guild guild, EventContext context) {
        World world = context.world();
        List<GuildEvents.Member> members = new ArrayList<>();
        for (EntityId entry : all(world, member -> member.guild().equals(id))) {
            Membership member = world.read(entry, Membership.class);
            if (member != null) {
                boolean here = context.players().find(member.playerId()) != null;
                members.add(new GuildEvents.Member(member.name(), member.rank(), here));
            }
        }
        return new GuildEvents.Roster(
                id, guild.name(), guild.tag(), Bank.credits(world, id), members);
    }
}
