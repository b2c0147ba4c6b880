package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/** Writes a world's bytes, a range of rows at a time; see {@link WorldSnapshot} for their form. */
final class SnapshotWriter {
    private final WorldSnapshot.Sink sink;
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1 << 16);
    private int at;

    SnapshotWriter(WorldSnapshot.Sink sink) {
        this.sink = sink;
    }

    void head(int idBlock, long idCounter, long hash, List<ComponentType<?>> types, int tables) {
        putInt(WorldSnapshot.MAGIC);
        putInt(WorldSnapshot.VERSION);
        putInt(idBlock);
        putLong(idCounter);
        putLong(hash);
        putInt(types.size());
        for (ComponentType<?> type : types) {
            at = ComponentShape.of(type).write(out, at);
        }
        putInt(tables);
        flush();
    }

    void table(ComponentRegistry registry, TableRows table) {
        putInt(table.columns().length);
        for (ComponentType<?> type : table.composition().types()) {
            putInt(registry.ordinal(type));
        }
        putInt(table.size());
        long before = 0;
        for (int row = 0; row < table.size(); row++) {
            putSigned(table.entityAt(row) - before);
            before = table.entityAt(row);
            if (row % Column.RANGE_ROWS == 0) {
                flush();
            }
        }
        for (Column<?> column : table.columns()) {
            rows(column, table.size());
            changes(column, table.size());
        }
    }

    private void rows(Column<?> column, int size) {
        int rowBytes = column.type().rowBytes();
        for (int row = 0; row < size; row++) {
            column.writeRow(row, out, at);
            at += rowBytes;
            if (row % Column.RANGE_ROWS == 0) {
                flush();
            }
        }
        flush();
    }

    /** Runs of rows that changed at the same tick and are marked or not. */
    private void changes(Column<?> column, int size) {
        int before = 0;
        for (int row = 0; row < size; ) {
            int changedAt = column.changedAt(row);
            boolean marked = column.isRowMarked(row);
            int end = row + 1;
            while (end < size
                    && column.changedAt(end) == changedAt
                    && column.isRowMarked(end) == marked) {
                end++;
            }
            putUnsigned((long) (end - row) << 1 | (marked ? 1 : 0));
            putSigned(changedAt - before);
            before = changedAt;
            row = end;
            if (at > Column.RANGE_ROWS) {
                flush();
            }
        }
        flush();
    }

    private void flush() {
        sink.take(out, 0, at);
        at = 0;
    }

    private void putInt(int value) {
        out.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
        at += Integer.BYTES;
    }

    private void putLong(long value) {
        out.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
        at += Long.BYTES;
    }

    private void putSigned(long value) {
        putUnsigned(value << 1 ^ value >> 63);
    }

    private void putUnsigned(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.putByte(at++, (byte) (left | 0x80));
            left >>>= 7;
        }
        out.putByte(at++, (byte) left);
    }
}
