package dev.horizon.net.standby;

import dev.horizon.engine.ports.TickLog;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * The tape as the tick loop sees it: recorded is what both this node and its standby have recorded.
 * So what a tick causes waits for the standby as it waits for the disk, and a standby that lags
 * slows the node down, then pauses it, as a disk does.
 *
 * @param tape of this node
 * @param limit up to which the standby has it; without one, no limit
 */
public record ReleaseGate(TickLog tape, LongSupplier limit) implements TickLog {
    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        return tape.offer(buffer, offset, length);
    }

    @Override
    public long recordedPosition() {
        return Math.min(tape.recordedPosition(), limit.getAsLong());
    }

    @Override
    public void close() {
        tape.close();
    }
}
