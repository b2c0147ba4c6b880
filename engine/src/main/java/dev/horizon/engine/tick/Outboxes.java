package dev.horizon.engine.tick;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.MutableInteger;

/** Parcels to all nodes. Part of what ticks depend on. Tick thread. */
final class Outboxes {
    /** By home of their destination. */
    final Map<Long, Outbox> all = new TreeMap<>();

    private final MutableInteger away = new MutableInteger();
    private final int source;
    private final TransferWords words;
    private long tick;
    private boolean hasOpen;

    Outboxes(int source, TransferWords words) {
        this.source = source;
        this.words = words;
    }

    /** Those to one node. */
    Outbox to(long destination) {
        return all.computeIfAbsent(destination, key -> new Outbox(key, away));
    }

    /** Puts an entity into the parcel of this tick. */
    Outbox post(long home, long destination, Parcel.Item item) {
        Outbox outbox = roomFor(destination, item.bytes());
        outbox.add(home, item);
        return outbox;
    }

    /** Puts an event into the parcel of this tick. */
    void post(long home, long destination, Parcel.Event event) {
        roomFor(destination, event.bytes()).add(home, event);
    }

    private Outbox roomFor(long destination, int bytes) {
        Outbox outbox = to(destination);
        if (!outbox.fits(bytes)) {
            outbox.seal(source, tick, this::sealed);
        }
        hasOpen = true;
        return outbox;
    }

    /** The tick that what is put into parcels belongs to. */
    void begin(long ofTick) {
        tick = ofTick;
    }

    /** Closes the parcels of the tick. */
    void seal() {
        if (!hasOpen) {
            return; // without an iterator, in the tick that moves nothing
        }
        hasOpen = false;
        for (Outbox outbox : all.values()) {
            outbox.seal(source, tick, this::sealed);
        }
    }

    /** Of frozen copies of entities. */
    int frozenBytes() {
        int sum = 0;
        for (Outbox outbox : all.values()) {
            sum += outbox.frozenBytes();
        }
        return sum;
    }

    /** Entities in frozen copies. */
    int away() {
        return away.value;
    }

    /** Of events that wait. */
    int eventBytes() {
        int sum = 0;
        for (Outbox outbox : all.values()) {
            sum += outbox.eventBytes();
        }
        return sum;
    }

    /** Tells again of all that is open. */
    void resume() {
        for (Outbox outbox : all.values()) {
            outbox.frozen.forEach(parcel -> sealed(outbox, parcel));
        }
    }

    private void sealed(Outbox outbox, Outbox.Frozen parcel) {
        words.add(to -> to.parcel(outbox.destination, parcel.sequence(), parcel.bytes()));
    }
}
