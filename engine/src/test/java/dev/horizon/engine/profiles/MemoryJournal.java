package dev.horizon.engine.profiles;

import dev.horizon.engine.ports.Journal;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory whose positions count records, and go on counting when rewritten. */
final class MemoryJournal implements Journal {
    private List<byte[]> records = new ArrayList<>();
    private long start;
    private boolean failing;

    void failing(boolean fails) {
        this.failing = fails;
    }

    int size() {
        return records.size();
    }

    @Override
    public synchronized long append(DirectBuffer buffer, int offset, int length) {
        if (failing) {
            throw new IllegalStateException("disk full");
        }
        records.add(copy(buffer, offset, length));
        return position();
    }

    private static byte[] copy(DirectBuffer buffer, int offset, int length) {
        byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        return record;
    }

    @Override
    public synchronized long position() {
        return start + records.size();
    }

    @Override
    public synchronized long startPosition() {
        return start;
    }

    @Override
    public synchronized void replay(long fromPosition, RecordHandler handler) {
        for (int i = (int) Math.max(0, fromPosition - start); i < records.size(); i++) {
            byte[] record = records.get(i);
            handler.onRecord(start + i + 1, new UnsafeBuffer(record), 0, record.length);
        }
    }

    @Override
    public synchronized boolean rewrite(RecordSource source) {
        long nextStart = position();
        List<byte[]> next = new ArrayList<>();
        source.writeTo((buffer, offset, length) -> {
            next.add(copy(buffer, offset, length));
            return nextStart + next.size();
        });
        start = nextStart;
        records = next;
        return true;
    }

    @Override
    public void close() {}
}
