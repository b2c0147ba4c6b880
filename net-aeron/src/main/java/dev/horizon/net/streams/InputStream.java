package dev.horizon.net.streams;

import dev.horizon.engine.ports.InputSource;
import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * The node's end of its gateways' inputs. What a tick doesn't take waits in the stream, and a full
 * stream refuses at the gateway: the bound of this queue is the stream's window. Polled by the tick
 * thread.
 */
public final class InputStream implements InputSource, AutoCloseable {
    private static final InputHandler NOBODY = (buffer, offset, length) -> false;

    private final Subscription subscription;
    private final ControlledFragmentAssembler assembler =
            new ControlledFragmentAssembler(this::onInput);
    private InputHandler handler = NOBODY;
    private int left;
    private int taken;

    public InputStream(Aeron aeron, StreamAddresses addresses) {
        subscription = aeron.addSubscription(addresses.inputs(), addresses.inputStream());
    }

    @Override
    public int poll(InputHandler inputHandler, int limit) {
        handler = inputHandler;
        left = limit;
        taken = 0;
        try {
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
        return Action.CONTINUE;
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
