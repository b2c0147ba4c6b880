package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does to what this node knows of guilds what news of them say, at their homes and elsewhere. */
final class Copies {
    private Copies() {}

    /** News that came: a guild's home has made them, and knows. */
    static void hear(News news, EventContext context) {
        if (news.guild().block() != context.services().node()) {
            apply(news, context);
        }
    }

    static void apply(News news, EventContext context) {
        World world = context.world();
        switch (news) {
            case News.Founded founded -> found(founded, context);
            case News.Entered entered -> enter(entered, world);
            case News.Left left -> leave(left.guild(), left.playerId(), context);
            case News.Holds holds -> touch(world, holds.guild(), holds.credits());
            case News.Ended ended -> end(ended.guild(), context);
        }
    }

    private static void found(News.Founded founded, EventContext context) {
        end(founded.guild(), context);
        context.world().create(guild(founded));
    }

    static Guild guild(News.Founded founded) {
        return new Guild(founded.guild(), founded.name(), founded.tag(), founded.credits(), 0);
    }

    static Membership member(News.Entered entered) {
        return new Membership(
                entered.guild(),
                entered.playerId(),
                entered.name(),
                entered.rank(),
                entered.node(),
                0);
    }

    private static void enter(News.Entered entered, World world) {
        EntityId guild = Members.entity(world, entered.guild());
        if (guild == null) {
            return; // All of it comes later, this member too.
        }
        EntityId entry = Members.entry(world, entered.guild(), entered.playerId());
        if (entry == null) {
            world.create(member(entered));
        } else {
            world.write(entry, member(entered));
        }
        touch(world, entered.guild(), null);
    }

    private static void leave(EntityId guild, long playerId, EventContext context) {
        World world = context.world();
        EntityId entry = Members.entry(world, guild, playerId);
        if (entry == null) {
            return;
        }
        world.destroy(entry);
        touch(world, guild, null);
        world.forEach(Owner.class, playerId, id -> world.remove(id, GuildTag.class));
        Player player = context.players().find(playerId);
        if (player != null) {
            Fleets.leave(player, context);
        }
    }

    private static void end(EntityId guild, EventContext context) {
        World world = context.world();
        for (Membership member : Members.of(world, guild)) {
            leave(guild, member.playerId(), context);
        }
        EntityId copy = Members.entity(world, guild);
        if (copy != null && !copy.equals(guild)) {
            world.destroy(copy);
        }
        Members.all(world, Reservation.class, each -> each.guild().equals(guild))
                .forEach(world::destroy);
    }

    /** Forgets all guilds whose home a node is, unless it is this one. */
    static void forget(int node, EventContext context) {
        if (node == context.services().node()) {
            return;
        }
        World world = context.world();
        Members.guildsOf(world, node).forEach(guild -> end(guild.id(), context));
        Members.all(world, Reservation.class, each -> each.guild().block() == node)
                .forEach(world::destroy);
    }

    /** Says that a guild's roster changed. */
    private static void touch(World world, EntityId id, @Nullable Long credits) {
        EntityId entity = Members.entity(world, id);
        Guild guild = entity == null ? null : world.read(entity, Guild.class);
        if (entity != null && guild != null) {
            world.write(
                    entity,
                    new Guild(
                            id,
                            guild.name(),
                            guild.tag(),
                            credits == null ? guild.credits() : credits,
                            guild.revision() + 1));
        }
    }

    /** What a node that knows nothing of a guild has to hear of it, in order. */
    static List<News> all(World world, Guild guild) {
        List<News> news = new ArrayList<>();
        news.add(new News.Founded(guild.id(), guild.name(), guild.tag(), guild.credits()));
        for (Membership member : Members.of(world, guild.id())) {
            news.add(entered(member, member.rank(), member.node()));
        }
        return news;
    }

    static News.Entered entered(Membership member, Rank rank, int node) {
        return new News.Entered(member.guild(), member.playerId(), member.name(), rank, node);
    }
}
