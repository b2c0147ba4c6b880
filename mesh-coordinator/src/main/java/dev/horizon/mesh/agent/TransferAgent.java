package dev.horizon.mesh.agent;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.tick.Parcel;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.EntityJumps;
import dev.horizon.mesh.protocol.MeshMessage.JumpRefused;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord.Word;
import dev.horizon.mesh.protocol.PeerMessage;
import dev.horizon.mesh.protocol.PeerMessage.GhostsSent;
import dev.horizon.mesh.protocol.PeerMessage.ParcelReceived;
import dev.horizon.mesh.protocol.PeerMessage.ParcelSent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in transfers: brings the coordinator's orders and other nodes' parcels, with the
 * entities and events in them, to the tick loop, and what recorded ticks came to out of it, again
 * and again until it is heard. It decides nothing and remembers nothing that the tape doesn't: a
 * new life learns it again. A duty cycle for one thread; what the tick thread tells may come from
 * that one.
 */
public final class TransferAgent implements TransferSink {
    /** Parcels and answers may be lost; a tick, the disk and the way take less than this. */
    static final long SEND_EVERY_MILLIS = 250;

    /** What is beyond a border may have no owner there, or may not leave: it is said again. */
    static final long BEYOND_AGAIN_MILLIS = 2_000;

    /**
     * What a plugin keeps here is asked for again, so that it isn't lost for the border's owner.
     */
    static final long REFUSED_AGAIN_MILLIS = 30_000;

    /** Words of ghosts that wait to be sent; of more the new ones are lost, as on the way. */
    static final int GHOSTS_MAX = 64;

    /** Unanswered parcels to one node that are sent again, the oldest first. */
    static final int WINDOW = 16;

    /** The tick loop that entities leave and come into. */
    private record Loop(TransferDesk desk, long world) {}

    /** What this node has of another world's parcels. */
    private record Inbox(long sequence, List<Long> returned) {}

    /** A jump that the coordinator was asked about, and when it is asked again. */
    private record Asked(long jump, long againMillis) {}

    private final long home;
    private final long life;
    private final PeerLink peers;
    private final Consumer<MeshMessage> coordinator;
    private final Queue<Runnable> words = new ConcurrentLinkedQueue<>();
    private final TreeMap<Long, Said> outcomes = new TreeMap<>();

    /** Where nodes take parcels, by their homes, as the coordinator or parcels of theirs said. */
    private final Map<Long, String> addresses = new HashMap<>();

    /** The same as the coordinator said: a parcel may be of a life that was taken over from. */
    private final Map<Long, String> told = new HashMap<>();

    private final Map<Long, TreeMap<Long, byte[]>> unanswered = new TreeMap<>();
    private final Map<Long, Inbox> inboxes = new HashMap<>();
    private final Map<Long, Long> homes = new HashMap<>();
    private volatile @Nullable Loop loop;

    /** Entities beyond a border, and when that may be said again. */
    private final Map<Long, Long> beyondAgain = new HashMap<>();

    private final Map<Long, Asked> askedJumps = new HashMap<>();
    private final AtomicInteger ghostsWaiting = new AtomicInteger();
    private long nextSendMillis = Long.MIN_VALUE;
    private long nowMillis;

    /**
     * For one life of a node.
     *
     * @param coordinator takes what is said to it, and may lose it
     */
    TransferAgent(long home, long life, PeerLink peers, Consumer<MeshMessage> coordinator) {
        this.home = home;
        this.life = life;
        this.peers = peers;
        this.coordinator = coordinator;
    }

    /**
     * From now on entities may come and go; from any thread.
     *
     * @param world id block of the loop's world
     */
    public void represents(TransferDesk desk, long world) {
        loop = new Loop(desk, world);
    }

    /** Of the loop that it represents; null before. */
    @Nullable TransferDesk desk() {
        Loop of = loop;
        return of == null ? null : of.desk;
    }

    /** Id block of the loop's world; 0 before. */
    long world() {
        Loop of = loop;
        return of == null ? 0 : of.world;
    }

    /** Where a node takes parcels, by its home, as the coordinator says. */
    void address(long node, String peer) {
        if (!peer.isEmpty()) {
            addresses.put(node, peer);
            told.put(node, peer);
        }
    }

    @Override
    public void parcel(long destination, long sequence, byte[] parcel) {
        words.add(() -> {
            TreeMap<Long, byte[]> waiting =
                    unanswered.computeIfAbsent(destination, key -> new TreeMap<>());
            waiting.put(sequence, parcel);
            send(destination, waiting.firstKey(), parcel);
        });
    }

    @Override
    public void outcome(long transfer, Outcome outcome) {
        words.add(() -> {
            outcomes.put(transfer, Said.of(outcome));
            say(transfer, Said.of(outcome));
        });
    }

    @Override
    public void refused(long transfer, long entity, String code, String reason) {
        words.add(() -> {
            beyondAgain.put(entity, nowMillis + REFUSED_AGAIN_MILLIS);
            Said why = new Said(Word.REFUSED, code, reason);
            outcomes.put(transfer, why);
            say(transfer, why);
        });
    }

    @Override
    public void beyond(long entity, double x, double y, double z) {
        words.add(() -> {
            long again = nowMillis + BEYOND_AGAIN_MILLIS;
            if (beyondAgain.putIfAbsent(entity, again) == null) {
                coordinator.accept(new EntityBeyond(home, life, entity, x, y, z));
            }
        });
    }

    @Override
    public void jumps(long entity, long jump, String starSystem, double x, double y, double z) {
        words.add(() -> {
            Asked last = askedJumps.get(entity);
            if (last == null || last.jump != jump) {
                askedJumps.put(entity, new Asked(jump, nowMillis + BEYOND_AGAIN_MILLIS));
                coordinator.accept(new EntityJumps(home, life, entity, jump, starSystem, x, y, z));
            }
        });
    }

    @Override
    public void ghosts(long destination, byte[] message) {
        if (ghostsWaiting.get() >= GHOSTS_MAX) {
            return;
        }
        ghostsWaiting.incrementAndGet();
        words.add(() -> {
            ghostsWaiting.decrementAndGet();
            send(destination, new GhostsSent(message));
        });
    }

    /** Brings the coordinator's word that an entity can't jump to the tick. */
    void take(JumpRefused word) {
        Loop of = loop;
        if (of != null) {
            of.desk.refuseJump(word.entity(), word.jump(), word.code(), word.text());
        }
    }

    @Override
    public void received(long source, long sequence, List<Long> returned) {
        words.add(() -> {
            inboxes.put(source, new Inbox(sequence, returned));
            answer(source);
        });
    }

    /** One turn of a life that ticks; returns how much was done. */
    int doWork(long now) {
        nowMillis = now;
        int work = 0;
        @Nullable Runnable next;
        while ((next = words.poll()) != null) {
            next.run();
            work++;
        }
        work += peers.poll(this::take);
        if (nowMillis >= nextSendMillis) {
            nextSendMillis = nowMillis + SEND_EVERY_MILLIS;
            beyondAgain.values().removeIf(at -> now > at);
            askedJumps.values().removeIf(asked -> now > asked.againMillis);
            unanswered.forEach((destination, parcels) ->
                    parcels.values().stream()
                            .limit(WINDOW)
                            .forEach(parcel -> send(destination, parcels.firstKey(), parcel)));
        }
        return work;
    }

    /** Does what the coordinator orders, or says how far it is. */
    void take(TransferOrder order) {
        boolean isSource = order.source() == home;
        address(isSource ? order.destination() : order.source(), order.peer());
        Loop of = loop;
        if (of == null) {
            return; // It is ordered again.
        }
        if (!isSource) {
            say(order.transfer(), Said.PREPARED);
            return;
        }
        while (!outcomes.isEmpty() && outcomes.firstKey() < order.floor()) {
            outcomes.pollFirstEntry();
        }
        Said known = outcomes.get(order.transfer());
        if (known != null) {
            say(order.transfer(), known);
        } else {
            of.desk.release(
                    order.transfer(),
                    order.floor(),
                    order.entity(),
                    home,
                    order.destination(),
                    order.jump());
        }
    }

    private void take(PeerMessage message) {
        switch (message) {
            case ParcelSent m -> take(m);
            case ParcelReceived m -> take(m);
            case GhostsSent m -> take(m);
        }
    }

    private void take(ParcelSent sent) {
        Parcel parcel = Parcel.decode(new UnsafeBuffer(sent.parcel()), 0, sent.parcel().length);
        Loop to = loop;
        if (parcel == null || to == null || parcel.destination() != home) {
            return; // Damaged, too early, or for who had this address before.
        }
        addresses.put(parcel.home(), sent.peer());
        homes.put(parcel.source(), parcel.home());
        Inbox known = inboxes.get(parcel.source());
        if (known != null && parcel.sequence() <= known.sequence) {
            answer(parcel.source());
        } else if (isInOrder(known, sent.floor()) || to.desk.kept(parcel.source(), sent.floor())) {
            to.desk.bring(sent.parcel());
        }
    }

    private void take(GhostsSent sent) {
        Loop to = loop;
        if (to != null && TransferDesk.ghostsFor(sent.ghosts()) == home) {
            to.desk.bringGhosts(sent.ghosts());
        }
    }

    /** False where the source may have forgotten what this node's world has never had. */
    private static boolean isInOrder(@Nullable Inbox known, long floor) {
        return floor <= 1 || known != null && known.sequence >= floor - 1;
    }

    private void take(ParcelReceived word) {
        Loop of = loop;
        TreeMap<Long, byte[]> waiting = unanswered.get(word.destination());
        if (of == null || waiting == null || word.source() != of.world) {
            return; // Nothing waits, or it is for a world before this one.
        }
        Map<Long, byte[]> answered = waiting.headMap(word.sequence(), true);
        if (!answered.isEmpty()
                && of.desk.settle(word.destination(), word.sequence(), word.returned())) {
            answered.clear();
        }
    }

    private void send(long destination, long floor, byte[] parcel) {
        send(destination, new ParcelSent(floor, peers.address(), parcel));
    }

    /** To where the node was last said to be, and to where the coordinator says that it is. */
    private void send(long destination, PeerMessage sent) {
        String last = addresses.get(destination);
        String said = told.get(destination);
        if (last != null) {
            peers.send(last, sent);
        }
        if (said != null && !said.equals(last)) {
            peers.send(said, sent);
        }
    }

    private void answer(long source) {
        Inbox known = inboxes.get(source);
        String address = addresses.get(homes.getOrDefault(source, 0L));
        if (known != null && address != null) {
            peers.send(address, new ParcelReceived(source, home, known.sequence, known.returned));
        }
    }

    private void say(long transfer, Said said) {
        coordinator.accept(new TransferWord(home, life, transfer, said.word, said.code, said.text));
    }

    /** What a node says of a transfer, with the reason where it can't. */
    private record Said(Word word, String code, String text) {
        static final Said PREPARED = new Said(Word.PREPARED, "", "");

        static Said of(Outcome outcome) {
            Word word =
                    switch (outcome) {
                        case RELEASED -> Word.RELEASED;
                        case SETTLED -> Word.SETTLED;
                        case RETURNED, ABSENT, RIDING, PLAYED, TOO_LARGE, REFUSED, OTHERWISE ->
                                Word.REFUSED;
                    };
            return new Said(word, outcome.code(), outcome.text());
        }
    }
}
