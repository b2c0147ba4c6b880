package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** The component rows of a frame: a block of them for each component that a frame may have. */
final class ComponentBlocks {
    private static final int FIELDS_BYTES = 4;

    /** Of a block that begins; few frames have more rows of one component. */
    private static final int BLOCK_BYTES = 1 << 13;

    /** Bytes before the rows of a component. */
    private static final int HEAD_BYTES = FIELDS_BYTES + 4;

    private ExpandableArrayBuffer[] blocks = new ExpandableArrayBuffer[0];
    private int[] ids = new int[0];
    private int[] rowBytes = new int[0];
    private int[] lengths = new int[0];

    /** The block of a component's rows. */
    int open(int componentId, int bytes) {
        for (int i = 0; i < blocks.length; i++) {
            if (ids[i] == componentId && rowBytes[i] == bytes) {
                return i;
            }
        }
        int index = blocks.length;
        blocks = Arrays.copyOf(blocks, index + 1);
        ids = Arrays.copyOf(ids, index + 1);
        rowBytes = Arrays.copyOf(rowBytes, index + 1);
        lengths = Arrays.copyOf(lengths, index + 1);
        blocks[index] = new ExpandableArrayBuffer(BLOCK_BYTES);
        ids[index] = componentId;
        rowBytes[index] = bytes;
        return index;
    }

    /** Where the next row goes, at {@link #rowOffset}. */
    MutableDirectBuffer row(int block) {
        ExpandableArrayBuffer buffer = blocks[block];
        buffer.checkLimit(lengths[block] + 2 + rowBytes[block]);
        return buffer;
    }

    int rowOffset(int block) {
        return lengths[block] + 2;
    }

    /** Appends the row that was written; answers the bytes that the frame is longer by. */
    int commit(int block, int slot) {
        int at = lengths[block];
        blocks[block].putShort(at, (short) slot, LITTLE_ENDIAN);
        int length = 2 + rowBytes[block];
        lengths[block] = at + length;
        return at == 0 ? HEAD_BYTES + length : length;
    }

    /** Writes the group; answers where it ends. */
    int write(MutableDirectBuffer out, int start) {
        int count = 0;
        out.putShort(start, (short) FIELDS_BYTES, LITTLE_ENDIAN);
        int at = start + 4;
        for (int block = 0; block < blocks.length; block++) {
            int length = lengths[block];
            if (length > 0) {
                out.putShort(at, (short) ids[block], LITTLE_ENDIAN);
                out.putShort(at + 2, (short) rowBytes[block], LITTLE_ENDIAN);
                out.putInt(at + 4, length, LITTLE_ENDIAN);
                out.putBytes(at + HEAD_BYTES, blocks[block], 0, length);
                at += HEAD_BYTES + length;
                count++;
            }
        }
        out.putShort(start + 2, (short) count, LITTLE_ENDIAN);
        return at;
    }

    void clear() {
        Arrays.fill(lengths, 0);
    }
}
