package dev.horizon.net.streams;

import dev.horizon.schemas.session.MessageHeaderDecoder;
import dev.horizon.schemas.session.NodePresenceDecoder;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Hears whether a node is there. Polled by one thread. */
public final class PresenceSubscriber implements AutoCloseable {
    private static final int FRAGMENTS_MAX = 64;

    private final Subscription subscription;
    private final FragmentAssembler assembler =
            new FragmentAssembler((buffer, offset, length, header) ->
                    onMessage(buffer, offset, length));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodePresenceDecoder decoder = new NodePresenceDecoder();
    private int incarnation;
    private long tick;
    private long hash;
    private byte @Nullable [] terms;
    private int heard;

    /** Listens to the node that has these addresses. */
    public PresenceSubscriber(Aeron aeron, String nodeHost, int port) {
        subscription =
                aeron.addSubscription(
                        StreamAddresses.presenceIn(nodeHost, port),
                        StreamAddresses.presenceStream());
    }

    /** Takes what came; true when the node was heard. */
    public boolean poll() {
        heard = 0;
        subscription.poll(assembler, FRAGMENTS_MAX);
        return heard > 0;
    }

    private void onMessage(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + NodePresenceDecoder.BLOCK_LENGTH) {
            return;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != NodePresenceDecoder.SCHEMA_ID
                || header.templateId() != NodePresenceDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        incarnation = (int) decoder.incarnation();
        tick = decoder.tick();
        if (terms == null || hash != decoder.hash()) {
            byte[] bytes = new byte[decoder.termsLength()];
            hash = decoder.hash();
            decoder.getTerms(bytes, 0, bytes.length);
            terms = bytes;
        }
        heard++;
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
