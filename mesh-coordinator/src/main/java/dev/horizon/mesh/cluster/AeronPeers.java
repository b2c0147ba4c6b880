package dev.horizon.mesh.cluster;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.Parcel;
import dev.horizon.mesh.agent.PeerLink;
import dev.horizon.mesh.protocol.PeerMessage;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes to each other over Aeron, each at a port of its own; behind each message stands its
 * HMAC-SHA256 under the mesh's key, so that nobody else brings entities. For one thread.
 */
public final class AeronPeers implements PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(AeronPeers.class);
    private static final int STREAM = 60;

    /** An eighth of a term is the longest message: a parcel of {@link Parcel#BYTES_MAX}. */
    private static final String TERMS = "|term-length=4m";

    /** Beyond that the node that was sent to longest ago is connected again when it is next. */
    private static final int PEERS_MAX = 64;

    private static final long OPEN_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);
    private static final int FRAGMENTS_MAX = 64;

    private final Aeron aeron;
    private final MeshKey key;
    private final Subscription subscription;
    private final String address;
    private final Queue<PeerMessage> inbox = new ArrayDeque<>();
    private final FragmentAssembler assembler =
            new FragmentAssembler(
                    (buffer, offset, length, header) -> receive(buffer, offset, length));
    private final Map<String, ExclusivePublication> publications =
            new LinkedHashMap<>(16, 0.75f, true);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    private AeronPeers(Aeron aeron, MeshKey key, Subscription subscription, String address) {
        this.aeron = aeron;
        this.key = key;
        this.subscription = subscription;
        this.address = address;
    }

    /**
     * Listens at any free port.
     *
     * @param host of this process, as other nodes reach it
     * @throws HorizonException HZ-MESH-027 when it can't listen there
     */
    public static AeronPeers open(Aeron aeron, MeshKey key, String host) {
        Subscription subscription = null;
        try {
            subscription = aeron.addSubscription("aeron:udp?endpoint=" + host + ":0", STREAM);
            return new AeronPeers(aeron, key, subscription, addressOf(subscription));
        } catch (AeronException e) {
            CloseHelper.quietClose(subscription);
            throw new HorizonException(
                    "HZ-MESH-027",
                    "this node can't listen for others at "
                            + host
                            + ": set mesh.host to an address of this machine",
                    e);
        }
    }

    private static String addressOf(Subscription subscription) {
        long end = System.nanoTime() + OPEN_NANOS_MAX;
        List<String> addresses = subscription.localSocketAddresses();
        while (addresses.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AeronException("the media driver did not open the socket in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            addresses = subscription.localSocketAddresses();
        }
        return addresses.getFirst();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int poll(Consumer<PeerMessage> handler) {
        subscription.poll(assembler, FRAGMENTS_MAX);
        int count = 0;
        @Nullable PeerMessage next;
        while ((next = inbox.poll()) != null) {
            handler.accept(next);
            count++;
        }
        return count;
    }

    private void receive(DirectBuffer from, int offset, int length) {
        int signed = length - MeshKey.SIGNATURE_BYTES;
        if (signed <= 0 || !key.isSigned(from, offset, signed)) {
            LOG.debug("a message without the mesh's signature was dropped");
            return;
        }
        PeerMessage message = PeerMessage.decode(from, offset, signed);
        if (message != null) {
            inbox.add(message);
        }
    }

    @Override
    public boolean send(String to, PeerMessage message) {
        ExclusivePublication publication = publication(to);
        if (publication == null || !publication.isConnected()) {
            return false;
        }
        int length = message.encode(buffer);
        buffer.putBytes(length, key.sign(buffer, 0, length));
        return publication.offer(buffer, 0, length + MeshKey.SIGNATURE_BYTES) > 0;
    }

    private @Nullable ExclusivePublication publication(String to) {
        ExclusivePublication known = publications.get(to);
        if (known != null && !known.isClosed()) {
            return known;
        }
        if (publications.size() >= PEERS_MAX) {
            Iterator<ExclusivePublication> oldest = publications.values().iterator();
            CloseHelper.quietClose(oldest.next());
            oldest.remove();
        }
        try {
            ExclusivePublication made =
                    aeron.addExclusivePublication("aeron:udp?endpoint=" + to + TERMS, STREAM);
            publications.put(to, made);
            return made;
        } catch (AeronException | IllegalArgumentException e) {
            LOG.debug("no way to the node at {} for now", to, e);
            return null;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(publications.values());
        CloseHelper.quietClose(subscription);
    }
}
