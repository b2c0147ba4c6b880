package dev.horizon.net.edge;

import dev.horizon.engine.channels.PackedThree;
import dev.horizon.schemas.replication.GlanceEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import java.util.Arrays;

/**
 * Builds the Glance messages of one client's bundle: rows are appended to their groups in the order
 * of their handles. What doesn't fit a lean row is refused, and goes into a View. Once its arrays
 * have grown, it allocates nothing.
 */
final class GlanceWriter {
    /** Bytes of a message without any row, and of its length in the bundle. */
    static final int EMPTY_BYTES =
            Short.BYTES + MessageHeaderEncoder.ENCODED_LENGTH + GlanceEncoder.BLOCK_LENGTH + 5 * 2;

    static final int NUDGED_BYTES = 3;
    static final int KICKED_BYTES = 9;
    static final int SETTLED_BYTES = 17;
    static final int TURNED_BYTES = 9;

    /** Bytes before the rows of one kind of component. */
    static final int KIND_BYTES = 6;

    private static final int NUDGED = 0;
    private static final int KICKED = 1;
    private static final int SETTLED = 2;
    private static final int TURNED = 3;
    private static final int SECTIONS = 4;
    private static final int[] ENTRY_BYTES = {
        NUDGED_BYTES, KICKED_BYTES, SETTLED_BYTES, TURNED_BYTES
    };

    /** A step of this names no handle, but goes on by as much. */
    private static final int SKIP = 255;

    private static final int ROWS_MAX = 254;

    /** Rows of no handle before one of one. */
    private static final int SKIPS_MAX = 64;

    private static final int KINDS_MAX = 254;

    /** Of one kind of component: more would not fit 16 bits of length. */
    private static final int KIND_BYTES_MAX = 60_000;

    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final Bundle bundle;
    private final byte[][] sections = new byte[SECTIONS][];
    private final int[] lengths = new int[SECTIONS];
    private final int[] last = new int[SECTIONS];
    private byte[][] blocks = new byte[0][];
    private int[] blockLengths = new int[0];
    private int[] blockLast = new int[0];
    private int[] blocksUsed = new int[0];
    private int blockCount;
    private int bytes = EMPTY_BYTES;

    GlanceWriter(EdgeTracks tracks, EdgeParts parts, Bundle bundle) {
        this.tracks = tracks;
        this.parts = parts;
        this.bundle = bundle;
        for (int section = 0; section < SECTIONS; section++) {
            sections[section] = new byte[(ROWS_MAX + 1) * ENTRY_BYTES[section]];
        }
        Arrays.fill(last, -1);
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == EMPTY_BYTES;
    }

    /** True for handles that lean rows may name: one far beyond the others would cost too much. */
    static boolean canName(int handle) {
        return handle < SKIPS_MAX * SKIP;
    }

    /** True while rows of one more entity are sure to find room. */
    boolean hasRoom() {
        for (int section = 0; section < SECTIONS; section++) {
            if (lengths[section] >= (ROWS_MAX - SKIPS_MAX) * ENTRY_BYTES[section]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies a correction of which {@link EdgeTracks} kept the bytes; false where it is too large.
     */
    boolean corrected(int handle, int track) {
        byte[] from = tracks.correction;
        int at = track * EdgeTracks.CORRECTION_BYTES;
        if (tracks.kind[track] == EdgeTracks.NUDGED) {
            long offset = PackedThree.packOffsets(from[at], from[at + 1], from[at + 2]);
            if (offset != PackedThree.NONE) {
                int to = add(NUDGED, handle);
                LittleEndian.putShort(sections[NUDGED], to, (int) offset);
            }
            return offset != PackedThree.NONE;
        }
        long change =
                PackedThree.packChange(
                        from[at],
                        from[at + 1],
                        from[at + 2],
                        from[at + 3],
                        from[at + 4],
                        from[at + 5]);
        long pull =
                PackedThree.pack(
                        LittleEndian.getShort(from, at + 6),
                        LittleEndian.getShort(from, at + 8),
                        LittleEndian.getShort(from, at + 10));
        if (change == PackedThree.NONE || pull == PackedThree.NONE) {
            return false;
        }
        int to = add(KICKED, handle);
        LittleEndian.putInt(sections[KICKED], to, (int) change);
        LittleEndian.putInt(sections[KICKED], to + 4, (int) pull);
        return true;
    }

    void settled(int handle, short[] placeAndVelocity, int pull) {
        int to = add(SETTLED, handle);
        byte[] out = sections[SETTLED];
        for (int i = 0; i < 6; i++) {
            LittleEndian.putShort(out, to + 2 * i, placeAndVelocity[i]);
        }
        LittleEndian.putInt(out, to + 12, pull);
    }

    void turned(int handle, int attitude, int spin) {
        int to = add(TURNED, handle);
        LittleEndian.putInt(sections[TURNED], to, attitude);
        LittleEndian.putInt(sections[TURNED], to + 4, spin);
    }

    /** A component's row, as it is held; false where there is no room. */
    boolean component(int handle, int cell) {
        int kind = parts.kindOf[cell];
        if (kind >= blocks.length) {
            growBlocks();
        }
        int rowBytes = parts.rowBytes[kind];
        int at = blockLengths[kind];
        int skips = at == 0 ? handle / SKIP : (handle - blockLast[kind] - 1) / SKIP;
        int more = (1 + skips) * (1 + rowBytes);
        if (at + more > KIND_BYTES_MAX || (at == 0 && blockCount == KINDS_MAX)) {
            return false;
        }
        if (at == 0) {
            blocksUsed[blockCount++] = kind;
            blockLast[kind] = -1;
            bytes += KIND_BYTES;
        }
        byte[] out = blocks[kind];
        if (at + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, at + more));
            blocks[kind] = out;
        }
        int step = handle - blockLast[kind] - 1;
        for (; step >= SKIP; step -= SKIP) {
            Arrays.fill(out, at, at + 1 + rowBytes, (byte) 0);
            out[at] = (byte) SKIP;
            at += 1 + rowBytes;
        }
        out[at] = (byte) step;
        System.arraycopy(parts.rows[kind], parts.rowAt(cell), out, at + 1, rowBytes);
        blockLengths[kind] = at + 1 + rowBytes;
        blockLast[kind] = handle;
        bytes += more;
        return true;
    }

    /** Ends the message and begins the next. */
    void finish(long tick, int inputSequence) {
        byte[] out = bundle.ensure(bytes);
        int at = bundle.length;
        LittleEndian.putShort(out, at, bytes - Short.BYTES);
        LittleEndian.putShort(out, at + 2, GlanceEncoder.BLOCK_LENGTH);
        LittleEndian.putShort(out, at + 4, GlanceEncoder.TEMPLATE_ID);
        LittleEndian.putShort(out, at + 6, GlanceEncoder.SCHEMA_ID);
        LittleEndian.putShort(out, at + 8, GlanceEncoder.SCHEMA_VERSION);
        LittleEndian.putShort(out, at + 10, (int) tick);
        LittleEndian.putShort(out, at + 12, inputSequence);
        at += 14;
        for (int section = 0; section < SECTIONS; section++) {
            int length = lengths[section];
            out[at] = (byte) ENTRY_BYTES[section];
            out[at + 1] = (byte) (length / ENTRY_BYTES[section]);
            System.arraycopy(sections[section], 0, out, at + 2, length);
            at += 2 + length;
            lengths[section] = 0;
            last[section] = -1;
        }
        out[at] = KIND_BYTES - 2;
        out[at + 1] = (byte) blockCount;
        at += 2;
        for (int i = 0; i < blockCount; i++) {
            int kind = blocksUsed[i];
            int length = blockLengths[kind];
            LittleEndian.putShort(out, at, parts.componentId[kind]);
            LittleEndian.putShort(out, at + 2, parts.rowBytes[kind]);
            LittleEndian.putShort(out, at + 4, length);
            System.arraycopy(blocks[kind], 0, out, at + KIND_BYTES, length);
            at += KIND_BYTES + length;
            blockLengths[kind] = 0;
        }
        bundle.length = at;
        blockCount = 0;
        bytes = EMPTY_BYTES;
    }

    /** Appends a row but for what follows its step; answers where that goes. */
    private int add(int section, int handle) {
        byte[] out = sections[section];
        int each = ENTRY_BYTES[section];
        int at = lengths[section];
        int step = handle - last[section] - 1;
        for (; step >= SKIP; step -= SKIP) {
            Arrays.fill(out, at, at + each, (byte) 0);
            out[at] = (byte) SKIP;
            at += each;
        }
        out[at] = (byte) step;
        bytes += at + each - lengths[section];
        lengths[section] = at + each;
        last[section] = handle;
        return at + 1;
    }

    private void growBlocks() {
        int before = blocks.length;
        int kinds = parts.kindCount;
        blocks = Arrays.copyOf(blocks, kinds);
        blockLengths = Arrays.copyOf(blockLengths, kinds);
        blockLast = Arrays.copyOf(blockLast, kinds);
        blocksUsed = Arrays.copyOf(blocksUsed, kinds);
        for (int kind = before; kind < kinds; kind++) {
            blocks[kind] = new byte[256];
        }
    }
}
