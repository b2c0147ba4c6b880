package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Component rows of which a client holds the last version, or none: only the bytes that changed, or
 * aren't zero, behind one bit for each byte of the row. By kind of component, in the order of
 * handles.
 */
final class Patches {
    /** A step of this names no handle, but goes on by as much. */
    private static final int SKIP = 255;

    private static final int KINDS_MAX = 254;

    /** Of one kind: more would not fit 16 bits of length. */
    private static final int KIND_BYTES_MAX = 60_000;

    /** The longest row that is patched: its mask is one number. */
    private static final int ROW_BYTES_MAX = Long.SIZE;

    private final EdgeParts parts;
    private byte[][] blocks = new byte[0][];
    private int[] lengths = new int[0];
    private int[] last = new int[0];
    private int[] used = new int[0];
    private int count;
    private int bytes;

    Patches(EdgeParts parts) {
        this.parts = parts;
    }

    /** Bytes of all patches so far. */
    int bytes() {
        return bytes;
    }

    boolean hasRoom() {
        return count < KINDS_MAX;
    }

    /** Bytes of a patch of a component, the usual step included, or of its row. */
    static int size(EdgeParts parts, int cell, boolean isNew) {
        int rowBytes = parts.rowBytes[parts.kindOf[cell]];
        if (rowBytes > ROW_BYTES_MAX) {
            return 1 + rowBytes;
        }
        return 1 + Math.min(rowBytes, patchBytes(rowBytes, mask(parts, cell, isNew)));
    }

    private static int patchBytes(int rowBytes, long mask) {
        return maskBytes(rowBytes) + Long.bitCount(mask);
    }

    /** The bytes that a patch has of a row, one bit each. */
    private static long mask(EdgeParts parts, int cell, boolean isNew) {
        if (!isNew && parts.changedBytes[cell] != EdgeParts.ALL_BYTES) {
            return parts.changedBytes[cell];
        }
        byte[] row = parts.rows[parts.kindOf[cell]];
        int from = parts.rowAt(cell);
        long mask = 0;
        for (int i = 0; i < parts.rowBytes[parts.kindOf[cell]]; i++) {
            mask |= row[from + i] != 0 ? 1L << i : 0;
        }
        return mask;
    }

    private static int maskBytes(int rowBytes) {
        return (rowBytes + 7) >> 3;
    }

    /**
     * Appends a patch; false where there is no room for it, or none that is shorter than the row.
     */
    boolean add(int handle, int cell, boolean isNew) {
        int kind = parts.kindOf[cell];
        int rowBytes = parts.rowBytes[kind];
        if (rowBytes > ROW_BYTES_MAX) {
            return false;
        }
        long mask = mask(parts, cell, isNew);
        int size = patchBytes(rowBytes, mask);
        if (size >= rowBytes) {
            return false;
        }
        if (kind >= blocks.length) {
            grow();
        }
        int at = lengths[kind];
        int step = handle - (at == 0 ? -1 : last[kind]) - 1;
        int more = step / SKIP + 1 + size;
        if (at + more > KIND_BYTES_MAX || (at == 0 && count == KINDS_MAX)) {
            return false;
        }
        if (at == 0) {
            used[count++] = kind;
            bytes += GlanceWriter.PATCH_KIND_BYTES;
        }
        if (at + more > blocks[kind].length) {
            blocks[kind] =
                    Arrays.copyOf(blocks[kind], Math.max(blocks[kind].length * 2, at + more));
        }
        byte[] out = blocks[kind];
        for (; step >= SKIP; step -= SKIP) {
            out[at++] = (byte) SKIP;
        }
        out[at++] = (byte) step;
        lengths[kind] = put(out, at, cell, mask);
        last[kind] = handle;
        bytes += more;
        return true;
    }

    private int put(byte[] out, int start, int cell, long mask) {
        byte[] row = parts.rows[parts.kindOf[cell]];
        int from = parts.rowAt(cell);
        int at = start;
        for (int i = 0; i < maskBytes(parts.rowBytes[parts.kindOf[cell]]); i++) {
            out[at++] = (byte) (mask >>> 8 * i);
        }
        for (long bits = mask; bits != 0; bits &= bits - 1) {
            out[at++] = row[from + Long.numberOfTrailingZeros(bits)];
        }
        return at;
    }

    /** Writes the group and empties it; answers where it ends. */
    int finish(byte[] out, int start) {
        out[start] = GlanceWriter.PATCH_KIND_BYTES - 2;
        out[start + 1] = (byte) count;
        int at = start + 2;
        for (int i = 0; i < count; i++) {
            int kind = used[i];
            int length = lengths[kind];
            LittleEndian.putShort(out, at, parts.componentId[kind]);
            out[at + 2] = (byte) parts.rowBytes[kind];
            LittleEndian.putShort(out, at + 3, length);
            System.arraycopy(blocks[kind], 0, out, at + GlanceWriter.PATCH_KIND_BYTES, length);
            at += GlanceWriter.PATCH_KIND_BYTES + length;
            lengths[kind] = 0;
        }
        count = 0;
        bytes = 0;
        return at;
    }

    private void grow() {
        int before = blocks.length;
        int kinds = parts.kindCount;
        blocks = Arrays.copyOf(blocks, kinds);
        lengths = Arrays.copyOf(lengths, kinds);
        last = Arrays.copyOf(last, kinds);
        used = Arrays.copyOf(used, kinds);
        for (int kind = before; kind < kinds; kind++) {
            blocks[kind] = new byte[256];
        }
    }
}
