package dev.horizon.testkit;

import dev.horizon.engine.ports.TickLog;
import org.agrona.DirectBuffer;

/** A tick log that keeps nothing and has recorded everything at once. */
final class MemoryTape implements TickLog {
    private long position;

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        position += length;
        return position;
    }

    @Override
    public long recordedPosition() {
        return position;
    }

    @Override
    public void close() {}
}
