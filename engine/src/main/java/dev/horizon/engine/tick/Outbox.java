package dev.horizon.engine.tick;

import dev.horizon.engine.tick.Parcel.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Parcels to one node, each with a frozen copy until that node has recorded it. Part of what ticks
 * depend on. Tick thread.
 */
final class Outbox {
    /** A parcel that its destination may not have. */
    record Frozen(long sequence, byte[] bytes) {}

    final long destination;
    final Deque<Frozen> frozen = new ArrayDeque<>();
    private final List<Item> open = new ArrayList<>();
    private long home;
    private int openBytes;

    /** Of the last parcel; 0 before the first. */
    long sequence;

    Outbox(long destination) {
        this.destination = destination;
    }

    /** True when an image takes more than any parcel. */
    static boolean isTooLarge(int imageBytes) {
        return Parcel.HEAD_BYTES + new Item(0, 0, false, new byte[0]).bytes() + imageBytes
                > Parcel.BYTES_MAX;
    }

    /** True when an image fits into the parcel of this tick, as it is. */
    boolean fits(Item item) {
        return Parcel.HEAD_BYTES + openBytes + item.bytes() <= Parcel.BYTES_MAX;
    }

    /** Puts an entity into the parcel of this tick. */
    void add(long from, Item item) {
        home = from;
        open.add(item);
        openBytes += item.bytes();
    }

    /** Closes the parcel of this tick, if there is something in it. */
    void seal(long source, long tick, BiConsumer<Outbox, Frozen> sealed) {
        if (open.isEmpty()) {
            return;
        }
        Parcel parcel = new Parcel(source, home, destination, ++sequence, tick, open);
        Frozen copy = new Frozen(sequence, parcel.encode());
        frozen.add(copy);
        open.clear();
        openBytes = 0;
        sealed.accept(this, copy);
    }

    /** Transfers on their way back there. */
    List<Long> returned() {
        List<Item> items = new ArrayList<>(open);
        for (Frozen each : frozen) {
            Parcel parcel = Parcel.decode(each.bytes);
            if (parcel != null) {
                items.addAll(parcel.items());
            }
        }
        return items.stream().filter(Item::isReturned).map(Item::transfer).toList();
    }

    /** Forgets copies up to a sequence; returns what was in them. */
    List<Item> settle(long upTo) {
        List<Item> settled = new ArrayList<>();
        while (!frozen.isEmpty() && frozen.getFirst().sequence <= upTo) {
            Parcel parcel = Parcel.decode(frozen.removeFirst().bytes);
            if (parcel != null) {
                settled.addAll(parcel.items());
            }
        }
        return settled;
    }
}
