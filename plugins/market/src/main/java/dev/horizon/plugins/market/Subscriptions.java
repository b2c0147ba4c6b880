package dev.horizon.plugins.market;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows what other nodes' {@link Gazette}s tell. What is known of a node that is away stays for a
 * while, and is marked.
 */
final class Subscriptions {
    /** Without an answer for so long a node is away; they come every ten seconds at least. */
    private static final int SILENT_TICKS = 600;

    /** A question that wasn't answered by then got lost with a plugin that couldn't take it. */
    private static final int ASK_AGAIN_TICKS = 600;

    /** As the tick of the last question: long ago from each. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int forgetTicks;

    Subscriptions(MarketConfig config) {
        this.forgetTicks = config.forgetTicks();
    }

    /** Asks new nodes, and forgets those that have been gone for long. */
    void follow(EventContext context) {
        World world = context.world();
        int[] nodes = context.services().nodes(Gazette.SERVICE);
        long now = context.tick().number();
        for (int node : nodes) {
            EntityId id = find(node, world);
            Subscription known = read(id, world);
            if (node == context.services().node()) {
                continue;
            }
            if (known == null) {
                ask(null, node, 0, now, context);
            } else if (now - known.askedAt() > ASK_AGAIN_TICKS) {
                ask(id, node, known.upTo(), known.heardAt(), context);
            }
        }
        world.forEach(
                Subscription.class,
                id -> {
                    Subscription known = read(id, world);
                    if (known != null
                            && Arrays.binarySearch(nodes, known.node()) < 0
                            && now - known.heardAt() > forgetTicks) {
                        Listings.forget(known.node(), world);
                        world.destroy(id);
                    }
                });
    }

    /** Asks a node to go on from what is known; where it can't be asked now, the next look does. */
    private static void ask(
            @Nullable EntityId id, int node, long upTo, long heardAt, EventContext context) {
        var question = new Mail.Question(context.services().node(), upTo);
        boolean isAsked = context.services().reaches(Gazette.SERVICE, node, question);
        long askedAt = isAsked ? context.tick().number() : NEVER;
        Subscription next = new Subscription(node, upTo, askedAt, heardAt);
        if (id == null) {
            context.world().create(next);
        } else {
            context.world().write(id, next);
        }
    }

    /** Takes an answer to the last question, and asks the next one. */
    static void hear(Mail.News news, EventContext context) {
        World world = context.world();
        EntityId id = find(news.node(), world);
        Subscription known = read(id, world);
        if (known == null || news.from() != 0 && news.from() != known.upTo()) {
            return; // It was forgotten, or the answer to a later question took its place.
        }
        boolean isAnew = news.from() == 0;
        if (isAnew) {
            Listings.forget(news.node(), world);
        }
        for (Mail.Change change : news.changes()) {
            EntityId listing =
                    isAnew
                            ? null
                            : Listings.find(
                                    change.station(), change.commodity(), news.node(), world);
            Listings.write(listing, Listing.of(change, news.node(), 0), world);
        }
        ask(id, news.node(), news.upTo(), context.tick().number(), context);
    }

    /** True for another node that has said goodbye, or nothing for long. */
    static boolean isAway(int node, EventContext context) {
        if (node == context.services().node()) {
            return false;
        }
        World world = context.world();
        Subscription known = read(find(node, world), world);
        return known == null
                || context.tick().number() - known.heardAt() > SILENT_TICKS
                || Arrays.binarySearch(context.services().nodes(Gazette.SERVICE), node) < 0;
    }

    private static @Nullable EntityId find(int node, World world) {
        EntityId[] found = new EntityId[1];
        world.forEach(
                Subscription.class,
                id -> {
                    Subscription known = read(id, world);
                    if (known != null && known.node() == node) {
                        found[0] = id;
                    }
                });
        return found[0];
    }

    private static @Nullable Subscription read(@Nullable EntityId id, World world) {
        return id == null ? null : world.read(id, Subscription.class);
    }
}
