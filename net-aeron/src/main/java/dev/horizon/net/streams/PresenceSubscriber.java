package dev.horizon.net.streams;

import dev.horizon.schemas.session.MessageHeaderDecoder;
import dev.horizon.schemas.session.NodePlacementDecoder;
import dev.horizon.schemas.session.NodePresenceDecoder;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Hears whether a node is there. Polled by one thread. */
public final class PresenceSubscriber implements AutoCloseable {
    private static final int FRAGMENTS_MAX = 64;

    /**
     * While one life of the node is heard another is not: what is left in the streams of the one
     * before must not look like news.
     */
    private static final long ONE_VOICE_NANOS = 1_000_000_000L;

    private static final int TERMS_HEADER_BYTES = NodePresenceDecoder.termsHeaderLength();
    private static final int MESSAGE_BYTES_MIN =
            MessageHeaderDecoder.ENCODED_LENGTH
                    + NodePresenceDecoder.BLOCK_LENGTH
                    + TERMS_HEADER_BYTES;

    private final Subscription subscription;
    private final FragmentAssembler assembler =
            new FragmentAssembler((buffer, offset, length, from) ->
                    onMessage(buffer, offset, length, from.sessionId()));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodePresenceDecoder decoder = new NodePresenceDecoder();
    private int incarnation;
    private long tick;
    private long hash;
    private byte @Nullable [] terms;
    private List<NodeRoom> placement = List.of();
    private int heard;
    private int stream;
    private long nowNanos;
    private long heardAtNanos;

    /** Listens to the node that has these addresses. */
    public PresenceSubscriber(Aeron aeron, String nodeHost, int port) {
        subscription =
                aeron.addSubscription(
                        StreamAddresses.presenceIn(nodeHost, port),
                        StreamAddresses.presenceStream());
    }

    /** Takes what came; true when the node was heard. */
    public boolean poll(long now) {
        heard = 0;
        nowNanos = now;
        subscription.poll(assembler, FRAGMENTS_MAX);
        return heard > 0;
    }

    private void onMessage(DirectBuffer buffer, int offset, int length, int streamSession) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        header.wrap(buffer, offset);
        if (isPlacement()) {
            if (streamSession == stream) {
                placement(buffer, offset, length);
            }
            return;
        }
        boolean isPresence =
                header.schemaId() == NodePresenceDecoder.SCHEMA_ID
                        && header.templateId() == NodePresenceDecoder.TEMPLATE_ID;
        int termsAt = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        if (!isPresence || length < MESSAGE_BYTES_MIN || termsAt > length - TERMS_HEADER_BYTES) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        int termsLength = decoder.termsLength();
        if (termsLength < 0 || termsLength > length - termsAt - TERMS_HEADER_BYTES) {
            return;
        }
        boolean isOther = terms != null && streamSession != stream;
        if (isOther && nowNanos - heardAtNanos < ONE_VOICE_NANOS) {
            return;
        }
        stream = streamSession;
        heardAtNanos = nowNanos;
        incarnation = (int) decoder.incarnation();
        tick = decoder.tick();
        if (terms == null || hash != decoder.hash()) {
            byte[] bytes = new byte[termsLength];
            hash = decoder.hash();
            decoder.getTerms(bytes, 0, bytes.length);
            terms = bytes;
        }
        heard++;
    }

    private boolean isPlacement() {
        return header.schemaId() == NodePlacementDecoder.SCHEMA_ID
                && header.templateId() == NodePlacementDecoder.TEMPLATE_ID;
    }

    private void placement(DirectBuffer buffer, int offset, int length) {
        List<NodeRoom> rooms = new ArrayList<>();
        try {
            // A view that ends with the message: what claims to be longer fails at the end of it.
            NodePlacementDecoder in =
                    new NodePlacementDecoder()
                            .wrapAndApplyHeader(
                                    new UnsafeBuffer(buffer, offset, length), 0, header);
            for (NodePlacementDecoder.NodesDecoder each : in.nodes()) {
                rooms.add(new NodeRoom(each.node(), each.room()));
            }
        } catch (IndexOutOfBoundsException cutShort) {
            return;
        }
        placement = rooms;
    }

    /** Which nodes take new players, as the node last said; nobody where it never did. */
    public List<NodeRoom> placement() {
        return placement;
    }

    /** The life of the node that was heard last. */
    public int incarnation() {
        return incarnation;
    }

    /** Its tick then. */
    public long tick() {
        return tick;
    }

    /** Its terms, the same array while they are the same; null before it was heard. */
    public byte @Nullable [] terms() {
        return terms;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
