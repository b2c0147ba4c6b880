package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.Refusal;
import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.ports.TransferSink.Outcome;
import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.Parcel.Item;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledDecoder;
import dev.horizon.schemas.ticklog.ReleaseEntityDecoder;
import dev.horizon.schemas.ticklog.SessionFollowsDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Entities that leave for other nodes and come from them, as recorded inputs ask for it: so a
 * replay does the same, and a node that was killed knows what it released and what it has. Between
 * two worlds parcels are counted from 1: each is taken once, in order, however often it comes. Tick
 * thread.
 */
final class Transfers {
    /** Frozen copies of all destinations; what is to be released beyond that waits. */
    static final int FROZEN_BYTES_MAX = 8 << 20;

    /** What is to be told once it is recorded. */
    private record Effect(long position, Consumer<TransferSink> telling) {}

    /** An entity that is to leave in this tick. */
    private record Order(long floor, Handovers.Waiting asked) {}

    private final Handovers.Decided decided = this::release;
    private final WorldState world;
    private final EventBus events;
    private final TransferSink sink;
    private final Handovers handovers;
    private final ExpandableArrayBuffer image = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<Order> ordered = new ArrayList<>();
    private final List<Consumer<TransferSink>> ofTick = new ArrayList<>();
    private final Deque<Effect> held = new ArrayDeque<>();
    private final LongArrayList riders = new LongArrayList();
    private final LongArrayList others = new LongArrayList();
    private long tick;
    private boolean hasOpen;
    private boolean hasArrived;

    // What ticks depend on.
    long floor;
    final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
    final TreeMap<Long, Veto> vetoes = new TreeMap<>();
    final Map<Long, Outbox> outboxes = new TreeMap<>();
    final Map<Long, Long> inboxes = new TreeMap<>();

    Transfers(WorldState world, EventBus events, TransferSink sink, Handovers handovers) {
        this.world = world;
        this.events = events;
        this.sink = sink;
        this.handovers = handovers;
    }

    /** Applies an input; false for one that is of another kind or damaged. */
    boolean apply(DirectBuffer buffer, int offset, int length, long ofTick) {
        tick = ofTick;
        DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
        header.wrap(message, 0);
        try {
            switch (header.templateId()) {
                case ReleaseEntityDecoder.TEMPLATE_ID ->
                        order(new ReleaseEntityDecoder().wrapAndApplyHeader(message, 0, header));
                case ParcelDecoder.TEMPLATE_ID -> {
                    Parcel parcel = Parcel.decode(message, 0, length);
                    if (parcel == null) {
                        return false;
                    }
                    take(parcel);
                }
                case SessionFollowsDecoder.TEMPLATE_ID ->
                        handovers.word(
                                new SessionFollowsDecoder().wrapAndApplyHeader(message, 0, header));
                case ParcelSettledDecoder.TEMPLATE_ID ->
                        settle(new ParcelSettledDecoder().wrapAndApplyHeader(message, 0, header));
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private void order(ReleaseEntityDecoder order) {
        ordered.add(
                new Order(
                        order.floor(),
                        new Handovers.Waiting(
                                order.transfer(),
                                order.entity(),
                                order.home(),
                                order.destination(),
                                tick)));
    }

    private void release(Order order) {
        Handovers.Waiting asked = order.asked;
        long transfer = asked.transfer();
        if (transfer < floor) {
            return; // It ended long ago, and the order comes late.
        }
        floor = Math.max(floor, order.floor);
        outcomes.headMap(floor).clear();
        vetoes.headMap(floor).clear();
        Outcome known = outcomes.get(transfer);
        if (known != null) {
            tell(transfer, known);
            return;
        }
        if (frozenBytes() > FROZEN_BYTES_MAX || handovers.isWaiting(transfer)) {
            return; // It is ordered again.
        }
        Outcome obstacle = obstacle(asked.entity());
        if (obstacle != null) {
            decided(transfer, obstacle);
        } else if (!handovers.begin(asked)) {
            release(asked, true);
        }
    }

    private void release(Handovers.Waiting order, boolean follows) {
        decided(order.transfer(), follows ? release(order) : Outcome.PLAYED);
    }

    private void decided(long transfer, Outcome outcome) {
        outcomes.put(transfer, outcome);
        tell(transfer, outcome);
    }

    private void tell(long transfer, Outcome outcome) {
        Veto veto = vetoes.get(transfer);
        ofTick.add(
                veto == null
                        ? to -> to.outcome(transfer, outcome)
                        : to -> to.refused(transfer, veto.entity(), veto.code(), veto.reason()));
    }

    private Outcome release(Handovers.Waiting order) {
        long entity = order.entity();
        Outcome obstacle = obstacle(entity);
        if (obstacle == null) {
            Refusal refusal = tell(new EntityLeaving(new EntityId(entity)));
            if (refusal != null) {
                vetoes.put(order.transfer(), Veto.of(entity, refusal));
            }
            obstacle = refusal == null ? obstacle(entity) : Outcome.REFUSED;
        }
        if (obstacle != null) {
            return obstacle;
        }
        others.clear();
        handovers.others(entity, others);
        int length;
        try {
            length = EntityImage.write(world, entity, others, image, 0);
        } catch (HorizonWorldException tooMany) {
            return Outcome.TOO_LARGE;
        }
        if (Outbox.isTooLarge(length)) {
            return Outcome.TOO_LARGE;
        }
        byte[] bytes = new byte[length];
        image.getBytes(0, bytes);
        Outbox outbox =
                post(
                        order.home(),
                        order.destination(),
                        new Item(order.transfer(), entity, false, bytes));
        handovers.leave(order, outbox.sequence + 1, tick);
        world.destroy(new EntityId(entity));
        for (int i = 0; i < others.size(); i++) {
            world.destroy(new EntityId(others.getLong(i)));
        }
        applyPending();
        return Outcome.RELEASED;
    }

    private @Nullable Refusal tell(Record event) {
        Refusal refusal = events.dispatch(event);
        applyPending();
        return refusal;
    }

    private void applyPending() {
        if (world.hasPendingChanges()) {
            world.apply();
        }
    }

    private Outbox post(long home, long destination, Item item) {
        Outbox outbox = outboxes.computeIfAbsent(destination, Outbox::new);
        if (!outbox.fits(item)) {
            outbox.seal(world.idBlock(), tick, this::sealed);
        }
        outbox.add(home, item);
        hasOpen = true;
        return outbox;
    }

    private @Nullable Outcome obstacle(long entity) {
        Lookup lookup = world.lookup();
        long location = lookup.locate(entity);
        if (location == Lookup.NOWHERE) {
            return Outcome.ABSENT;
        }
        ParentColumn parents = lookup.column(ParentColumn.TYPE, location);
        if (parents != null && parents.id[Lookup.row(location)] != 0) {
            return Outcome.RIDING;
        }
        riders.clear();
        riders.addLong(entity);
        for (int i = 0; i < riders.size(); i++) {
            long at = lookup.locate(riders.getLong(i));
            if (lookup.column(SessionStateColumn.TYPE, at) != null
                    || lookup.column(PendingEventColumn.TYPE, at) != null) {
                return Outcome.PLAYED;
            }
            long child = lookup.firstChild(riders.getLong(i));
            for (; child != 0; child = lookup.nextSibling(child)) {
                riders.addLong(child);
            }
        }
        return null;
    }

    private void take(Parcel parcel) {
        long source = parcel.source();
        long last = inboxes.getOrDefault(source, 0L);
        if (parcel.sequence() > last + 1) {
            return; // Those before it come again first.
        }
        if (parcel.sequence() == last + 1) {
            for (Item item : parcel.items()) {
                take(parcel, item);
            }
            inboxes.put(source, parcel.sequence());
        }
        long upTo = inboxes.getOrDefault(source, 0L);
        Outbox back = outboxes.get(parcel.home());
        List<Long> returned = back == null ? List.of() : back.returned();
        ofTick.add(to -> to.received(source, upTo, returned));
    }

    private void take(Parcel parcel, Item item) {
        EntityId entity = create(item);
        if (entity == null) {
            Item back = new Item(item.transfer(), item.entity(), true, item.image());
            post(parcel.destination(), parcel.home(), back);
            return;
        }
        world.apply();
        hasArrived = true;
        tell(new EntityArrived(entity, item.isReturned()));
        if (item.isReturned() && outcomes.replace(item.transfer(), Outcome.RETURNED) != null) {
            tell(item.transfer(), Outcome.RETURNED);
        }
    }

    private @Nullable EntityId create(Item item) {
        try {
            return EntityImage.createWhole(
                    world, new UnsafeBuffer(item.image()), 0, item.image().length);
        } catch (HorizonException | HorizonWorldException why) {
            HorizonException told =
                    why instanceof HorizonException coded
                            ? coded
                            : new HorizonException("HZ-WLD-012", String.valueOf(why.getMessage()));
            String what =
                    "entity " + new EntityId(item.entity()) + " can't be taken, and goes back";
            events.quarantine().add("engine/transfers", "engine", tick, what, told);
            return null;
        }
    }

    private void settle(ParcelSettledDecoder word) {
        Outbox outbox = outboxes.get(word.destination());
        if (outbox == null) {
            return;
        }
        long upTo = word.sequence();
        Set<Long> returned = new TreeSet<>();
        word.returned().forEach(each -> returned.add(each.transfer()));
        handovers.settled(word.destination(), upTo, returned);
        for (Item item : outbox.settle(upTo)) {
            long transfer = item.transfer();
            boolean isSettled =
                    !returned.contains(transfer)
                            && outcomes.replace(transfer, Outcome.RELEASED, Outcome.SETTLED);
            if (isSettled) {
                tell(transfer, Outcome.SETTLED);
            }
        }
    }

    /** Takes up the sessions that have come, after the tick's inputs. */
    void arrived() {
        if (hasArrived) {
            hasArrived = false;
            handovers.arrived();
        }
    }

    /**
     * Releases what was ordered, and closes the parcels of a tick, after its systems: what leaves
     * has had this tick here, and can have the next there.
     */
    void depart(long ofTick) {
        tick = ofTick;
        if (!ordered.isEmpty()) {
            ordered.forEach(this::release);
            ordered.clear();
        }
        handovers.decide(tick, decided);
        if (!hasOpen) {
            return; // without an iterator, in the tick that moves nothing
        }
        hasOpen = false;
        for (Outbox outbox : outboxes.values()) {
            outbox.seal(world.idBlock(), tick, this::sealed);
        }
    }

    private void sealed(Outbox outbox, Outbox.Frozen parcel) {
        ofTick.add(to -> to.parcel(outbox.destination, parcel.sequence(), parcel.bytes()));
    }

    private int frozenBytes() {
        int sum = 0;
        for (Outbox outbox : outboxes.values()) {
            for (Outbox.Frozen parcel : outbox.frozen) {
                sum += parcel.bytes().length;
            }
        }
        return sum;
    }

    /** Tells again of all that is open; once it goes on from a snapshot. */
    void resume() {
        for (Outbox outbox : outboxes.values()) {
            outbox.frozen.forEach(parcel -> sealed(outbox, parcel));
        }
        endTick(0);
    }

    /** Says where the tick's inputs end in the log. */
    void endTick(long position) {
        if (ofTick.isEmpty()) {
            return; // without an iterator, in the tick that moves nothing
        }
        ofTick.forEach(telling -> held.addLast(new Effect(position, telling)));
        ofTick.clear();
    }

    /** True when nothing waits. */
    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Tells what is recorded. */
    void release(long recordedPosition) {
        while (!held.isEmpty() && held.getFirst().position <= recordedPosition) {
            held.removeFirst().telling.accept(sink);
        }
    }
}
