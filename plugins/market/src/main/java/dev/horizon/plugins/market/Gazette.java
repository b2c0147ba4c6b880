package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells other nodes what the books of this node's stations say. Each asks what is new, and is
 * answered once something is; then it asks again. Only the latest price of a thing is ever told,
 * and of each node one question and one answer wait at most: one that takes nothing, for however
 * long, fills no queue.
 */
final class Gazette {
    static final String SERVICE = "market";

    /** From one look at a station's book to the next, in looks, of which there is one a second. */
    private static final int TURNS = 5;

    /** Stations that one look takes at most; where there are more, turns come later. */
    private static final int STATIONS_MAX = 64;

    /** Changes of one answer: some 8 KB of the 16 that an event may have. */
    private static final int CHANGES_MAX = 120;

    /**
     * A question that nothing new answers is answered all the same: who asked knows who is there.
     */
    private static final int ANSWER_TICKS = 200;

    private Gazette() {}

    /** Looks at some of the books, and enters what changed. */
    static void publish(long look, EventContext context) {
        World world = context.world();
        List<EntityId> stations = new ArrayList<>();
        world.forEach(Quotes.class, stations::add);
        int turns = Math.max(TURNS, Math.ceilDiv(stations.size(), STATIONS_MAX));
        for (int i = (int) (look % turns); i < stations.size(); i += turns) {
            publish(stations.get(i), context);
        }
        int self = context.services().node();
        for (EntityId id : Listings.all(world, each -> each.node() == self && each.isOpen())) {
            Listing listing = world.read(id, Listing.class);
            if (listing != null && !Books.isAt(listing.station(), world)) {
                enter(id, closed(listing), context);
            }
        }
    }

    /** Enters what a station's book says now, where that changed. */
    static void publish(EntityId station, EventContext context) {
        World world = context.world();
        Identity identity = world.read(station, Identity.class);
        String name = identity == null ? "" : identity.name();
        Best best = Best.of(world, station);
        for (Commodity commodity : Commodity.values()) {
            int i = commodity.ordinal();
            enter(
                    Listings.find(station, commodity, context.services().node(), world),
                    new Mail.Change(
                            station,
                            name,
                            commodity,
                            true,
                            best.bid[i],
                            best.bidUnits[i],
                            best.ask[i],
                            best.askUnits[i]),
                    context);
        }
    }

    private static Mail.Change closed(Listing listing) {
        return new Mail.Change(
                listing.station(), listing.name(), listing.commodity(), false, 0, 0, 0, 0);
    }

    private static void enter(@Nullable EntityId id, Mail.Change now, EventContext context) {
        World world = context.world();
        Listing before = id == null ? null : world.read(id, Listing.class);
        if (before != null && before.change().equals(now)) {
            return;
        }
        long edition = edition(world) + 1;
        world.write(world.singleton(new Edition(0)), new Edition(edition));
        Listings.write(id, Listing.of(now, context.services().node(), edition), world);
    }

    private static long edition(World world) {
        Edition edition = world.read(world.singleton(new Edition(0)), Edition.class);
        return edition == null ? 0 : edition.last();
    }

    /** Keeps the last question of a node until it is answered. */
    static void hear(Mail.Question question, EventContext context) {
        World world = context.world();
        world.forEach(
                Reader.class,
                id -> {
                    Reader reader = world.read(id, Reader.class);
                    if (reader != null && reader.node() == question.node()) {
                        world.destroy(id);
                    }
                });
        world.create(new Reader(question.node(), question.upTo(), context.tick().number()));
    }

    /** Answers the questions to which there is an answer. */
    static void answer(EventContext context) {
        World world = context.world();
        int self = context.services().node();
        List<Listing> own =
                Listings.all(world, each -> each.node() == self).stream()
                        .map(each -> Listings.read(each, world))
                        .sorted(Comparator.comparingLong(Listing::edition))
                        .toList();
        world.forEach(Reader.class, id -> answer(id, own, context));
    }

    private static void answer(EntityId id, List<Listing> own, EventContext context) {
        World world = context.world();
        Reader reader = world.read(id, Reader.class);
        if (reader == null) {
            return;
        }
        // Who knows more than there is knows it from a world that this one was restored from.
        long from = reader.upTo() > edition(world) ? 0 : reader.upTo();
        List<Listing> fresh =
                own.stream().filter(each -> each.edition() > from).limit(CHANGES_MAX).toList();
        if (fresh.isEmpty() && context.tick().number() - reader.askedAt() < ANSWER_TICKS) {
            return;
        }
        long upTo = fresh.isEmpty() ? from : fresh.getLast().edition();
        List<Mail.Change> changes = fresh.stream().map(Listing::change).toList();
        var news = new Mail.News(context.services().node(), from, upTo, changes);
        if (context.services().reaches(SERVICE, reader.node(), news)) {
            world.destroy(id);
        }
    }
}
