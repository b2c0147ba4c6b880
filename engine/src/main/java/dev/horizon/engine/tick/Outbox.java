package dev.horizon.engine.tick;

import dev.horizon.engine.tick.Parcel.Event;
import dev.horizon.engine.tick.Parcel.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.collections.MutableInteger;

/**
 * Parcels to one node, each with a frozen copy until that node has recorded it. Part of what ticks
 * depend on. Tick thread.
 */
final class Outbox {
    /**
     * A parcel that its destination may not have.
     *
     * @param items entities in it
     * @param eventBytes what its events take; all of it where it has nothing else
     */
    record Frozen(long sequence, byte[] bytes, int items, int eventBytes) {
        private static Frozen of(Parcel parcel, byte[] bytes) {
            int items = parcel.items().size();
            int events = parcel.events().stream().mapToInt(Event::bytes).sum();
            return new Frozen(parcel.sequence(), bytes, items, items == 0 ? bytes.length : events);
        }
    }

    final long destination;
    final Deque<Frozen> frozen = new ArrayDeque<>();
    private final List<Item> open = new ArrayList<>();
    private final List<Event> openEvents = new ArrayList<>();
    private long home;
    private int openBytes;
    private int openEventBytes;
    private final MutableInteger away;
    private int frozenBytes;
    private int frozenEventBytes;

    /** Of the last parcel; 0 before the first. */
    long sequence;

    /** With a count of all entities in frozen copies, which others share. */
    Outbox(long destination, MutableInteger away) {
        this.destination = destination;
        this.away = away;
    }

    /** True when an image takes more than any parcel. */
    static boolean isTooLarge(int imageBytes) {
        return Parcel.HEAD_BYTES + new Item(0, 0, false, new byte[0]).bytes() + imageBytes
                > Parcel.BYTES_MAX;
    }

    /** True when so much more fits into the parcel of this tick, as it is. */
    boolean fits(int bytes) {
        return Parcel.HEAD_BYTES + openBytes + bytes <= Parcel.BYTES_MAX;
    }

    /** Puts an entity into the parcel of this tick. */
    void add(long from, Item item) {
        home = from;
        open.add(item);
        openBytes += item.bytes();
    }

    /** Puts an event into the parcel of this tick. */
    void add(long from, Event event) {
        home = from;
        openEvents.add(event);
        openBytes += event.bytes();
        openEventBytes += event.bytes();
    }

    /** Closes the parcel of this tick, if there is something in it. */
    void seal(long source, long tick, BiConsumer<Outbox, Frozen> sealed) {
        if (open.isEmpty() && openEvents.isEmpty()) {
            return;
        }
        Parcel parcel = new Parcel(source, home, destination, ++sequence, tick, open, openEvents);
        Frozen copy = Frozen.of(parcel, parcel.encode());
        keep(copy);
        open.clear();
        openEvents.clear();
        openBytes = 0;
        openEventBytes = 0;
        sealed.accept(this, copy);
    }

    private void keep(Frozen copy) {
        frozen.add(copy);
        away.value += copy.items;
        frozenBytes += copy.bytes.length - copy.eventBytes;
        frozenEventBytes += copy.eventBytes;
    }

    /** Keeps a frozen copy again, as a snapshot has it. */
    void restore(long ofSequence, byte[] bytes) {
        Parcel parcel = Parcel.decode(bytes);
        keep(parcel == null ? new Frozen(ofSequence, bytes, 0, 0) : Frozen.of(parcel, bytes));
    }

    /** What frozen copies take, but for their events. */
    int frozenBytes() {
        return frozenBytes;
    }

    /** What events take that wait. */
    int eventBytes() {
        return openEventBytes + frozenEventBytes;
    }

    /** Transfers on their way back there. */
    List<Long> returned() {
        List<Item> items = new ArrayList<>(open);
        for (Frozen each : frozen) {
            Parcel parcel = each.items == 0 ? null : Parcel.decode(each.bytes);
            if (parcel != null) {
                items.addAll(parcel.items());
            }
        }
        return items.stream().filter(Item::isReturned).map(Item::transfer).toList();
    }

    /** Forgets copies up to a sequence; returns the entities that were in them. */
    List<Item> settle(long upTo) {
        List<Item> settled = new ArrayList<>();
        while (!frozen.isEmpty() && frozen.getFirst().sequence <= upTo) {
            Frozen first = frozen.removeFirst();
            away.value -= first.items;
            frozenBytes -= first.bytes.length - first.eventBytes;
            frozenEventBytes -= first.eventBytes;
            Parcel parcel = first.items == 0 ? null : Parcel.decode(first.bytes);
            if (parcel != null) {
                settled.addAll(parcel.items());
            }
        }
        return settled;
    }
}
