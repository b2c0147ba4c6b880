package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.Refusal;
import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink.Outcome;
import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.telemetry.TransferEvent;
import dev.horizon.engine.tick.Parcel.Item;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.schemas.ticklog.GhostsDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledDecoder;
import dev.horizon.schemas.ticklog.ParcelsKeptDecoder;
import dev.horizon.schemas.ticklog.RefuseJumpDecoder;
import dev.horizon.schemas.ticklog.ReleaseEntityDecoder;
import dev.horizon.schemas.ticklog.ServiceOfferDecoder;
import dev.horizon.schemas.ticklog.SessionFollowsDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Entities that leave for other nodes and come from them, as recorded inputs ask for it: so a
 * replay does the same, and a node that was killed knows what it released and what it has. Between
 * two worlds parcels are counted from 1: each is taken once, in order, however often it comes; with
 * them go {@link ServiceEvents}. Tick thread.
 */
final class Transfers {
    /** Frozen copies of all destinations; what is to be released beyond that waits. */
    static final int FROZEN_BYTES_MAX = 8 << 20;

    /** Of the tape's schema. */
    private static final int JUMPS_SINCE_VERSION = 6;

    /** An entity that is to leave in this tick. */
    private record Order(long floor, Handovers.Waiting asked) {}

    private final Handovers.Decided decided = this::release;
    private final Runnable applied = this::applyPending;
    private final WorldState world;
    private final EventBus events;
    final TransferWords words;
    private final Handovers handovers;
    private final Jumps jumps;
    private final Obstacles obstacles;
    private final GhostFeeds feeds;
    private final ExpandableArrayBuffer image = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<Order> ordered = new ArrayList<>();
    private final LongArrayList others = new LongArrayList();
    private final LongArrayList party = new LongArrayList();
    private long tick;
    private boolean hasArrived;

    // What ticks depend on.
    long floor;
    final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
    final TreeMap<Long, Veto> vetoes = new TreeMap<>();
    final Outboxes outboxes;
    final ServiceEvents services;
    final Ghosts ghosts;
    final Map<Long, Long> inboxes = new TreeMap<>();

    Transfers(TickLoopBuilder from, Handovers handovers) {
        world = from.world;
        events = from.events;
        words = new TransferWords(from.transferSink);
        ghosts = new Ghosts(world, from.config);
        feeds = new GhostFeeds(from, words);
        outboxes = new Outboxes(world.idBlock(), words);
        services = new ServiceEvents(world, events, outboxes);
        this.handovers = handovers;
        jumps = new Jumps(world, events, from.config);
        obstacles = new Obstacles(world, jumps);
    }

    /** Begins a tick, before its inputs. */
    void begin(long ofTick) {
        tick = ofTick;
        outboxes.begin(ofTick);
    }

    /** Applies an input; false for one that is of another kind or damaged. */
    boolean apply(DirectBuffer buffer, int offset, int length) {
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
                case GhostsDecoder.TEMPLATE_ID -> {
                    return ghosts.take(
                            new GhostsDecoder().wrapAndApplyHeader(message, 0, header), tick);
                }
                case SessionFollowsDecoder.TEMPLATE_ID ->
                        handovers.word(
                                new SessionFollowsDecoder().wrapAndApplyHeader(message, 0, header));
                case RefuseJumpDecoder.TEMPLATE_ID -> {
                    var word = new RefuseJumpDecoder().wrapAndApplyHeader(message, 0, header);
                    jumps.refuse(word.entity(), word.jump(), word.code(), word.text());
                }
                case ServiceOfferDecoder.TEMPLATE_ID ->
                        services.offered(
                                new ServiceOfferDecoder().wrapAndApplyHeader(message, 0, header));
                case ParcelsKeptDecoder.TEMPLATE_ID ->
                        kept(new ParcelsKeptDecoder().wrapAndApplyHeader(message, 0, header));
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
                                order.actingVersion() < JUMPS_SINCE_VERSION ? 0 : order.jump(),
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
        if (outboxes.frozenBytes() > FROZEN_BYTES_MAX || handovers.isWaiting(transfer)) {
            return; // It is ordered again.
        }
        Outcome obstacle = obstacles.to(asked);
        if (obstacle != null) {
            decided(asked, obstacle);
        } else if (!handovers.begin(asked)) {
            release(asked, true);
        }
    }

    private void release(Handovers.Waiting order, boolean follows) {
        decided(order, follows ? release(order) : Outcome.PLAYED);
    }

    private void decided(Handovers.Waiting order, Outcome outcome) {
        TransferEvent.tell(tick, order.transfer(), order.entity(), outcome.name());
        outcomes.put(order.transfer(), outcome);
        tell(order.transfer(), outcome);
        if (outcome != Outcome.RELEASED && order.jump() != 0) {
            Veto veto = vetoes.get(order.transfer());
            jumps.refuse(
                    order.entity(),
                    order.jump(),
                    veto == null ? outcome.code() : veto.code(),
                    veto == null ? outcome.text() : veto.reason());
        }
    }

    private void tell(long transfer, Outcome outcome) {
        Veto veto = vetoes.get(transfer);
        words.add(
                veto == null
                        ? to -> to.outcome(transfer, outcome)
                        : to -> to.refused(transfer, veto.entity(), veto.code(), veto.reason()));
    }

    private Outcome release(Handovers.Waiting order) {
        long entity = order.entity();
        Outcome obstacle = obstacles.to(order);
        if (obstacle == null) {
            obstacle = isVetoed(order) ? Outcome.REFUSED : obstacles.to(order);
        }
        if (obstacle != null) {
            return obstacle;
        }
        others.clear();
        Jumps.party(world, entity, order.jump(), others);
        others.removeAt(0);
        handovers.others(order, others);
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
        Item item = new Item(order.transfer(), entity, false, bytes);
        Outbox outbox = outboxes.post(order.home(), order.destination(), item);
        handovers.leave(order, outbox.sequence + 1, tick);
        ghosts.leaves(entity, order.jump() == 0 ? order.destination() : 0, tick);
        world.destroy(new EntityId(entity));
        for (int i = 0; i < others.size(); i++) {
            world.destroy(new EntityId(others.getLong(i)));
        }
        applyPending();
        ghosts.left(tick);
        return Outcome.RELEASED;
    }

    /** Tells plugins of all that leave together, until one refuses. */
    private boolean isVetoed(Handovers.Waiting order) {
        LongArrayList leaving = new LongArrayList();
        Jumps.party(world, order.entity(), order.jump(), leaving);
        for (int i = 0; i < leaving.size(); i++) {
            Refusal refusal = tell(new EntityLeaving(new EntityId(leaving.getLong(i))));
            if (refusal != null) {
                vetoes.put(order.transfer(), Veto.of(order.entity(), refusal));
                return true;
            }
        }
        return false;
    }

    /** What one handler lets ride in the entity, the next one finds aboard. */
    private @Nullable Refusal tell(Record event) {
        Refusal refusal = events.dispatch(event, applied);
        applyPending();
        return refusal;
    }

    private void applyPending() {
        if (world.hasPendingChanges()) {
            world.apply();
        }
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
            services.take(parcel.events(), tick);
            inboxes.put(source, parcel.sequence());
        }
        long upTo = inboxes.getOrDefault(source, 0L);
        Outbox back = outboxes.all.get(parcel.home());
        List<Long> returned = back == null ? List.of() : back.returned();
        words.add(to -> to.received(source, upTo, returned));
    }

    private void take(Parcel parcel, Item item) {
        if (!create(item)) {
            Item back = new Item(item.transfer(), item.entity(), true, item.image());
            outboxes.post(parcel.destination(), parcel.home(), back);
            return;
        }
        world.apply();
        TransferEvent.tell(tick, item.transfer(), item.entity(), TransferEvent.TAKEN);
        hasArrived = true;
        long jump = jumps.jumpOf(item.entity());
        party.clear();
        Jumps.party(world, item.entity(), jump, party);
        if (jump != 0 && !item.isReturned()) {
            jumps.arrive(party);
        }
        for (long each : party.toLongArray()) {
            tell(new EntityArrived(new EntityId(each), item.isReturned()));
        }
        if (item.isReturned()) {
            Outcome why = Outcome.RETURNED;
            jumps.refuse(item.entity(), jump, why.code(), why.text());
        }
        if (item.isReturned() && outcomes.replace(item.transfer(), Outcome.RETURNED) != null) {
            TransferEvent.tell(tick, item.transfer(), item.entity(), Outcome.RETURNED.name());
            tell(item.transfer(), Outcome.RETURNED);
        }
    }

    private boolean create(Item item) {
        try {
            EntityImage.createWhole(world, new UnsafeBuffer(item.image()), 0, item.image().length);
            return true;
        } catch (HorizonException | HorizonWorldException why) {
            HorizonException told =
                    why instanceof HorizonException coded
                            ? coded
                            : new HorizonException("HZ-WLD-012", String.valueOf(why.getMessage()));
            String what =
                    "entity " + new EntityId(item.entity()) + " can't be taken, and goes back";
            events.quarantine().add("engine/transfers", "engine", tick, what, told);
            return false;
        }
    }

    /** What a source keeps no longer a world of this node has had: one before this, if not it. */
    private void kept(ParcelsKeptDecoder word) {
        inboxes.merge(word.source(), word.floor() - 1, Math::max);
    }

    private void settle(ParcelSettledDecoder word) {
        Outbox outbox = outboxes.all.get(word.destination());
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
                TransferEvent.tell(tick, transfer, item.entity(), Outcome.SETTLED.name());
                tell(transfer, Outcome.SETTLED);
            }
        }
    }

    /** Takes up the sessions that have come, and moves ghosts, after the tick's inputs. */
    void arrived() {
        ghosts.advance(tick);
        if (hasArrived) {
            hasArrived = false;
            handovers.arrived();
        }
    }

    /**
     * Releases what was ordered, and closes the parcels of a tick, after its systems: what leaves
     * has had this tick here, and can have the next there.
     */
    void depart() {
        if (!ordered.isEmpty()) {
            ordered.forEach(this::release);
            ordered.clear();
        }
        jumps.look(tick, words);
        handovers.decide(tick, decided);
        outboxes.seal();
    }

    /** Ends a tick: says where its inputs end in the log. */
    void endTick(long inputsPosition) {
        feeds.endTick(tick);
        words.endTick(inputsPosition);
    }

    /** Tells again of all that is open; once it goes on from a snapshot. */
    void resume() {
        outboxes.resume();
        words.endTick(0);
    }
}
