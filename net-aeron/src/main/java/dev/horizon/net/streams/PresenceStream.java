package dev.horizon.net.streams;

import dev.horizon.schemas.session.MessageHeaderEncoder;
import dev.horizon.schemas.session.NodePlacementEncoder;
import dev.horizon.schemas.session.NodePresenceEncoder;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;

/**
 * Says twice a second that a node is there, at which tick, and its terms: what a gateway must know
 * to reach and understand it. On a thread of its own.
 */
public final class PresenceStream implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;

    private final ExclusivePublication publication;
    private final LongSupplier tick;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final NodePresenceEncoder presence = new NodePresenceEncoder();
    private final Supplier<List<NodeRoom>> placement;
    private final ExpandableArrayBuffer placementBuffer = new ExpandableArrayBuffer();
    private final int incarnation;
    private int length;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().name("presence").daemon().unstarted(task));

    /**
     * Begins to say it.
     *
     * @param incarnation which life of the node this is
     * @param terms JSON; opaque here
     * @param tick the last tick done
     * @param placement which nodes take new players; asked each time, on a thread of its own
     */
    public PresenceStream(
            Aeron aeron,
            TransportConfig transport,
            int incarnation,
            byte[] terms,
            LongSupplier tick,
            Supplier<List<NodeRoom>> placement) {
        this.tick = tick;
        this.placement = placement;
        this.incarnation = incarnation;
        write(terms);
        publication =
                aeron.addExclusivePublication(
                        StreamAddresses.presence(transport.nodeHost(), transport.port()),
                        StreamAddresses.presenceStream());
        thread.scheduleAtFixedRate(this::say, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Says other terms from now on; from any thread. */
    public synchronized void terms(byte[] terms) {
        write(terms);
    }

    private void write(byte[] terms) {
        presence.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .incarnation(incarnation)
                .tick(0)
                .hash(hash(terms))
                .putTerms(terms, 0, terms.length);
        length = MessageHeaderEncoder.ENCODED_LENGTH + presence.encodedLength();
    }

    /** FNV-1a, 64 bits. */
    private static long hash(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    private synchronized void say() {
        presence.tick(tick.getAsLong());
        // Nobody may listen, and who missed it hears the next.
        Offers.offer(publication, buffer, 0, length);
        Offers.offer(publication, placementBuffer, 0, writePlacement());
    }

    private int writePlacement() {
        List<NodeRoom> rooms = placement.get();
        NodePlacementEncoder out =
                new NodePlacementEncoder()
                        .wrapAndApplyHeader(placementBuffer, 0, new MessageHeaderEncoder());
        NodePlacementEncoder.NodesEncoder nodes = out.nodesCount(rooms.size());
        rooms.forEach(each -> nodes.next().node(each.node()).room((short) each.tenths()));
        return MessageHeaderEncoder.ENCODED_LENGTH + out.encodedLength();
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        publication.close();
    }
}
