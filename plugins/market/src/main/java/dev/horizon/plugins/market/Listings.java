package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this node knows of the books of all nodes' stations. */
final class Listings {
    /** Offers of each side that a player is told; together some 5 KB of a payload's 16. */
    private static final int OFFERS_MAX = 50;

    private Listings() {}

    static List<EntityId> all(World world, Predicate<Listing> wanted) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                Listing.class,
                id -> {
                    Listing listing = world.read(id, Listing.class);
                    if (listing != null && wanted.test(listing)) {
                        found.add(id);
                    }
                });
        return found;
    }

    static Listing read(EntityId id, World world) {
        return Objects.requireNonNull(world.read(id, Listing.class));
    }

    static @Nullable EntityId find(EntityId station, Commodity commodity, int node, World world) {
        EntityId[] found = new EntityId[1];
        world.forEach(
                Listing.class,
                station.value(),
                id -> {
                    Listing listing = world.read(id, Listing.class);
                    if (listing != null
                            && listing.node() == node
                            && listing.commodity() == commodity) {
                        found[0] = id;
                    }
                });
        return found[0];
    }

    /** True for a station that has, or had, a book on a node that this one heard of. */
    static boolean isKnown(EntityId station, World world) {
        return world.find(Listing.class, station.value()) != null;
    }

    static void write(@Nullable EntityId id, Listing listing, World world) {
        if (id == null) {
            world.create(listing);
        } else {
            world.write(id, listing);
        }
    }

    /** Forgets what another node told. */
    static void forget(int node, World world) {
        all(world, each -> each.node() == node).forEach(world::destroy);
    }

    /**
     * The other node that has a station's book, or 0 where none is known to. Of two that say so the
     * one that is there: a station may have left the other, which could not say that any more.
     */
    static int homeOf(EntityId station, EventContext context) {
        int self = context.services().node();
        int[] home = {0};
        context.world()
                .forEach(
                        Listing.class,
                        station.value(),
                        id -> {
                            Listing listing = read(id, context.world());
                            if (listing.isOpen()
                                    && listing.node() != self
                                    && (home[0] == 0
                                            || !Subscriptions.isAway(listing.node(), context))) {
                                home[0] = listing.node();
                            }
                        });
        return home[0];
    }

    /** Stations of which two nodes say that they have their books. */
    private static Set<EntityId> moved(List<Listing> sorted) {
        Set<EntityId> moved = new TreeSet<>(Comparator.comparingLong(EntityId::value));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).station().equals(sorted.get(i - 1).station())) {
                moved.add(sorted.get(i).station());
            }
        }
        return moved;
    }

    /** False for what a station's last home said of it, where it has another by now. */
    private static boolean isOfHome(Listing listing, EventContext context) {
        int self = context.services().node();
        return listing.node() == self
                || !Books.isAt(listing.station(), context.world())
                        && homeOf(listing.station(), context) == listing.node();
    }

    /** The best offers for a commodity in the galaxy. */
    static MarketEvents.Compared compare(Commodity commodity, EventContext context) {
        World world = context.world();
        List<Listing> listings =
                all(world, each -> each.commodity() == commodity && each.isOpen()).stream()
                        .map(each -> read(each, world))
                        .sorted(Comparator.comparingLong(each -> each.station().value()))
                        .collect(Collectors.toCollection(ArrayList::new));
        Set<EntityId> moved = moved(listings);
        listings.removeIf(each -> moved.contains(each.station()) && !isOfHome(each, context));
        Stream<MarketEvents.Offer> asks =
                listings.stream()
                        .filter(each -> each.askUnits() > 0)
                        .sorted(Comparator.comparingLong(Listing::ask))
                        .limit(OFFERS_MAX)
                        .map(each -> offer(each, each.ask(), each.askUnits(), context));
        Stream<MarketEvents.Offer> bids =
                listings.stream()
                        .filter(each -> each.bidUnits() > 0)
                        .sorted(Comparator.comparingLong(Listing::bid).reversed())
                        .limit(OFFERS_MAX)
                        .map(each -> offer(each, each.bid(), each.bidUnits(), context));
        return new MarketEvents.Compared(commodity, asks.toList(), bids.toList());
    }

    private static MarketEvents.Offer offer(
            Listing listing, long price, int units, EventContext context) {
        boolean isAway = Subscriptions.isAway(listing.node(), context);
        return new MarketEvents.Offer(listing.station(), listing.name(), price, units, isAway);
    }
}
