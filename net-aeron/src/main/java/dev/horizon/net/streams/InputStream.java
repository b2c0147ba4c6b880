package dev.horizon.net.streams;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.GatewayLostEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The node's end of its gateways' inputs. What a tick doesn't take waits in the stream, and a full
 * stream refuses at the gateway: the bound of this queue is the stream's window. A gateway whose
 * stream ends is said to be lost, as an input like any other. Polled by the tick thread.
 */
public final class InputStream implements InputSource, AutoCloseable {
    private static final InputHandler NOBODY = (buffer, offset, length) -> false;

    private final Subscription subscription;
    private final ControlledFragmentAssembler assembler =
            new ControlledFragmentAssembler(this::onInput);
    private final ConcurrentLinkedQueue<Integer> goneStreams = new ConcurrentLinkedQueue<>();
    private final Int2IntHashMap streamOfGateway = new Int2IntHashMap(0);
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final MessageHeaderEncoder lostHeader = new MessageHeaderEncoder();
    private final GatewayLostEncoder lost = new GatewayLostEncoder();
    private final UnsafeBuffer message =
            new UnsafeBuffer(
                    new byte
                            [MessageHeaderEncoder.ENCODED_LENGTH
                                    + GatewayLostEncoder.BLOCK_LENGTH]);
    private InputHandler handler = NOBODY;
    private int left;
    private int taken;

    public InputStream(Aeron aeron, StreamAddresses addresses) {
        subscription =
                aeron.addSubscription(
                        addresses.inputsIn(SocketBuffers.receiveBytesMax()),
                        addresses.inputStream(),
                        image -> {},
                        image -> goneStreams.add(image.sessionId()));
    }

    @Override
    public int poll(InputHandler inputHandler, int limit) {
        handler = inputHandler;
        left = limit;
        taken = 0;
        try {
            sayWhoIsGone();
            subscription.controlledPoll(assembler, limit);
        } finally {
            handler = NOBODY;
        }
        return taken;
    }

    private Action onInput(DirectBuffer buffer, int offset, int length, Header header) {
        // Once one is left, those of other gateways are left too: nothing small overtakes it.
        if (left <= 0 || !handler.onInput(buffer, offset, length)) {
            left = 0;
            return Action.ABORT;
        }
        left--;
        taken++;
        noteGateway(buffer, offset, length, header.sessionId());
        return Action.CONTINUE;
    }

    /** A login says which gateway's stream it came by; a gateway that comes back has a new one. */
    private void noteGateway(DirectBuffer buffer, int offset, int length, int streamSession) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + SessionOpenedDecoder.BLOCK_LENGTH) {
            return;
        }
        messageHeader.wrap(buffer, offset);
        if (messageHeader.templateId() == SessionOpenedDecoder.TEMPLATE_ID
                && messageHeader.schemaId() == SessionOpenedDecoder.SCHEMA_ID) {
            opened.wrapAndApplyHeader(buffer, offset, messageHeader);
            streamOfGateway.put((int) opened.gatewayId(), streamSession);
        }
    }

    /** Hands over, once each, that gateways are gone whose stream has ended. */
    private void sayWhoIsGone() {
        for (Integer gone = goneStreams.peek(); gone != null; gone = goneStreams.peek()) {
            int gateway = gatewayOf(gone);
            if (gateway != 0) {
                lost.wrapAndApplyHeader(message, 0, lostHeader)
                        .gatewayId(Integer.toUnsignedLong(gateway));
                if (left <= 0 || !handler.onInput(message, 0, message.capacity())) {
                    left = 0;
                    return;
                }
                left--;
                taken++;
                streamOfGateway.remove(gateway);
            }
            goneStreams.remove();
        }
    }

    /** The gateway that speaks by a stream, and by no newer one; 0 for none. */
    private int gatewayOf(int streamSession) {
        Int2IntHashMap.EntryIterator all = streamOfGateway.entrySet().iterator();
        while (all.hasNext()) {
            all.next();
            if (all.getIntValue() == streamSession) {
                return all.getIntKey();
            }
        }
        return 0;
    }

    /** Gateways whose inputs arrive here. */
    public int gateways() {
        return subscription.imageCount();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
