package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.Arrays;
import java.util.List;

/**
 * Tells other nodes of this node's guilds: each change as it happens, and all of them to who wasn't
 * there for one.
 */
final class Herald {
    static final String SERVICE = "guilds";

    /** News that one page has, about: what a node is to be told at once must fit what may wait. */
    private static final int PAGE = 500;

    private Herald() {}

    /** Makes news: does what they say here, and tells all. */
    static void announce(News news, EventContext context) {
        Copies.apply(news, context);
        tell(news, context);
    }

    /** Tells of a new guild, of a leader alone, which is there from the next apply on. */
    static void opened(News.Founded founded, News.Entered leader, EventContext context) {
        World world = context.world();
        List<Guild> before = Members.guildsOf(world, context.services().node());
        EntityId last = before.isEmpty() ? EntityId.NONE : before.getLast().id();
        for (EntityId each :
                Members.all(world, Follower.class, who -> who.upTo().value() >= last.value())) {
            follow(world, each, founded.guild());
        }
        tell(founded, context);
        tell(leader, context);
    }

    private static void tell(News news, EventContext context) {
        keepThoseWhoAreThere(context);
        try {
            context.services().toAll(SERVICE, (Record) news);
        } catch (HorizonException e) {
            // Nobody was told: whoever takes something again is told of all.
            World world = context.world();
            Members.all(world, Follower.class, who -> true).forEach(world::destroy);
        }
    }

    /** Who is away while something changes is told of all once they are back. */
    private static void keepThoseWhoAreThere(EventContext context) {
        World world = context.world();
        int[] nodes = context.services().nodes(SERVICE);
        Members.all(world, Follower.class, who -> Arrays.binarySearch(nodes, who.node()) < 0)
                .forEach(world::destroy);
    }

    private static void follow(World world, EntityId entity, EntityId upTo) {
        Follower follower = world.read(entity, Follower.class);
        if (follower != null && upTo.value() > follower.upTo().value()) {
            world.write(entity, new Follower(follower.node(), upTo));
        }
    }

    /** Begins to tell new nodes, and goes on with those that haven't heard of all. */
    static void page(EventContext context) {
        World world = context.world();
        keepThoseWhoAreThere(context);
        for (EntityId each : Members.all(world, Follower.class, who -> true)) {
            Follower follower = world.read(each, Follower.class);
            if (follower != null) {
                follow(world, each, page(follower.node(), follower.upTo(), context));
            }
        }
        int self = context.services().node();
        for (int node : context.services().nodes(SERVICE)) {
            if (node != self
                    && Members.all(world, Follower.class, who -> who.node() == node).isEmpty()
                    && send(node, new Mail.Anew(self), context)) {
                world.create(new Follower(node, page(node, EntityId.NONE, context)));
            }
        }
    }

    /** Tells a node of guilds behind one, as many as go at once; returns the last. */
    private static EntityId page(int node, EntityId from, EventContext context) {
        World world = context.world();
        EntityId upTo = from;
        int sent = 0;
        for (Guild guild : Members.guildsOf(world, context.services().node())) {
            if (guild.id().value() <= from.value()) {
                continue;
            }
            List<News> news = Copies.all(world, guild);
            sent += news.size();
            if (sent > PAGE && sent > news.size()) {
                return upTo;
            }
            for (News each : news) {
                if (!send(node, (Record) each, context)) {
                    return upTo;
                }
            }
            upTo = guild.id();
        }
        return upTo;
    }

    /** To one node; false where it is gone or takes nothing now. */
    static boolean send(int node, Record event, EventContext context) {
        return context.services().reaches(SERVICE, node, event);
    }
}
