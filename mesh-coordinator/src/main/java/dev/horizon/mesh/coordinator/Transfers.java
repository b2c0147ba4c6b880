package dev.horizon.mesh.coordinator;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.protocol.MeshMessage.EntityJumps;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder.Step;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.mesh.protocol.TransferEntry.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may hand what to whom. A transfer is reserved at its destination, then committed: from there
 * on it is between the two nodes, whose tapes decide, and nothing is taken back here. Not
 * thread-safe.
 */
final class Transfers {
    /** At once, of all nodes. */
    static final int OPEN_MAX = 16_384;

    /** Ended ones that are remembered, for who asks what became of theirs. */
    static final int ENDED_MAX = 256;

    /** How long a destination may take to make room. */
    static final long RESERVE_MILLIS_MAX = 10_000;

    /** A source remembers what it did for all since its oldest open one. */
    static final long SPAN_MAX = 65_536;

    /** Orders that a report is answered with, a few batches; the next report brings more. */
    static final int ORDERS_MAX = 1_024;

    private final Ledger ledger;
    private final Map<Long, TransferEntry> open = new TreeMap<>();
    private final Deque<TransferEntry> ended = new ArrayDeque<>();

    /** The same by entity, the oldest first. */
    private final Map<Long, Deque<TransferEntry>> endedOf = new HashMap<>();

    private final Map<Long, Long> byEntity = new HashMap<>();
    private final Map<Long, TreeSet<Long>> bySource = new HashMap<>();
    private final Map<Long, TreeSet<Long>> byDestination = new HashMap<>();
    private final TreeSet<Long> reserved = new TreeSet<>();
    private long last;

    Transfers(Ledger ledger) {
        this.ledger = ledger;
    }

    long last() {
        return last;
    }

    void last(long number) {
        last = number;
    }

    /** All that it remembers but for the first: those that ended, then those that are open. */
    Stream<TransferEntry> all(int skip) {
        if (skip >= count()) {
            return Stream.empty(); // which who asks for their number alone comes to
        }
        return Stream.concat(
                ended.stream().skip(skip),
                open.values().stream().skip(Math.max(0, skip - ended.size())));
    }

    /** All that it remembers of an entity: what is open, then those that ended. */
    private Stream<TransferEntry> of(long entity) {
        TransferEntry known = open.get(byEntity.getOrDefault(entity, 0L));
        Deque<TransferEntry> before = endedOf.get(entity);
        return before == null
                ? Stream.ofNullable(known)
                : Stream.concat(Stream.ofNullable(known), before.stream());
    }

    int count() {
        return ended.size() + open.size();
    }

    /**
     * Begins a transfer; asking the same twice begins one.
     *
     * @throws HorizonException HZ-MESH-021 to 023 for what is in the way
     */
    TransferEntry begin(TransferRequest asked, long now) {
        TransferEntry same =
                of(asked.entity())
                        .filter(each -> each.asked() == asked.request())
                        .findFirst()
                        .orElse(null);
        if (same != null) {
            return same;
        }
        return begin(asked.request(), asked.entity(), asked.source(), asked.destination(), 0, now);
    }

    /** True while an entity is in a transfer. */
    boolean isOpen(long entity) {
        return byEntity.containsKey(entity);
    }

    /** The transfer that a jump came to, if it is remembered. */
    @Nullable TransferEntry ofJump(EntityJumps told) {
        return of(told.entity())
                .filter(each -> each.jump() == told.jump() && each.source() == told.home())
                .findFirst()
                .orElse(null);
    }

    /**
     * The same for a request that nobody repeats.
     *
     * @param jump the source's tick since which it is to jump; 0 where it doesn't
     */
    TransferEntry begin(
            long request, long entity, long source, long destination, long jump, long now) {
        Long other = byEntity.get(entity);
        if (other != null) {
            throw new HorizonException(
                    "HZ-MESH-021",
                    "entity %s is in transfer %d already: wait until 'horizon mesh status' shows its end"
                            .formatted(new EntityId(entity), other));
        }
        NodeEntry from = requireAble(source, "source");
        NodeEntry to = requireAble(destination, "destination");
        if (jump == 0 && !from.starSystem().equals(to.starSystem())) {
            throw unable("it is another star system's node: ships go there through a gate");
        }
        if (source == destination) {
            throw unable("source and destination are the same node");
        }
        if (open.size() >= OPEN_MAX || last - floor(source, last) >= SPAN_MAX) {
            throw new HorizonException(
                    "HZ-MESH-023",
                    "too many transfers are open, the oldest of this source since transfer %d: look at 'horizon mesh status' for what holds it up"
                            .formatted(floor(source, last)));
        }
        TransferEntry begun =
                new TransferEntry(
                        ++last,
                        request,
                        Stage.RESERVED,
                        entity,
                        source,
                        destination,
                        now,
                        now,
                        jump,
                        "",
                        "");
        put(begun);
        return begun;
    }

    private NodeEntry requireAble(long home, String role) {
        NodeEntry node = ledger.node(home);
        if (node == null || node.presence() != Presence.PRESENT) {
            throw unable("the " + role + " is no node that may tick");
        }
        if (node.peer().isEmpty()) {
            throw unable("node " + node.name() + " is of a build that can't move entities");
        }
        return node;
    }

    private static HorizonException unable(String why) {
        return new HorizonException(
                "HZ-MESH-022",
                "the entity can't move: " + why + "; 'horizon mesh status' lists the nodes");
    }

    /**
     * Takes what a node says of a transfer.
     *
     * @return the transfer as it is now; null when nothing changed
     */
    @Nullable TransferEntry word(TransferWord word, long now) {
        TransferEntry entry = open.get(word.transfer());
        if (entry == null) {
            return null;
        }
        boolean isSource = word.home() == entry.source();
        boolean isReserved = entry.stage() == Stage.RESERVED;
        TransferEntry next =
                switch (word.word()) {
                    case PREPARED ->
                            isReserved && !isSource ? entry.at(Stage.COMMITTED, now) : null;
                    case REFUSED ->
                            isReserved != isSource
                                    ? entry.reversed(word.code(), word.text(), now)
                                    : null;
                    case RELEASED ->
                            isSource && entry.stage() == Stage.COMMITTED
                                    ? entry.at(Stage.RELEASED, now)
                                    : null;
                    case SETTLED -> isSource && !isReserved ? entry.at(Stage.DONE, now) : null;
                };
        if (next != null) {
            put(next);
        }
        return next;
    }

    /** Reverses what a destination has left unanswered. */
    void expire(long now) {
        while (!reserved.isEmpty()) {
            TransferEntry oldest = open.get(reserved.first());
            if (oldest == null || now - oldest.begunAt() <= RESERVE_MILLIS_MAX) {
                return;
            }
            put(
                    oldest.reversed(
                            "HZ-MESH-022",
                            "the destination did not answer in time: nothing has moved",
                            now));
        }
    }

    /** Reverses what is only reserved with a node that ticks no more. */
    void ended(long home, long now) {
        for (long each : List.copyOf(reserved)) {
            TransferEntry entry = open.get(each);
            if (entry != null && (entry.source() == home || entry.destination() == home)) {
                put(entry.reversed("HZ-MESH-022", "one of its nodes left the mesh", now));
            }
        }
    }

    /** What a node is to do now. */
    List<TransferOrder> orders(long home) {
        List<TransferOrder> orders = new ArrayList<>();
        Stream.concat(
                        bySource.getOrDefault(home, new TreeSet<>()).stream(),
                        byDestination.getOrDefault(home, new TreeSet<>()).stream())
                .limit(ORDERS_MAX)
                .forEach(transfer -> {
                    TransferOrder order = order(open.get(transfer), home);
                    if (order != null) {
                        orders.add(order);
                    }
                });
        return orders;
    }

    /** What one of its nodes is to do for a transfer; null for nothing. */
    @Nullable TransferOrder order(@Nullable TransferEntry entry, long home) {
        if (entry == null || entry.stage().isEnd()) {
            return null;
        }
        boolean isSource = entry.source() == home;
        if (isSource && entry.stage() == Stage.RESERVED) {
            return null;
        }
        NodeEntry other = ledger.node(isSource ? entry.destination() : entry.source());
        return new TransferOrder(
                home,
                entry.transfer(),
                isSource ? Step.RELEASE : Step.PREPARE,
                floor(entry.source(), entry.transfer()),
                entry.entity(),
                entry.source(),
                entry.destination(),
                entry.jump(),
                other == null ? "" : other.peer());
    }

    /** The lowest open transfer of a source. */
    private long floor(long source, long none) {
        TreeSet<Long> of = bySource.get(source);
        return of == null ? none : of.first();
    }

    /** Enters a transfer as it is now; also from a snapshot. */
    void put(TransferEntry entry) {
        long number = entry.transfer();
        reserved.remove(number);
        if (entry.stage().isEnd()) {
            open.remove(number);
            byEntity.remove(entry.entity(), number);
            forget(bySource, entry.source(), number);
            forget(byDestination, entry.destination(), number);
            remember(entry);
            return;
        }
        open.put(number, entry);
        byEntity.put(entry.entity(), number);
        bySource.computeIfAbsent(entry.source(), home -> new TreeSet<>()).add(number);
        byDestination.computeIfAbsent(entry.destination(), home -> new TreeSet<>()).add(number);
        if (entry.stage() == Stage.RESERVED) {
            reserved.add(number);
        }
    }

    private void remember(TransferEntry entry) {
        ended.addLast(entry);
        endedOf.computeIfAbsent(entry.entity(), id -> new ArrayDeque<>(1)).addLast(entry);
        if (ended.size() > ENDED_MAX) {
            // The oldest of all is the oldest of its entity.
            long entity = ended.removeFirst().entity();
            endedOf.computeIfPresent(
                    entity, (id, of) -> of.size() == 1 || of.pollFirst() == null ? null : of);
        }
    }

    private static void forget(Map<Long, TreeSet<Long>> index, long home, long number) {
        TreeSet<Long> of = index.get(home);
        if (of != null && of.remove(number) && of.isEmpty()) {
            index.remove(home);
        }
    }
}
